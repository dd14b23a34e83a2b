import { readFileSync } from 'node:fs';
import type { Outcome } from '../answer/stations.ts';
import type { Reading } from '../glossary/reading.ts';
import type { House } from '../open-house.ts';
import type { Cell } from '../services/warehouse.ts';
import { print } from './json-lines.ts';
import { openCliHouse } from './open-cli-house.ts';
import { readArguments, readNow, UsageFault } from './usage.ts';

const usage = 'eval FILE… [--json] [--now ISO]';
const options = { json: { type: 'boolean' }, now: { type: 'string' } } as const;

/**
 * A line of an eval file. `kind` and `expect` (a part of the Reading) say how it must be read; `sql` is the same number
 * counted a second way, by hand: its rows must be among the answer's, column by column of the same name.
 */
interface EvalLine {
  readonly id: string;
  readonly question: string;
  readonly thread?: string;
  readonly now?: string;
  readonly kind?: string;
  readonly expect?: Record<string, unknown>;
  readonly sql?: string;
}

type Score = 'right' | 'wrong' | 'asked back' | 'declined';

/** `eval`: asks every question of the files and prints right, wrong, asked back and declined; exit 1 where one is wrong. */
export async function runEval(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  if (positionals.length === 0) throw new UsageFault(`There is no file. Usage: ${usage}`);
  const now = readNow(values.now);
  const house = openCliHouse(now);
  const totals: Record<Score, number> = { right: 0, wrong: 0, 'asked back': 0, declined: 0 };
  try {
    const threads = new Map<string, { last: Reading; answered?: Reading }>();
    for (const line of positionals.flatMap(readLines)) {
      const { score, why, outcome } = await judge(line, house, threads, now);
      totals[score]++;
      if (values.json) print({ id: line.id, score, why, kind: outcome.kind, ms: outcome.ms });
      else if (score === 'wrong') console.log(`wrong  ${line.id}  “${line.question}”: ${why}`);
    }
  } finally {
    await house.close();
  }
  const line = Object.entries(totals).map(([score, n]) => `${score} ${n}`);
  if (values.json) print(totals);
  else console.log(line.join(', '));
  return totals.wrong === 0 ? 0 : 1;
}

async function judge(
  line: EvalLine,
  house: House,
  threads: Map<string, { last: Reading; answered?: Reading }>,
  now: string | undefined,
): Promise<{ score: Score; why?: string; outcome: Outcome }> {
  const before = line.thread === undefined ? undefined : threads.get(line.thread);
  const askedAt = readNow(line.now) ?? now ?? house.clock.now();
  const outcome = await house.line.ask({ id: line.id, text: line.question, askedAt, ...before }, { noPicture: true });
  const reading = 'reading' in outcome ? outcome.reading : undefined;
  if (line.thread !== undefined && reading?.kind === 'clarify') threads.set(line.thread, { ...before, last: reading });
  else if (line.thread !== undefined && reading && reading.kind !== 'decline')
    threads.set(line.thread, { last: reading, answered: reading });
  const why =
    wrongKind(line, outcome) ??
    (line.expect ? difference(line.expect, reading ?? {}, '') : undefined) ??
    (await otherNumbers(line, outcome, house));
  if (why !== undefined) return { score: 'wrong', why, outcome };
  return { score: outcome.kind === 'clarify' ? 'asked back' : outcome.kind === 'decline' ? 'declined' : 'right', outcome };
}

/** Asking back or declining where an answer was expected is told in the score, and is no wrong answer. */
function wrongKind({ kind, expect }: EvalLine, outcome: Outcome): string | undefined {
  if (outcome.kind === 'failed' || outcome.kind === 'refused') return outcome.sentence;
  const wanted = kind === 'metric' || kind === 'funnel' || (kind === undefined && expect) ? 'answer' : kind;
  return wanted !== undefined && outcome.kind !== wanted ? `${outcome.kind} instead of ${wanted}` : undefined;
}

/** First place where a part that was expected is not there. Lists must be equal in length. */
function difference(expected: unknown, seen: unknown, at: string): string | undefined {
  if (expected === null || typeof expected !== 'object')
    return Object.is(expected, seen)
      ? undefined
      : `${at || 'reading'} is ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`;
  if (Array.isArray(expected) && (!Array.isArray(seen) || seen.length !== expected.length))
    return `${at} is ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`;
  const inside = (seen ?? {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(expected)) {
    const fault = difference(value, inside[key], at ? `${at}.${key}` : key);
    if (fault) return fault;
  }
  return undefined;
}

async function otherNumbers(line: EvalLine, outcome: Outcome, house: House): Promise<string | undefined> {
  if (!line.sql || outcome.kind !== 'answer') return undefined;
  const second = await house.line.sql({ id: line.id, text: line.sql, askedAt: house.clock.now() }, { noPicture: true });
  if (second.kind !== 'answer') return `the second way failed: ${second.kind === 'refused' ? second.sentence : second.kind}`;
  const at = second.columns.map((c) => outcome.columns.findIndex((o) => o.name === c.name));
  if (at.includes(-1))
    return `no column ${second.columns[at.indexOf(-1)]!.name} among ${outcome.columns.map((c) => c.name).join(', ')}`;
  const mine = outcome.rows.map((row) => at.map((i) => row[i] ?? null));
  const lost = second.rows.find((row) => !mine.some((m) => m.every((cell, i) => isSame(cell, row[i] ?? null))));
  if (lost) return `counted a second way: ${JSON.stringify(lost)} is not among the rows`;
  return second.rows.length === mine.length ? undefined : `${mine.length} rows, a second way ${second.rows.length}`;
}

function isSame(a: Cell, b: Cell): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  return JSON.stringify(a) === JSON.stringify(b);
}

function readLines(file: string): EvalLine[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((l) => l.trim() && !l.startsWith('//'))
      .map((l) => JSON.parse(l) as EvalLine);
  } catch (cause) {
    throw new UsageFault(`${file} can't be read as JSON lines.`, { cause });
  }
}
