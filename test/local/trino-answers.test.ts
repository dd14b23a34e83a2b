import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { sharedPath, whenShared } from '../helpers/shared.ts';
import type { Said } from './local-engine.ts';
import { openLocalEngine } from './local-engine.ts';
import type { TrinoAnswer } from './trino-answer.ts';
import { judge } from './trino-answer.ts';

/** Athena itself takes the semicolon at the end, which Trino refuses; the guard takes it off. */
const ATHENA_DIFFERS = new Set(['p1399']);

let ask: (sql: string) => Promise<Said>;

beforeAll(async () => {
  ask = await openLocalEngine();
});

test.each([
  ['queries of several constructs (funnels, sessions, cohorts, paths, UNNEST, JSON, grouping sets …)', 'trino-answers', 140],
  ['every known difference between DuckDB and Trino, values and refusals', 'trino-differences', 110],
  ['what was asked afterwards, correlated subqueries and their refusals among it', 'trino-unseen', 500],
])(
  '%s: the local engine answers what a real Trino answered, names and types included',
  async (_what, name, least) => {
    const wrong: string[] = [];
    const answers = answersOf(new URL(`../fixtures/sql/${name}.jsonl`, import.meta.url));
    for (const answer of answers) {
      const said = await ask(answer.sql);
      if (judge(answer, said) !== 'right') wrong.push(`${answer.id} ${answer.sql}\n${JSON.stringify(said)}`);
    }
    expect(answers.length).toBeGreaterThan(least);
    expect(wrong).toEqual([]);
  },
  120_000,
);

whenShared(
  'the local engine answers what Trino answers, or refuses, and is never silently different',
  async () => {
    const counts = { right: 0, 'refused by name': 0, silent: 0, loud: 0 };
    const silent: string[] = [];
    const answers = answersOf(sharedPath('trino/answers.jsonl') ?? '');
    for (const answer of answers) {
      if (ATHENA_DIFFERS.has(answer.id)) continue;
      const verdict = judge(answer, await ask(answer.sql));
      counts[verdict]++;
      if (verdict === 'silent') silent.push(`${answer.id} ${answer.sql}`);
    }
    process.stderr.write(`trino answers: ${JSON.stringify(counts)}\n`);
    expect(silent).toEqual([]);
    expect(counts.right / answers.length).toBeGreaterThanOrEqual(0.98);
  },
  120_000,
);

function answersOf(file: URL | string): readonly TrinoAnswer[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as TrinoAnswer);
}
