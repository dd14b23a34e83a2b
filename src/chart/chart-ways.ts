import { distinctCount, type Facts, isUnique, numbersOf } from './chart-facts.ts';
import type { Chart, ChartTable } from './chart-table.ts';
import { type KnownColumn, numberOf } from './column-roles.ts';
import { countryOf } from './country-names.ts';
import { shapeMap } from './shape-map.ts';
import { asShares, axisPlace, keep, maySum, type Shaped, sorted, thinLine, topRows, topSeries } from './shape-rows.ts';

/** One type of chart: whether a table can be drawn so at all, and how its rows are prepared. */
export interface Way {
  fits(facts: Facts): boolean;
  shape(facts: Facts): Shaped;
}

/** The hard limits and the preparation of every type. */
export const ways: Record<Chart['type'], Way> = {
  line: { fits: fitsLine, shape: shapeLine },
  columns: { fits: fitsColumns, shape: shapeColumns },
  bars: { fits: fitsBars, shape: shapeBars },
  grouped_bars: { fits: fitsGrouped, shape: shapeGrouped },
  stacked: { fits: fitsStacked, shape: shapeStacked },
  funnel: { fits: fitsFunnel, shape: shapeFunnel },
  map: { fits: fitsMap, shape: (facts) => shapeMap(facts) },
  heat: { fits: fitsHeat, shape: shapeHeat },
  histogram: { fits: fitsHistogram, shape: (facts) => ({ table: keep(facts, [], facts.drawn.slice(0, 1)), notes: [] }) },
  scatter: { fits: fitsScatter, shape: shapeScatter },
  bubbles: { fits: fitsBubbles, shape: shapeBubbles },
};

/** The dimensions of a table, apart from texts: what a row is about. */
export function dimensions(facts: Facts): KnownColumn[] {
  return [
    ...facts.time,
    ...facts.cyclic,
    ...facts.offset,
    ...facts.step,
    ...facts.bin,
    ...facts.country,
    ...facts.category,
    ...facts.id,
  ];
}

function named(facts: Facts): KnownColumn[] {
  const names = [...facts.country, ...facts.category];
  return names.length > 0 ? names : [...facts.id];
}

function rest(facts: Facts, ...taken: readonly (KnownColumn | undefined)[]): KnownColumn[] {
  const ids = named(facts).length > 0 && !facts.id.some((id) => taken.includes(id)) ? facts.id : [];
  return dimensions(facts).filter((column) => !taken.includes(column) && !ids.includes(column));
}

function hasValues(facts: Facts, least = 2): boolean {
  const first = facts.drawn[0];
  return first !== undefined && numbersOf(facts, first).length >= least;
}

function lineAxis(facts: Facts): KnownColumn | undefined {
  const numeric = facts.cyclic.find((column) => facts.table.rows.every((row) => numberOf(row[column.at]) !== undefined));
  return facts.time[0] ?? facts.offset[0] ?? numeric;
}

function fitsLine(facts: Facts): boolean {
  const axis = lineAxis(facts);
  if (axis === undefined || !hasValues(facts) || distinctCount(facts, axis) < 2) return false;
  const [series, ...more] = rest(facts, axis);
  const single = more.length === 0 && facts.time.length <= 1 && facts.cyclic.length <= 1;
  return (
    single &&
    isUnique(facts, ...(series === undefined ? [axis] : [axis, series])) &&
    (series === undefined || distinctCount(facts, series) <= 200)
  );
}

function shapeLine(facts: Facts): Shaped {
  const axis = lineAxis(facts)!;
  const [series] = rest(facts, axis);
  const place = (row: ChartTable['rows'][number]) => axisPlace(row[0], axis.role);
  if (series === undefined) return thinLine(sorted(keep(facts, [axis]), place, 'up'), facts, undefined, 1000);
  const kept = asCategory(sorted(keep(facts, [axis, series], facts.drawn.slice(0, 1)), place, 'up'), 1);
  const top = topSeries(kept, 1, 6);
  const thin = thinLine(top.table, facts, series, 1000);
  return { ...top, table: thin.table, notes: [...top.notes, ...thin.notes] };
}

function columnAxis(facts: Facts): KnownColumn | undefined {
  return [...facts.time, ...facts.cyclic, ...facts.bin, ...facts.offset][0];
}

function fitsColumns(facts: Facts): boolean {
  const axis = columnAxis(facts);
  return (
    axis !== undefined &&
    rest(facts, axis).length === 0 &&
    isUnique(facts, axis) &&
    facts.table.rows.length <= 31 &&
    hasValues(facts)
  );
}

function shapeColumns(facts: Facts): Shaped {
  const axis = columnAxis(facts)!;
  const kept = keep(facts, [axis], facts.drawn.slice(0, 1));
  const orderable = kept.rows.every((row) => axisPlace(row[0], axis.role) !== undefined);
  return { table: orderable ? sorted(kept, (row) => axisPlace(row[0], axis.role), 'up') : kept, notes: [] };
}

function fitsBars(facts: Facts): boolean {
  const [name, ...more] = rest(facts);
  const label = name ?? facts.text[0];
  return label !== undefined && label.role !== 'time' && more.length === 0 && isUnique(facts, label) && hasValues(facts, 1);
}

function shapeBars(facts: Facts): Shaped {
  const label = rest(facts)[0] ?? facts.text[0]!;
  const kept = asCategory(keep(facts, [label], facts.drawn.slice(0, 1)), 0);
  // Gains and losses read from the worst on; a lone refund among sales stays at the end.
  const below = kept.rows.filter((row) => (numberOf(row[1]) ?? 0) < 0).length;
  const way = below * 4 >= kept.rows.length && below < kept.rows.length ? 'up' : 'down';
  const ordered = sorted(kept, (row) => numberOf(row[1]), way);
  return topRows(ordered, 15, facts.intent.wants !== 'top');
}

function fitsGrouped(facts: Facts): boolean {
  const [first, second, ...more] = rest(facts);
  if (first === undefined || more.length > 0 || !hasValues(facts)) return false;
  if (second === undefined) return facts.drawn.length >= 2 && isUnique(facts, first) && facts.table.rows.length <= 10;
  const [groups, series] = [distinctCount(facts, first), distinctCount(facts, second)];
  return (
    isUnique(facts, first, second) && Math.max(groups, series) <= 12 && Math.min(groups, series) <= 6 && groups * series <= 40
  );
}

function shapeGrouped(facts: Facts): Shaped {
  const [first, second] = rest(facts);
  if (second === undefined) {
    const kept = keep(facts, [first!]);
    const natural = first!.role !== 'category' && first!.role !== 'country' && first!.role !== 'id';
    return { table: natural ? kept : sorted(kept, (row) => numberOf(row[1]), 'down'), notes: [] };
  }
  const funnel = facts.step.length === 1;
  const swap = !funnel && distinctCount(facts, second) > distinctCount(facts, first!);
  const kept = keep(facts, swap ? [second, first!] : [first!, second], facts.drawn.slice(0, 1));
  if (funnel) return { table: ofFirstStep(asCategory(kept, 1)), notes: ['% of the first step'] };
  const order = axisPlace(kept.rows[0]?.[0], kept.columns[0]!.role);
  const placed = order === undefined ? bySize(kept) : sorted(kept, (row) => axisPlace(row[0], kept.columns[0]!.role), 'up');
  return topSeries(asCategory(placed, 1), 1, 6);
}

/** Groups in the order of their greatest total. */
function bySize(table: ChartTable): ChartTable {
  const sizes = Map.groupBy(table.rows, (row) => String(row[0]));
  const size = (row: ChartTable['rows'][number]) =>
    sizes.get(String(row[0]))!.reduce((sum, other) => sum + (numberOf(other[2]) ?? 0), 0);
  return sorted(table, size, 'down');
}

function ofFirstStep(table: ChartTable): ChartTable {
  const firsts = new Map<string, number>();
  for (const row of table.rows) if (!firsts.has(String(row[1]))) firsts.set(String(row[1]), numberOf(row[2]) ?? 0);
  const columns = table.columns
    .slice(0, 3)
    .map((column, at) => (at === 2 ? { ...column, unit: 'share' as const, additive: false } : column));
  const rows = table.rows.map((row) => {
    const first = firsts.get(String(row[1]))!;
    return [row[0]!, row[1]!, first === 0 ? null : (numberOf(row[2]) ?? 0) / first];
  });
  return { columns, rows, truncated: table.truncated };
}

function stackedParts(facts: Facts): readonly [KnownColumn, KnownColumn] | undefined {
  const axis = facts.time[0] ?? columnAxis(facts);
  const [first, second, ...more] = rest(facts, axis);
  if (axis !== undefined) return first === undefined || second !== undefined ? undefined : [axis, first];
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  return distinctCount(facts, second) > distinctCount(facts, first) ? [second, first] : [first, second];
}

function fitsStacked(facts: Facts): boolean {
  const parts = stackedParts(facts);
  const first = facts.drawn[0];
  if (parts === undefined || first === undefined || !hasValues(facts)) return false;
  const most = parts[0].role === 'time' ? 400 : 12;
  return maySum(keep(facts, [...parts], [first])) && isUnique(facts, ...parts) && distinctCount(facts, parts[0]) <= most;
}

function shapeStacked(facts: Facts): Shaped {
  const [axis, series] = stackedParts(facts)!;
  const kept = asCategory(withoutBefore(keep(facts, [axis, series], facts.drawn.slice(0, 1))), 1);
  const ordered =
    axisPlace(kept.rows[0]?.[0], axis.role) === undefined
      ? bySize(kept)
      : sorted(kept, (row) => axisPlace(row[0], axis.role), 'up');
  const top = topSeries(ordered, 1, 6);
  return facts.intent.wants === 'share'
    ? { ...top, table: asShares(top.table), notes: [...top.notes, 'share of each total'] }
    : top;
}

function fitsFunnel(facts: Facts): boolean {
  const [step] = facts.step;
  const [label, ...more] = step === undefined ? rest(facts) : [step, ...rest(facts, step)];
  if (label === undefined || more.length > 0 || !hasValues(facts) || facts.table.rows.length > 10) return false;
  const values = numbersOf(facts, facts.drawn[0]!);
  const amounts = facts.drawn[0]!.unit === 'count' || facts.drawn[0]!.unit === 'number';
  const asked = facts.intent.wants === 'funnel' || step !== undefined;
  return (
    asked && amounts && isUnique(facts, label) && values.length === facts.table.rows.length && values.every((value) => value >= 0)
  );
}

function shapeFunnel(facts: Facts): Shaped {
  const label = facts.step[0] ?? rest(facts)[0]!;
  return { table: withoutBefore(keep(facts, [label], facts.drawn.slice(0, 1))), notes: [] };
}

function fitsMap(facts: Facts): boolean {
  const [country] = facts.country;
  if (country === undefined || rest(facts, country).length > 0 || !hasValues(facts, 1) || !isUnique(facts, country)) return false;
  const present = facts.table.rows.filter((row) => row[country.at] !== null);
  const joined = present.filter((row) => countryOf(String(row[country.at])) !== undefined);
  return joined.length >= 2 && joined.length >= present.length * 0.8;
}

function heatParts(facts: Facts): readonly [KnownColumn, KnownColumn] | undefined {
  const [first, second, ...more] = rest(facts);
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const across =
    facts.offset[0] ?? facts.cyclic.at(-1) ?? (distinctCount(facts, first) > distinctCount(facts, second) ? first : second);
  return across === first ? [second, first] : [first, second];
}

function fitsHeat(facts: Facts): boolean {
  const parts = heatParts(facts);
  return (
    parts !== undefined &&
    hasValues(facts) &&
    isUnique(facts, ...parts) &&
    distinctCount(facts, parts[0]) <= 26 &&
    distinctCount(facts, parts[1]) <= 26
  );
}

function shapeHeat(facts: Facts): Shaped {
  const [down, across] = heatParts(facts)!;
  const kept = withoutBefore(keep(facts, [down, across], facts.drawn.slice(0, 1)));
  const order = (table: ChartTable, at: 0 | 1) => {
    const role = table.columns[at]!.role!;
    return table.rows.every((row) => axisPlace(row[at], role) !== undefined)
      ? sorted(table, (row) => axisPlace(row[at], role), 'up')
      : table;
  };
  return { table: order(order(kept, 1), 0), notes: [] };
}

function fitsHistogram(facts: Facts): boolean {
  return (
    facts.measures.length === 1 &&
    rest(facts).every((column) => column.role === 'id') &&
    facts.table.rows.length >= 30 &&
    hasValues(facts, 30)
  );
}

function fitsScatter(facts: Facts): boolean {
  const groups = facts.category.filter((column) => distinctCount(facts, column) <= 6);
  return (
    facts.measures.length >= 2 &&
    facts.table.rows.length >= 15 &&
    facts.time.length + facts.country.length === 0 &&
    facts.category.length - groups.length <= 1
  );
}

function shapeScatter(facts: Facts): Shaped {
  const kept = facts.measures.slice(0, 2);
  const most = 2000;
  const rows = facts.table.rows.filter((row) => kept.every((column) => numberOf(row[column.at]) !== undefined));
  const every = Math.ceil(rows.length / most);
  const table = {
    columns: kept.map(({ at: _, ...column }) => column),
    rows: rows.filter((_, at) => at % every === 0).map((row) => kept.map((column) => row[column.at]!)),
  };
  return {
    table: { ...table, truncated: facts.table.truncated },
    notes: every > 1 ? [`every ${every}th of ${rows.length.toLocaleString('en-US')} points`] : [],
  };
}

function fitsBubbles(facts: Facts): boolean {
  if (facts.latitude === undefined || facts.longitude === undefined) return false;
  return new Set(facts.table.rows.map((row) => `${row[facts.latitude!.at]} ${row[facts.longitude!.at]}`)).size >= 3;
}

function shapeBubbles(facts: Facts): Shaped {
  const label = facts.category[0] ?? facts.id[0];
  const kept = keep(facts, [...(label === undefined ? [] : [label]), facts.latitude!, facts.longitude!], facts.drawn.slice(0, 1));
  const value = kept.columns.findIndex((column) => column.role === 'measure');
  const ordered = value === -1 ? kept : sorted(kept, (row) => numberOf(row[value]), 'down');
  return {
    table: { ...ordered, rows: ordered.rows.slice(0, 1000) },
    notes: ordered.rows.length > 1000 ? ['the 1,000 greatest places'] : [],
  };
}

function asCategory(table: ChartTable, at: number): ChartTable {
  return {
    ...table,
    columns: table.columns.map((column, place) =>
      place === at && (at > 0 || !['time', 'offset', 'cyclic'].includes(column.role!))
        ? { ...column, role: 'category' as const }
        : column,
    ),
  };
}

function withoutBefore(table: ChartTable): ChartTable {
  const kept = table.columns.flatMap((column, at) => (column.before === true ? [] : [at]));
  return { ...table, columns: kept.map((at) => table.columns[at]!), rows: table.rows.map((row) => kept.map((at) => row[at]!)) };
}
