import { readFileSync } from 'node:fs';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import type { DataReading, Reading } from '../../src/glossary/reading.ts';
import { openReader } from '../../src/reading/read-question.ts';
import { EVAL_SHOPS } from '../reading/eval-shops.ts';
import { electronics } from '../reading/shops.ts';

/** A question of the evals and how it is read, a follow-up over what its thread has come to. */
export interface EvalReading {
  readonly what: string;
  readonly reading: DataReading;
}

const FILES = [...EVAL_SHOPS, ['numbers', electronics] as const];

/** Every line of every eval file that is read to data, threads in their order. `today` is `yyyy-MM-dd`. */
export function evalReadings(glossary: Glossary, today: string): readonly EvalReading[] {
  const reader = openReader(glossary);
  return FILES.flatMap(([file, facts]) => {
    const threads = new Map<string, { last: Reading; answered?: Reading }>();
    return linesOf(file).flatMap(({ id, question, thread }) => {
      const before = thread === undefined ? undefined : threads.get(thread);
      const { reading } = reader.read({ text: question, facts, today, ...before });
      // As the line does: what was declined leaves the thread where it was, what was asked back may be passed over.
      if (thread !== undefined && reading.kind === 'clarify') threads.set(thread, { ...before, last: reading });
      else if (thread !== undefined && reading.kind !== 'decline') threads.set(thread, { last: reading, answered: reading });
      return reading.kind === 'metric' || reading.kind === 'funnel' ? [{ what: `${id} ${question}`, reading }] : [];
    });
  });
}

function linesOf(file: string): readonly { id: string; question: string; thread?: string }[] {
  const text = readFileSync(new URL(`../../prompts/evals/${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('//'))
    .map((line) => JSON.parse(line) as { id: string; question: string; thread?: string });
}
