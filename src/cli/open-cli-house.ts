import { readConfig } from '../config.ts';
import { type House, openHouse } from '../open-house.ts';
import { reference } from '../reference.ts';
import type { Clock } from '../services/clock.ts';
import type { Terminal } from './terminal.ts';

/** The house as a terminal opens it: no doors, faults to standard error as one JSON line with their reference. */
export function openCliHouse(now: string | undefined, terminal?: Terminal): House {
  const clock: Clock = { now: () => now ?? new Date().toISOString() };
  return openHouse(readConfig(terminal?.environment), { clock, report: reportTo(terminal?.err ?? console.error) });
}

/** Keeps a fault in the log and answers with the reference that the person sees. */
export function reportTo(write: (line: string) => void): (fault: unknown, what: string) => string {
  return (fault, what) => {
    const ref = reference();
    const causes = [];
    for (let f: unknown = fault; f !== undefined && causes.length < 5; f = f instanceof Error ? f.cause : undefined)
      causes.push(f instanceof Error ? (f.stack ?? f.message) : String(f));
    write(JSON.stringify({ level: 'error', reference: ref, what, causes }));
    return ref;
  };
}
