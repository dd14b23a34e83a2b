import type { IntervalContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Expression } from './expression.ts';
import { literal } from './expression.ts';
import { stringOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import { simple } from './trino-type.ts';

const UNITS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
const MILLIS = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 };

/** An interval literal: milliseconds (day to second) or months (year to month). */
export function readInterval(context: IntervalContext, place: Place): Expression {
  const text = stringOf(context.string()).trim();
  const from = context._from_?.getText().toLowerCase() ?? 'day';
  const to = context._to?.getText().toLowerCase() ?? from;
  const units = UNITS.slice(UNITS.indexOf(from as 'day'), UNITS.indexOf(to as 'day') + 1);
  const bad = (): never => refuse('INVALID_LITERAL', `'${text}' is not a valid INTERVAL literal`, place);
  const values = splitValues(text, units) ?? bad();
  const sign = (context._sign?.text === '-' ? -1 : 1) * (text.startsWith('-') ? -1 : 1);
  const yearly = from === 'year' || from === 'month';
  const total = units.reduce((sum, unit, index) => sum + Number(values[index]) * weight(unit), 0);
  const value = BigInt(Math.round(total)) * BigInt(sign);
  const sql = value < 0n ? `(${value})::BIGINT` : `${value}::BIGINT`;
  return literal(simple(yearly ? 'interval_year' : 'interval_day'), sql, value, place);
}

function weight(unit: string): number {
  if (unit === 'year') return 12;
  if (unit === 'month') return 1;
  return MILLIS[unit as 'day'];
}

const BETWEEN: Readonly<Record<string, string>> = { year: '-', day: ' ', hour: ':', minute: ':' };

function splitValues(text: string, units: readonly string[]): readonly string[] | undefined {
  const number = (unit: string) => (unit === 'second' ? '(\\d+(?:\\.\\d{1,3})?)' : '(\\d+)');
  const shape = units.map((unit, index) => number(unit) + (index < units.length - 1 ? BETWEEN[unit] : '')).join('');
  return new RegExp(`^[+-]?${shape}$`).exec(text)?.slice(1);
}
