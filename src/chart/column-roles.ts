import type { Cell } from '../services/warehouse.ts';
import type { ChartColumn, ChartTable, Role, Unit } from './chart-table.ts';
import { countryOf } from './country-names.ts';
import { timeOf } from './time-values.ts';

/** A column of which everything is known, and its place in the rows. */
export interface KnownColumn extends ChartColumn {
  readonly role: Role;
  readonly unit: Unit;
  readonly additive: boolean;
  readonly at: number;
}

/** What each column is: believed where the table says it, else told from values first and names second (the first 1,000 rows). */
export function knowColumns(table: ChartTable): KnownColumn[] {
  return table.columns.map((column, at) => {
    const cells = table.rows.slice(0, 1000).flatMap((row) => (row[at] === null || row[at] === undefined ? [] : [row[at]]));
    const role = column.role ?? guessRole(column, cells, table.rows.length);
    const unit = column.unit ?? guessUnit(column, cells);
    const currency = column.currency ?? (unit === 'money' ? currencyInName(column.name) : undefined);
    const additive = column.additive ?? guessAdditive(column, unit);
    const { before, ...plain } = column;
    const earlier = before === true && role === 'measure' ? { before } : {};
    return { ...plain, role, unit, additive, at, ...earlier, ...(currency === undefined ? {} : { currency }) };
  });
}

/** A cell as a finite number; decimals may come as text. Undefined for anything else. */
export function numberOf(cell: Cell | undefined): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== 'string' || !/^\s*-?\d+(\.\d+)?([eE][-+]?\d+)?\s*$/u.test(cell)) return undefined;
  return Number(cell);
}

function guessRole(column: ChartColumn, cells: readonly Cell[], rowCount: number): Role {
  const name = column.name.toLowerCase();
  if (/^(array|map|row|json|varbinary)\b/u.test(column.type)) return 'text';
  if (isNumeric(column.type, cells)) return guessNumericRole(name, cells);
  const texts = cells.map(String);
  const distinct = new Set(texts).size;
  if (/^(date|timestamp)/u.test(column.type) || mostly(cells, (cell) => isTime(cell, name), 0.95)) return 'time';
  if (mostly(texts, (text) => cyclicNames.has(text.toLowerCase()), 1)) return 'cyclic';
  if (/(^|_)(step|stage|funnel|phase)(_name)?$/u.test(name) && distinct === rowCount && distinct >= 2 && distinct <= 8)
    return 'step';
  if (isCountry(name, texts)) return 'country';
  if (/(bucket|range|band|bin)$/u.test(name) || (distinct >= 3 && mostly(texts, (text) => binLike.test(text), 1))) return 'bin';
  if (idLike.test(name)) return 'id';
  return average(texts.map((text) => text.length)) > 60 ? 'text' : 'category';
}

function isTime(cell: Cell, name: string): boolean {
  return typeof cell === 'string' && (cell.length > 4 || /year/u.test(name)) && timeOf(cell) !== undefined;
}

function guessNumericRole(name: string, cells: readonly Cell[]): Role {
  const numbers = cells.flatMap((cell) => numberOf(cell) ?? []);
  const whole = numbers.every(Number.isInteger);
  const within = (low: number, high: number) => numbers.length > 0 && numbers.every((value) => value >= low && value <= high);
  if (/^(lat|latitude)$|_lat(itude)?$/u.test(name) && within(-90, 90)) return 'latitude';
  if (/^(lon|lng|longitude)$|_(lon|lng|longitude)$/u.test(name) && within(-180, 180)) return 'longitude';
  if (whole && /(^|_)(year|yr)$/u.test(name) && within(1900, 2100)) return 'time';
  if (whole && offsetLike.test(name) && within(0, 60)) return 'offset';
  if (whole && cyclicLike.test(name) && within(0, 31)) return 'cyclic';
  if (/(^|_)(step|step_number|stage)$/u.test(name) && whole && within(0, 20)) return 'step';
  return idLike.test(name) ? 'id' : 'measure';
}

function guessUnit(column: ChartColumn, cells: readonly Cell[]): Unit {
  const name = column.name.toLowerCase();
  const numbers = cells.flatMap((cell) => numberOf(cell) ?? []);
  const fractions = numbers.every((value) => value >= -1 && value <= 1) && numbers.some((value) => !Number.isInteger(value));
  if (fractions && /share|of_total|of_all|portion/u.test(name)) return 'share';
  if (fractions && /rate|ratio|pct|percent|conversion|retention|(^|_)(cr|cvr|ctr)(_|$)/u.test(name)) return 'rate';
  if (column.currency !== undefined || currencyInName(name) !== undefined) return 'money';
  if (/(_ms|millis|milliseconds)$/u.test(name)) return 'milliseconds';
  if (/(_s|_sec|_secs|seconds)$/u.test(name)) return 'seconds';
  if (/(^days_|_days$)/u.test(name)) return 'days';
  const integer = /^(tinyint|smallint|int|integer|bigint)/u.test(column.type);
  return integer && !averaged.test(name) && numbers.every(Number.isInteger) ? 'count' : 'number';
}

function guessAdditive(column: ChartColumn, unit: Unit): boolean {
  if (unit === 'rate' || unit === 'share') return false;
  return !averaged.test(column.name.toLowerCase());
}

function isNumeric(type: string, cells: readonly Cell[]): boolean {
  if (/^(tinyint|smallint|int|integer|bigint|double|real|float|decimal)/u.test(type)) return true;
  return type === '' && cells.length > 0 && cells.every((cell) => typeof cell === 'number');
}

function isCountry(name: string, texts: readonly string[]): boolean {
  const distinct = [...new Set(texts)];
  const joined = distinct.filter((text) => countryOf(text) !== undefined).length;
  const named = /(^|_)(country|countries|nation|land)(_|$)|(^|_)(iso2?|geo)$/u.test(name);
  // Two letters may be a state of the USA or a language: only the name can tell.
  const enough = named ? distinct.length > 0 : distinct.length >= 3 && distinct.every((text) => !/^[A-Za-z]{2}$/u.test(text));
  return enough && joined >= distinct.length * 0.8;
}

function currencyInName(name: string): string | undefined {
  return /(?:^|_)(usd|eur|gbp|chf|jpy|cad|aud|sek|nok|dkk|pln|czk)$/iu.exec(name)?.[1]?.toUpperCase();
}

function mostly<T>(values: readonly T[], test: (value: T) => boolean, share: number): boolean {
  return values.length > 0 && values.filter(test).length >= values.length * share;
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const idLike = /(^|_)(id|ids|uuid|guid|sku|zip|postcode|phone|ean|gtin|hash|key|rank|rn|row_num|row_number|position)$/u;
const offsetLike =
  /(^|_)(offset|month_number|week_number|period_number|age|period)$|(weeks?|months?|days?)_(since|after)|_since_|(^|_)(week|month|day)_(index|offset|n)$/u;
const cyclicLike = /(^|_)(hour|hour_of_day|dow|weekday|day_of_week|day_of_month|month_of_year|iso_dow)$/u;
const averaged =
  /avg|average|mean|median|(^|_)p\d\d?(_|$)|rate|ratio|pct|percent|share|price|score|distinct|unique|users|visitors|customers|(^|_)(aov|min|max|per|cr|cvr|ctr|stddev|latency|duration)(_|$)/u;
const binLike =
  /^(?:[<>≤≥]=?\s?)?[€$£]?\d[\d.,]*\s?(?:[-–]|to)\s?[€$£]?\d[\d.,]*[a-z%]*$|^[<>≤≥]=?\s?[€$£]?\d[\d.,]*[a-z%]*$|^[€$£]?\d[\d.,]*\+$/iu;
const cyclicNames = new Set(
  'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec'.split(
    ' ',
  ),
);
