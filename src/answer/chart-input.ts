import type { ChartColumn, ChartIntent, ChartTable, Role, Unit } from '../chart/chart-table.ts';
import type { Draft, DraftColumn } from '../metrics/draft.ts';
import type { Cell, QueryResult } from '../services/warehouse.ts';
import { sayGroup } from './words/say-table.ts';

/** The columns of an answer that a picture may show: what names a row, and the measures that were asked for. */
export function chartTable(draft: Draft, result: QueryResult): ChartTable {
  const kept = draft.columns.map((column, at) => ({ column, at })).filter(({ column }) => drawn(column, draft));
  return {
    columns: kept.map(({ column, at }) => chartColumn(column, result.columns[at]?.type ?? 'varchar')),
    rows: result.rows.map((row) => kept.map(({ column, at }) => chartCell(column, row[at] ?? null))),
    truncated: result.truncated,
  };
}

/** What the question said about the picture, and its two lines of text. */
export function chartIntent(draft: Draft, readAs: string, result: QueryResult): ChartIntent {
  const { reading, period } = draft;
  const title = capital(readAs.split(' · ')[0] ?? '');
  const grain =
    reading.kind === 'metric' && reading.grain
      ? { hour: 'hourly', day: 'daily', week: 'weekly', month: 'monthly', quarter: 'quarterly', year: 'yearly' }[reading.grain]
      : undefined;
  const subtitle = [period.label, grain].filter(Boolean).join(' · ');
  const wants = wanted(draft, result);
  return { title, subtitle, ...(wants ? { wants } : {}), ...(period.partial ? { lastPartial: true } : {}) };
}

function wanted({ reading }: Draft, result: QueryResult): ChartIntent['wants'] {
  if (reading.kind === 'funnel') return reading.picture === 'none' ? 'none' : 'funnel';
  if (reading.kind !== 'metric') return undefined;
  if (reading.picture) return reading.picture;
  if (reading.limit && result.rows.length <= reading.limit) return 'top';
  return reading.share ? 'share' : undefined;
}

function drawn(column: DraftColumn, draft: Draft): boolean {
  if (['time', 'dimension', 'segment', 'step', 'currency', 'moving_average'].includes(column.role))
    return column.role !== 'step' || column.unit === 'text';
  if (column.role === 'metric') return true;
  // Counts are not drawn; a map weighs its places by them, so that it zooms to where the people are.
  return (column.role === 'before' || column.role === 'count') && draft.reading.kind === 'metric';
}

function chartColumn(column: DraftColumn, type: string): ChartColumn {
  const unit = chartUnit(column.unit);
  const metric = ['metric', 'before', 'moving_average'].includes(column.role);
  return {
    name: column.name,
    label: column.label,
    type,
    role: chartRole(column),
    ...(metric && unit ? { unit, additive: column.additive ?? false } : {}),
    ...(column.role === 'count' ? { unit: 'count', additive: true } : {}),
    ...(column.currency ? { currency: column.currency } : {}),
    ...(column.role === 'before' ? { before: true } : {}),
  };
}

function chartRole(column: DraftColumn): Role {
  if (column.role === 'count') return 'text';
  if (column.role === 'time') return 'time';
  if (column.role === 'step') return 'step';
  if (column.role === 'dimension') {
    if (column.of === 'country') return 'country';
    if (column.of === 'hour' || column.of === 'weekday') return 'cyclic';
    if (column.of === 'viewport' || column.of === 'price_band') return 'bin';
    return 'category';
  }
  return column.role === 'segment' || column.role === 'currency' ? 'category' : 'measure';
}

function chartUnit(unit: DraftColumn['unit']): Unit | undefined {
  return unit === 'text' || unit === 'date' || unit === 'timestamp' || unit === 'points' ? undefined : unit;
}

/** Countries stay codes for the map; every other group is drawn under the name that the table shows. */
function chartCell(column: DraftColumn, value: Cell): Cell {
  const named = ['dimension', 'segment'].includes(column.role) && column.of !== 'country';
  return named ? sayGroup(column, value) : value;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
