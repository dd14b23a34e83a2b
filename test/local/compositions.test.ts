import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { openLocalEngine } from './local-engine.ts';
import type { TrinoAnswer } from './trino-answer.ts';
import { judge } from './trino-answer.ts';

/** Whole queries (funnels, sessions, cohorts, paths, UNNEST, JSON, grouping sets …) and what a real Trino 476 answered. */
const answers = readFileSync(new URL('../fixtures/sql/trino-answers.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as TrinoAnswer);

test('queries of several constructs answer what a real Trino answered, names and types included', async () => {
  const ask = await openLocalEngine();
  const wrong: string[] = [];
  for (const answer of answers) {
    const said = await ask(answer.sql);
    if (judge(answer, said) !== 'right') wrong.push(`${answer.id} ${answer.sql}\n${JSON.stringify(said)}`);
  }
  expect(answers.length).toBeGreaterThan(140);
  expect(wrong).toEqual([]);
}, 60_000);
