import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Draft } from '../metrics/draft.ts';
import type { Cell } from '../services/warehouse.ts';
import type { Fetched, Mark } from './stations.ts';
import { checkedSentences } from './words/say-checks.ts';
import {
  markBeyondData,
  markCaveat,
  markPartial,
  markRowLimit,
  markSmallSample,
  markStale,
  markUnknownPlace,
  markUntrue,
} from './words/say-marks.ts';

/** Fetched, and judged: the doubts that stand above the picture, and what was looked at and found right. */
export interface Checked extends Fetched {
  readonly draft: Draft;
  readonly marks: readonly Mark[];
  readonly passed: readonly string[];
}

/** A rate over fewer units is a small sample (definitions.md 23). */
export const smallSample = 30;

/** Can this result be true? Nothing is hidden and nothing corrected: a doubt becomes a mark. */
export function check(
  draft: Draft,
  fetched: Fetched,
  world: { facts: DataFacts; today: string; zone: string; glossary: Glossary },
): Checked {
  const marks = [
    untrue(draft, fetched),
    draft.period.beyondData ? markBeyondData(draft.period, world.facts) : undefined,
    stale(draft, world),
    draft.period.partial ? markPartial(world.facts, world.zone, world.today, draft.before !== undefined) : undefined,
    thin(draft, fetched),
    unknownPlace(draft, fetched),
    fetched.result.truncated ? markRowLimit(fetched.result.rows.length) : undefined,
    ...caveats(draft, world.glossary).map(markCaveat),
  ].filter((m) => m !== undefined);
  return { ...fetched, draft, marks, passed: checkedSentences(draft, fetched, marks) };
}

/** Rates and shares above 100 % and negative counts: more was counted than the whole holds. */
function untrue({ columns }: Draft, { result }: Fetched): Mark | undefined {
  const broken = columns.find(
    (column, i) =>
      (column.role === 'metric' || column.role === 'share') &&
      result.rows.some((row) => isImpossible(column.unit, row[i] ?? null)),
  );
  return broken ? markUntrue(broken.label, broken.unit === 'count') : undefined;
}

function isImpossible(unit: string, value: Cell): boolean {
  if (typeof value !== 'number') return false;
  if (unit === 'count') return value < 0;
  return (unit === 'share' || unit === 'rate') && (value > 1 + 1e-9 || value < 0);
}

/** The period should be complete by now, and the data stop within it. */
function stale({ period }: Draft, { facts, today, zone }: { facts: DataFacts; today: string; zone: string }): Mark | undefined {
  if (!facts.lastDay || !facts.newestEventTime || period.beyondData || period.from > facts.lastDay) return undefined;
  const wanted = period.to < today ? period.to : dayBefore(today);
  return facts.lastDay < wanted ? markStale(facts.newestEventTime, zone, today) : undefined;
}

/** A rate or an average, or some of its rows, rests on too few units. */
function thin({ columns }: Draft, { result }: Fetched): Mark | undefined {
  const rate = columns.find((c) => c.role === 'metric' && c.unit === 'rate');
  if (!rate || result.rows.length === 0) return undefined;
  const counts = columns
    .map((c, i) => (c.role === 'count' || (c.role === 'metric' && c.unit === 'count') ? i : -1))
    .filter((i) => i >= 0);
  if (counts.length === 0) return undefined;
  const units = result.rows.map((row) => Math.max(...counts.map((i) => (typeof row[i] === 'number' ? row[i] : 0))));
  const few = units.filter((n) => n < smallSample).length;
  return few === 0 ? undefined : markSmallSample({ few, all: units.length, units: units[0] ?? 0 });
}

/** On a map or a list of places, the share that has none. */
function unknownPlace({ columns }: Draft, { result }: Fetched): Mark | undefined {
  const place = columns.findIndex((c) => c.role === 'dimension' && (c.of === 'country' || c.of === 'region' || c.of === 'city'));
  const measure = columns.findIndex((c) => c.role === 'metric' && c.additive);
  if (place < 0 || measure < 0) return undefined;
  const sum = (rows: readonly (readonly Cell[])[]) =>
    rows.reduce((n, row) => n + (typeof row[measure] === 'number' ? (row[measure] as number) : 0), 0);
  const all = sum(result.rows);
  const unknown = sum(result.rows.filter((row) => row[place] === null));
  return unknown > 0 && all > 0 ? markUnknownPlace(unknown, all, columns[measure]!.label) : undefined;
}

function caveats({ reading }: Draft, glossary: Glossary): string[] {
  if (reading.kind !== 'metric') return [];
  return reading.metrics.map((id) => glossary.metrics[id]?.caveat).filter((c) => c !== undefined);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
