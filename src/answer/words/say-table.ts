import type { Draft, DraftColumn } from '../../metrics/draft.ts';
import type { Cell, QueryResult } from '../../services/warehouse.ts';
import type { ShownTable } from '../stations.ts';
import { sayBucket } from './say-day.ts';
import { rateDigits, saySigned, sayValue, type ValueForm } from './say-value.ts';

export type Row = readonly Cell[];

/** Rows as people read them: labels, units, changes as differences of the figures shown, the rest and the total last. */
export function shownTable(
  draft: Draft,
  result: QueryResult,
  totals: QueryResult | undefined,
  caption: string,
): ShownTable | undefined {
  if (result.rows.length === 0) return undefined;
  const forms = draft.columns.map((column, i) =>
    formOf(
      column,
      result.rows.map((row) => row[i] ?? null),
    ),
  );
  const rows = result.rows.map((row) => row.map((value, i) => shownCell(draft, forms, row, value, i)));
  const last = totals && !result.truncated ? totalRow(draft, forms, result, totals) : undefined;
  return { caption, header: unique(draft.columns.map((c) => c.label)), rows: last ? [...rows, last] : rows };
}

/** How the values of a column are written. */
export function formOf(column: DraftColumn, values: readonly Cell[]): ValueForm {
  return { unit: column.unit, currency: column.currency, unknown: column.unknown, rateDigits: rateDigits(values) };
}

/** Money of a row that names its own currency is written in it. */
export function withCurrency(form: ValueForm, currency: Cell | undefined): ValueForm {
  return form.unit === 'money' && !form.currency && typeof currency === 'string' ? { ...form, currency } : form;
}

/** A value of a dimension as people read it: countries by name, hours and weekdays in words, NULL as it is called. */
export function sayGroup(column: DraftColumn, value: Cell): string {
  if (value === null) return capital(column.unknown ?? 'unknown');
  if (column.of === 'country' && typeof value === 'string') return countryName(value);
  if (column.of === 'weekday' && typeof value === 'number')
    return ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][value - 1] ?? String(value);
  if (column.of === 'hour' && typeof value === 'number') return `${String(value).padStart(2, '0')}:00`;
  if (column.role === 'time') return sayBucket(column.name, String(value));
  return column.of === 'device' ? capital(String(value)) : String(value);
}

function shownCell(
  draft: Draft,
  forms: readonly ValueForm[],
  row: Row,
  value: Cell,
  i: number,
): { text: string; value?: number } {
  const column = draft.columns[i]!;
  const form = withCurrency(forms[i]!, row[draft.columns.findIndex((c) => c.of === 'currency')]);
  if (['dimension', 'segment', 'time', 'step', 'period'].includes(column.role)) return { text: sayGroup(column, value) };
  if (column.role === 'change' && typeof value === 'number') return changeCell(draft, forms, row, value, i);
  if (column.role === 'change_share' && typeof value === 'number') return { text: saySigned(value, { unit: 'share' }), value };
  return typeof value === 'number' && Number.isFinite(value)
    ? { text: sayValue(value, form), value }
    : { text: sayValue(value, form) };
}

/** A change is the difference of the figures as shown, so that a reader can check it in the head (faces.md §1). */
function changeCell(
  draft: Draft,
  forms: readonly ValueForm[],
  row: Row,
  value: number,
  i: number,
): { text: string; value: number } {
  const of = draft.columns[i]!.of;
  const now = draft.columns.findIndex((c) => c.role === 'metric' && c.of === of);
  const before = draft.columns.findIndex((c) => c.role === 'before' && c.of === of);
  const a = row[now];
  const b = row[before];
  if (draft.columns[now]?.unit !== 'rate' || typeof a !== 'number' || typeof b !== 'number')
    return { text: saySigned(value, forms[now] ?? forms[i]!), value };
  const digits = Math.max(forms[now]!.rateDigits ?? 1, forms[before]?.rateDigits ?? 1);
  const shown = (Math.round(a * 100 * 10 ** digits) - Math.round(b * 100 * 10 ** digits)) / 10 ** digits;
  return { text: saySigned(shown / 100, { unit: 'points', rateDigits: digits }), value: shown };
}

/** «All devices», from the totals that were counted on their own, never added up from the rows. */
function totalRow(
  draft: Draft,
  forms: readonly ValueForm[],
  result: QueryResult,
  totals: QueryResult,
): { text: string; value?: number }[] | undefined {
  const total = totals.rows[0];
  if (!total || totals.rows.length !== 1 || result.rows.length < 2) return undefined;
  const named = draft.columns.findIndex((c) => c.role === 'dimension' || c.role === 'segment');
  return draft.columns.map((column, i) => {
    if (i === named) return { text: 'All' };
    if (column.role === 'share') return { text: '100.0%', value: 1 };
    const at = totals.columns.findIndex((c) => c.name === column.name);
    const value = at < 0 ? undefined : total[at];
    return typeof value === 'number'
      ? shownCell(
          draft,
          forms,
          draft.columns.map((c) => total[totals.columns.findIndex((t) => t.name === c.name)] ?? null),
          value,
          i,
        )
      : { text: '–' };
  });
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

function countryName(code: string): string {
  try {
    return /^[A-Z]{2}$/.test(code) ? (regionNames.of(code) ?? code) : code;
  } catch {
    return code;
  }
}

function unique(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const n = (seen.get(label) ?? 0) + 1;
    seen.set(label, n);
    return n === 1 ? label : `${label} (${n})`;
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
