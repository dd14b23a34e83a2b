import { readFileSync } from 'node:fs';
import type { House } from '../open-house.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { openCliHouse } from './open-cli-house.ts';

const standard = 'prompts/evals/numbers.jsonl';

/** What nobody can do without who counts sessions, orders or people from events; cheaper than any real statement. */
const NEEDED = ['event_name', 'session_id', 'is_bot'];

/**
 * `bench bytes [FILE]`: bytes that Athena would read for the answers to the questions of an eval file, against the least
 * that the same question reads of `events`: over the same days the event's name, its session, the bot flag and every
 * column of the answer's SQL that `events` has under the same name. Without Athena's minimum of 10 MB a query.
 */
export async function benchBytes(args: readonly string[]): Promise<number> {
  const questions = readFileSync(args[0] ?? standard, 'utf8')
    .split('\n')
    .filter((l) => l.trim() && !l.startsWith('//'))
    .map((l) => (JSON.parse(l) as { question: string }).question);
  const house = openCliHouse(undefined);
  try {
    const ratios: { question: string; ratio: number; tables: readonly string[] }[] = [];
    for (const question of questions) {
      const sql = await sqlOf(house, question);
      const own = sql && (await bytesOf(house, sql));
      const events = sql && (await bytesOf(house, await overEvents(house, sql)));
      if (sql && own && events) ratios.push({ question, ratio: events / own, tables: sql.tables });
    }
    report(ratios);
    return 0;
  } finally {
    await house.close();
  }
}

async function sqlOf({ line, clock, guard, catalog }: House, text: string): Promise<SafeSql | undefined> {
  const outcome = await line.ask({ id: 'bench', text, askedAt: clock.now() }, { noPicture: true });
  if (outcome.kind !== 'answer') return undefined;
  const verdict = await guard.check(outcome.sql, catalog);
  return verdict.ok ? verdict.sql : undefined;
}

async function bytesOf({ warehouse }: House, sql: SafeSql): Promise<number> {
  return (await warehouse.estimate(sql)).bytes;
}

async function overEvents({ guard, catalog }: House, sql: SafeSql): Promise<SafeSql> {
  const events = `${catalog.defaultDatabase}.events`;
  const has = new Set(catalog.tables[events]!.columns.map(({ name }) => name));
  const named = sql.columns.map((column) => column.slice(column.lastIndexOf('.') + 1)).filter((name) => has.has(name));
  const columns = [...new Set([...NEEDED, ...named])].filter((name) => name !== 'dt');
  const [from] = sql.partitions.map((bound) => bound.from ?? '').sort();
  const to = sql.partitions
    .map((bound) => bound.to ?? '9999')
    .sort()
    .at(-1);
  const text = `SELECT ${columns.join(', ')} FROM ${events} WHERE dt BETWEEN '${from ?? ''}' AND '${to ?? '9999'}'`;
  const verdict = await guard.check(text, catalog);
  if (!verdict.ok) throw new Error(`The statement over events was refused: ${verdict.message}`);
  return verdict.sql;
}

function report(ratios: readonly { question: string; ratio: number; tables: readonly string[] }[]): void {
  const sorted = ratios.toSorted((a, b) => a.ratio - b.ratio);
  for (const { question, ratio, tables } of sorted)
    console.log(`${ratio.toFixed(1).padStart(8)} ×  ${question}  (${tables.map((t) => t.slice(t.indexOf('.') + 1)).join(', ')})`);
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]?.ratio.toFixed(1);
  console.log(
    `fewer bytes than from events: median ${at(0.5)} ×, a quarter below ${at(0.25)} ×, a quarter above ${at(0.75)} × (${sorted.length} answers)`,
  );
}
