import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { openLocalEngine } from './local-engine.ts';
import type { TrinoAnswer } from './trino-answer.ts';
import { judge } from './trino-answer.ts';

function answersOf(name: string): readonly TrinoAnswer[] {
  const text = readFileSync(new URL(`../fixtures/sql/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TrinoAnswer);
}

test.each([
  ['queries of several constructs (funnels, sessions, cohorts, paths, UNNEST, JSON, grouping sets …)', 'trino-answers', 140],
  ['every known difference between DuckDB and Trino, values and refusals', 'trino-differences', 110],
])(
  '%s: the local engine answers what a real Trino answered, names and types included',
  async (_what, file, least) => {
    const ask = await openLocalEngine();
    const wrong: string[] = [];
    const answers = answersOf(file);
    for (const answer of answers) {
      const said = await ask(answer.sql);
      if (judge(answer, said) !== 'right') wrong.push(`${answer.id} ${answer.sql}\n${JSON.stringify(said)}`);
    }
    expect(answers.length).toBeGreaterThan(least);
    expect(wrong).toEqual([]);
  },
  60_000,
);
