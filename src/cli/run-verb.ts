import { ConfigFault } from '../config.ts';
import { GlossaryFault } from '../glossary/glossary-fault.ts';
import type { Terminal } from './terminal.ts';
import { UsageFault } from './usage.ts';

type Verb = (args: readonly string[], terminal: Terminal) => Promise<number>;

// Each loads its own part of the house: a word that is no verb, or a check of SQL, need not wait for the engine's.
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  ask: async () => (await import('./ask.ts')).runAsk,
  sql: async () => (await import('./sql.ts')).runSql,
  check: async () => (await import('./check.ts')).runCheck,
  refresh: async () => (await import('./refresh.ts')).runRefresh,
  digest: async () => (await import('./digest.ts')).runDigest,
  doctor: async () => (await import('./doctor.ts')).runDoctor,
  eval: async () => (await import('./eval.ts')).runEval,
  bench: async () => (await import('./bench.ts')).runBench,
};

/** Runs one verb and ends with the exit code: 0 = done, 1 = refused or failed, 2 = wrong usage; a fault becomes one sentence. */
export async function runVerb(name: string | undefined, args: readonly string[], terminal: Terminal): Promise<number> {
  const end = (code: number, sentence: string) => {
    terminal.err(sentence);
    return code;
  };
  const load = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!load) return end(2, `Use one of ${Object.keys(verbs).join(', ')}.`);
  try {
    const verb = await load();
    return await verb(args, terminal);
  } catch (fault) {
    if (fault instanceof UsageFault) return end(2, fault.message);
    if (fault instanceof ConfigFault || fault instanceof GlossaryFault) return end(1, fault.message);
    terminal.err(JSON.stringify({ level: 'error', fault: String(fault instanceof Error ? fault.stack : fault) }));
    return end(1, 'That went wrong on our side; the line above is for the one who runs Askstream.');
  }
}
