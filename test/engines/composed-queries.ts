import { readFileSync } from 'node:fs';
import type { DataFacts } from '../../src/glossary/data-facts.ts';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { compose } from '../../src/metrics/compose.ts';
import { openReader } from '../../src/reading/read-question.ts';
import { GOLDEN } from '../metrics/golden-readings.ts';
import { reading } from '../metrics/readings.ts';
import { electronics, fashion } from '../reading/shops.ts';

/** What the composing needs to know of the data. */
export interface ComposedFrom {
  readonly glossary: Glossary;
  readonly now: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly newestEventTime: string | null;
}

/** Every statement, once, that the kept Readings and the questions of the evals compose to, with what it came from. */
export function composedQueries(from: ComposedFrom): ReadonlyMap<string, string> {
  const context = { ...from, zone: 'UTC', currency: 'EUR' };
  const statements = new Map<string, string>();
  const add = (what: string, composed: ReturnType<typeof compose>) => {
    if ('kind' in composed) return;
    for (const { sql } of [composed, ...composed.asides]) if (!statements.has(sql)) statements.set(sql, what);
  };
  for (const [name, parts] of Object.entries(GOLDEN)) add(name, compose(reading(parts), context));
  const reader = openReader(from.glossary);
  const today = from.now.slice(0, 10);
  for (const [file, facts] of [
    ['electronics-shop', electronics],
    ['fashion-shop', fashion],
    ['numbers', electronics],
  ] as const) {
    for (const question of questionsOf(file)) {
      const { reading: read } = reader.read({ text: question, facts: facts as DataFacts, today });
      if (read.kind === 'metric' || read.kind === 'funnel') add(question, compose(read, context));
    }
  }
  return statements;
}

function questionsOf(file: string): string[] {
  const text = readFileSync(new URL(`../../prompts/evals/${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('//'))
    .map((line) => (JSON.parse(line) as { question: string }).question);
}
