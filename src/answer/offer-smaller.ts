import type { Period } from '../glossary/period.ts';
import type { DataReading } from '../glossary/reading.ts';
import { compose } from '../metrics/compose.ts';
import type { Draft } from '../metrics/draft.ts';
import type { Catalog, SafeSql } from '../sql/safe-sql.ts';
import { withPartitionBound } from '../sql/with-partition-bound.ts';
import type { LineWorld } from './answer.ts';
import { type FetchWorld, type NotFetched, pass } from './fetch.ts';
import { priceOfAll, type Weighed } from './price.ts';
import type { Brief, Smaller } from './stations.ts';
import { sayDay } from './words/say-value.ts';

type Priced = Pick<Smaller, 'bytes' | 'usd'>;

/** The same question over its last 28 or 7 days with a price of its own; undefined where that is hardly cheaper. */
export async function smallerReading(
  draft: Draft,
  not: NotFetched,
  { facts, question, today }: Brief,
  world: LineWorld,
): Promise<Smaller | undefined> {
  const usd = usdWanted(not, world);
  if (usd === undefined) return undefined;
  let best: Smaller | undefined;
  for (const days of shorter.filter((n) => n < lengthOf(draft))) {
    const { period, label } = lastDaysOf(draft, days, today);
    const { compare, ...rest } = draft.reading;
    // Another length against a period that was named would compare unlike things.
    const reading = { ...rest, ...(compare && compare.type !== 'period' ? { compare } : {}), period } as DataReading;
    const { glossary, zone, currency } = world;
    const { firstDay, lastDay, newestEventTime, filled } = facts;
    const now = question.askedAt;
    const smaller = compose(reading, { glossary, now, zone, currency, firstDay, lastDay, newestEventTime, filled });
    const priced = 'kind' in smaller ? undefined : await priceTexts(textsOf(smaller), world.catalog, world);
    if (priced && isCheaper(priced, usd, world)) best = { label, reading, ...priced };
    if (best && best.usd <= world.limits.approveUsd) return best;
  }
  return best;
}

/** The statement with the last 7 complete days of `dt` where nothing bounded it; undefined where that can't be said or saves little. */
export async function smallerSql(
  text: string,
  sql: Pick<SafeSql, 'advice'>,
  catalog: Catalog,
  lastDay: string | null,
  world: FetchWorld,
  not?: NotFetched,
): Promise<Smaller | undefined> {
  const open = sql.advice.filter((advice) => advice.code === 'no_partition_bound');
  if (!lastDay || open.length === 0 || !open.every(({ facts }) => isDay(catalog, facts))) return undefined;
  const from = dayBefore(lastDay, 6);
  const bounded = withPartitionBound(text, catalog, from, lastDay);
  const priced = bounded && (await priceTexts([bounded], catalog, world));
  const usd = not && usdWanted(not, world);
  if (!priced || (usd !== undefined && !isCheaper(priced, usd, world))) return undefined;
  return { label: 'Last 7 days', sql: bounded, added: `dt BETWEEN '${from}' AND '${lastDay}'`, ...priced };
}

const shorter = [28, 7];

/** Dollars that were refused or wait for a click; undefined where fewer days would not help. */
function usdWanted(not: NotFetched, { limits }: FetchWorld): number | undefined {
  if (not.kind === 'too_large') return (Math.max(not.bytes, limits.maxBytes) / 1e12) * 5;
  if (not.kind === 'needs_approval') return not.unknown ? undefined : not.usd;
  return not.kind === 'over_budget' || not.kind === 'no_bound' ? not.usd : undefined;
}

function isCheaper({ bytes, usd }: Priced, than: number, { limits }: FetchWorld): boolean {
  return usd < than * 0.8 && bytes <= limits.maxBytes;
}

function textsOf({ sql, asides }: Draft): readonly string[] {
  return [sql, ...asides.map((aside) => aside.sql)];
}

/** Undefined where a text would not pass, or its size isn't known. */
async function priceTexts(texts: readonly string[], catalog: Catalog, world: FetchWorld): Promise<Priced | undefined> {
  const ends = await Promise.all(texts.map((text) => pass(text, catalog, world, {})));
  const passed = ends.filter((end): end is Weighed => !('refusal' in end));
  const { bytes, usd, unknown } = priceOfAll(passed, world.limits.maxBytes);
  return 'refusal' in ends[0]! || unknown.length > 0 ? undefined : { bytes, usd };
}

function lengthOf({ period: { from, to } }: Draft): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** Days up to yesterday stay meaning («last 28 days»); a period that ended earlier keeps its own end. */
function lastDaysOf({ period: { to } }: Draft, days: number, today: string): { period: Period; label: string } {
  if (to >= dayBefore(today, 1)) return { period: { type: 'last', count: days, unit: 'day' }, label: `Last ${days} days` };
  const period: Period = { type: 'range', from: dayOf(dayBefore(to, days - 1)), to: dayOf(to) };
  return { period, label: `${days} days to ${sayDay(to)}` };
}

function dayOf(text: string) {
  const [year, month, day] = text.split('-').map(Number);
  return { type: 'calendar' as const, year: year!, month: month!, day: day! };
}

function isDay(catalog: Catalog, { table, partition }: Readonly<Record<string, string | number>>): boolean {
  const column = catalog.tables[String(table)]?.columns.find(({ name }) => name === partition);
  return partition === 'dt' && column !== undefined && /^(varchar|unknown)/.test(column.type);
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
