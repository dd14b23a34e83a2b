import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkReading } from '../../src/glossary/check-reading.ts';
import type { DataFacts } from '../../src/glossary/data-facts.ts';
import type { DataReading, Reading } from '../../src/glossary/reading.ts';
import { openReader } from '../../src/reading/read-question.ts';
import { askReading } from '../../src/reading/say-reading.ts';
import { essenceOf } from './essence.ts';
import { EVAL_SHOPS } from './eval-shops.ts';
import { houseGlossary } from './house-glossary.ts';

interface Eval {
  readonly id: string;
  readonly question: string;
  readonly thread?: string;
  readonly expect: Record<string, unknown>;
}

const glossary = houseGlossary();
const reader = openReader(glossary);
const today = '2026-11-24';

test('every file of evals is asked', () => {
  const files = readdirSync(new URL('../../prompts/evals/', import.meta.url)).filter((file) => file !== 'numbers.jsonl');
  expect(files.sort()).toEqual(EVAL_SHOPS.map(([file]) => `${file}.jsonl`).sort());
});

describe.each(EVAL_SHOPS)('the questions of %s', (file, facts) => {
  const evals = loadEvals(file);
  const readings = readAll(evals, facts);

  test('are each read as a person judged right', () => {
    const wrong = evals.flatMap((e, i) => {
      const got = JSON.stringify(sorted(essenceOf(readings[i]!)));
      return got === JSON.stringify(sorted(e.expect)) ? [] : [`${e.id} ${e.question} → ${got}`];
    });
    expect(wrong).toEqual([]);
  });

  test('give Readings that name only what the glossary has', () => {
    for (const reading of readings) expect(checkReading(reading, glossary)).toMatchObject({ ok: true });
  });

  test('give Readings whose words are read back to the same Reading', () => {
    const lost = readings.filter(isData).flatMap((reading) => {
      const question = askReading(reading, glossary);
      const back = reader.read({ text: question, facts, today }).reading;
      const same = JSON.stringify(sorted(essenceOf(back))) === JSON.stringify(sorted(essenceOf(reading)));
      return same ? [] : [`${question} → ${JSON.stringify(essenceOf(back))}`];
    });
    expect(lost).toEqual([]);
  });

  test('offer only answers that are read to data', () => {
    const dead = readings
      .flatMap((reading) => offersOf(reading))
      .filter((question) => !isData(reader.read({ text: question, facts, today }).reading));
    expect([...new Set(dead)]).toEqual([]);
  });
});

function loadEvals(file: string): Eval[] {
  const text = readFileSync(new URL(`../../prompts/evals/${file}.jsonl`, import.meta.url), 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Eval]));
}

function readAll(evals: readonly Eval[], facts: DataFacts): Reading[] {
  const threads = new Map<string, { last: Reading; answered?: Reading }>();
  return evals.map(({ question, thread }) => {
    const before = thread === undefined ? undefined : threads.get(thread);
    const { reading } = reader.read({ text: question, facts, today, ...before });
    // As the line does: what was declined leaves the thread where it was, what was asked back may be passed over.
    if (thread !== undefined && reading.kind === 'clarify') threads.set(thread, { ...before, last: reading });
    else if (thread !== undefined && reading.kind !== 'decline') threads.set(thread, { last: reading, answered: reading });
    return reading;
  });
}

function offersOf(reading: Reading): string[] {
  if (reading.kind === 'clarify') return reading.choices.map((c) => c.question);
  return reading.kind === 'decline' && reading.nearest ? [reading.nearest.question] : [];
}

function isData(reading: Reading): reading is DataReading {
  return reading.kind === 'metric' || reading.kind === 'funnel';
}

/** The same object with its keys in one order, all the way down. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
