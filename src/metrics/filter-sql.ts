import type { Dimension } from '../glossary/glossary-schema.ts';
import type { Filter } from '../glossary/reading.ts';
import { literal } from './sql-text.ts';

type Scalar = string | number | boolean;

/**
 * A filter as a boolean that is never NULL, over the SQL of its dimension. Values that the glossary lists compare exactly,
 * others without case. «not X» keeps rows whose value is unknown, but for places: an unknown place may be X.
 */
export function filterSql(expression: string, filter: Filter, dimension: Dimension): string {
  switch (filter.op) {
    case 'is':
      return anyOf(isParts(expression, filter, dimension));
    case 'is_not':
      return isNot(expression, filter, dimension);
    case 'contains':
      return anyOf(texts(filter).map((text) => `strpos(lower(${expression}), ${text}) > 0`));
    case 'not_contains':
      return texts(filter)
        .map((text) => `coalesce(strpos(lower(${expression}), ${text}), 0) = 0`)
        .join(' AND ');
    case 'starts_with':
      return anyOf(texts(filter).map((text) => `starts_with(lower(${expression}), ${text})`));
    default:
      return `${expression} ${COMPARING[filter.op]} ${numberOf(filter.values[0]!) ?? literal(filter.values[0]!)}`;
  }
}

/** Whether the filter compares numbers, so that bins need the number behind them. */
export function comparesNumbers(filter: Filter): boolean {
  return filter.op in COMPARING;
}

/** Comparison signs of the operators. */
export const COMPARING: Readonly<Record<string, string>> = { at_least: '>=', at_most: '<=', more_than: '>', less_than: '<' };

/** A place that is not known is not known to be elsewhere. */
export function isPlace(dimension: Dimension): boolean {
  return dimension.role === 'country' || dimension.role === 'region' || dimension.role === 'city';
}

function isParts(expression: string, filter: Filter, dimension: Dimension): readonly string[] {
  const { exact, loose, unknown } = sortValues(filter, dimension);
  return [
    ...(exact.length > 0 ? [among(expression, exact)] : []),
    ...(loose.length > 0 ? [among(`lower(${expression})`, loose)] : []),
    ...(unknown ? [`${bracketed(expression)} IS NULL`] : []),
  ];
}

function isNot(expression: string, filter: Filter, dimension: Dimension): string {
  const { unknown } = sortValues(filter, dimension);
  const known = { ...filter, values: filter.values.filter((value) => value !== UNKNOWN) };
  const is = known.values.length > 0 ? anyOf(isParts(expression, known, dimension)) : 'false';
  if (unknown) return is === 'false' ? `${bracketed(expression)} IS NOT NULL` : `NOT coalesce(${is}, true)`;
  return `NOT coalesce(${is}, ${isPlace(dimension)})`;
}

const UNKNOWN = 'unknown';

/** Values as the column holds them: listed ones exactly, others in lower case; NULL apart. */
function sortValues(filter: Filter, dimension: Dimension): { exact: Scalar[]; loose: Scalar[]; unknown: boolean } {
  const ids = [...new Set(filter.values.flatMap((value) => dimension.groups[value]?.values ?? [value]))];
  const exact: Scalar[] = [];
  const loose: Scalar[] = [];
  for (const id of ids) {
    const listed = dimension.values[id];
    if (listed) exact.push(...[listed.is ?? id].flat());
    else if (id === UNKNOWN) continue;
    else if (dimension.kind === 'boolean') exact.push(id.toLowerCase() === 'true');
    else if (dimension.kind === 'cyclic' || dimension.kind === 'number') exact.push(numberOf(id) ?? id);
    else if (dimension.countries) exact.push(id.toUpperCase());
    else loose.push(id.toLowerCase());
  }
  return { exact, loose, unknown: ids.includes(UNKNOWN) && !dimension.values[UNKNOWN] };
}

function among(expression: string, values: readonly Scalar[]): string {
  const [only] = values;
  if (values.length === 1 && typeof only === 'boolean') return only ? bracketed(expression) : `NOT ${bracketed(expression)}`;
  const shown = values.map((value) => (typeof value === 'string' ? literal(value) : String(value)));
  return shown.length === 1 ? `${bracketed(expression)} = ${shown[0]}` : `${bracketed(expression)} IN (${shown.join(', ')})`;
}

function texts(filter: Filter): readonly string[] {
  return filter.values.map((value) => literal(value.toLowerCase()));
}

function anyOf(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(' OR ');
}

/** Operators bind tighter than what a formula may hold. */
function bracketed(expression: string): string {
  return /^[\w.]+(\([^()]*\))?$/.test(expression) ? expression : `(${expression})`;
}

function numberOf(text: string): number | undefined {
  const number = Number(text.replaceAll(',', ''));
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined;
}
