import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

/** One row of docs/faults.md. */
export interface FaultRow {
  readonly fault: string;
  /** What stands in Slack, word for word but for references. */
  readonly saw: string;
  /** Queries started, stopped, or paid; runs; messages. */
  readonly kept: string;
}

const page = new URL('../../docs/faults.md', import.meta.url);

/** Holds a row of docs/faults.md to what was seen; with WRITE_FAULTS=1 writes it there instead. */
export function holdRow({ fault, saw, kept }: FaultRow): void {
  const line = `| ${[fault, `«${plain(saw)}»`, kept].join(' | ')} |`;
  const text = readFileSync(page, 'utf8');
  const old = text.split('\n').find((other) => other.startsWith(`| ${fault} |`));
  if (process.env.WRITE_FAULTS !== '1') expect(old).toBe(line);
  else writeFileSync(page, old ? text.replace(old, () => line) : `${text.trimEnd()}\n${line}\n`);
}

function plain(text: string): string {
  return text
    .replace(/AS-\w+/g, 'AS-…')
    .replaceAll('|', '\\|')
    .replace(/\s*\n+\s*/g, ' / ')
    .trim();
}
