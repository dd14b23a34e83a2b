import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { sharedPath, whenShared } from '../helpers/shared.ts';
import { openLocalEngine } from './local-engine.ts';
import type { TrinoAnswer } from './trino-answer.ts';
import { judge } from './trino-answer.ts';

/** Athena itself takes the semicolon at the end, which Trino refuses; the guard takes it off. */
const ATHENA_DIFFERS = new Set(['p1399']);

whenShared(
  'the local engine answers what Trino answers, or refuses, and is never silently different',
  async () => {
    const path = sharedPath('trino/answers.jsonl') ?? '';
    const ask = await openLocalEngine();
    const counts = { right: 0, 'refused by name': 0, silent: 0, loud: 0 };
    const silent: string[] = [];
    const answers = readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as TrinoAnswer);
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
