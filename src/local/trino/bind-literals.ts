import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { duckType } from './duck-type.ts';
import type { Expression } from './expression.ts';
import { literal, quote } from './expression.ts';
import { readInterval } from './interval-literal.ts';
import { readTimestamp } from './natives/date-texts.ts';
import { timestampText } from './natives/dates.ts';
import { nameOf, stringOf } from './read-names.ts';
import { namedType } from './read-type.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import type { TrinoType } from './trino-type.ts';
import { decimal, isInteger, simple, varchar } from './trino-type.ts';

/** A literal, a typed literal or one of the current_… words as an expression; undefined for any other node. */
export function bindLiteral(context: ParserRuleContext, environment: Environment): Expression | undefined {
  const place = placeOf(context);
  if (context instanceof tree.NumericLiteralContext) return numberLiteral(context.getText(), place);
  if (context instanceof tree.StringLiteralContext) return textLiteral(stringOf(context.string()), place);
  if (context instanceof tree.BooleanLiteralContext) {
    const value = /^true$/i.test(context.getText());
    return literal(simple('boolean'), String(value), value, place);
  }
  if (context instanceof tree.NullLiteralContext) return literal(simple('unknown'), 'NULL', null, place);
  if (context instanceof tree.BinaryLiteralContext) return binaryLiteral(context.getText(), place);
  if (context instanceof tree.IntervalLiteralContext) return readInterval(context.interval(), place);
  if (context instanceof tree.TypeConstructorContext) return typedLiteral(context, place);
  return currentValue(context, environment, place);
}

/** A text literal: varchar of its own length. */
export function textLiteral(text: string, place?: Place): Expression {
  return literal(varchar([...text].length), quote(text), text, place);
}

/** A number: integer or bigint, decimal of its own digits, or double with an exponent. */
export function numberLiteral(source: string, place: Place): Expression {
  const text = source.replaceAll('_', '');
  if (/e/i.test(text)) {
    const value = Number(text);
    if (!Number.isFinite(value)) return literal(simple('double'), `'${value < 0 ? '-' : ''}inf'::DOUBLE`, value, place);
    return literal(simple('double'), value < 0 ? `(${text})::DOUBLE` : `${text}::DOUBLE`, value, place);
  }
  if (text.includes('.')) return decimalLiteral(text, place);
  const value = BigInt(text.startsWith('-') ? text.slice(1) : text) * (text.startsWith('-') ? -1n : 1n);
  if (value >= 2n ** 63n || value < -(2n ** 63n)) refuse('SYNTAX_ERROR', `Invalid numeric literal: ${source}`, place);
  const type = simple(value < 2n ** 31n && value >= -(2n ** 31n) ? 'integer' : 'bigint');
  return literal(type, value < 0n ? `(${value})::${duckType(type)}` : `${value}::${duckType(type)}`, value, place);
}

function decimalLiteral(source: string, place: Place): Expression {
  const parts =
    /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(source.trim()) ??
    refuse('INVALID_LITERAL', `'${source}' is not a valid DECIMAL literal`, place);
  const [whole = '', fraction = ''] = [parts[2], parts[3]];
  const precision = Math.max(whole.length + fraction.length, 1);
  if (precision > 38) refuse('SYNTAX_ERROR', `Invalid numeric literal: ${source}`, place);
  const type = decimal(precision, fraction.length);
  const text = `${parts[1] === '-' ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  return literal(type, `CAST('${text}' AS ${duckType(type)})`, text, place);
}

function binaryLiteral(text: string, place: Place): Expression {
  const hex = text.slice(2, -1).replace(/\s/g, '');
  if (hex.length % 2 === 1 || !/^[0-9A-Fa-f]*$/.test(hex))
    refuse('SYNTAX_ERROR', 'Binary literal must contain an even number of hexadecimal digits', place);
  return literal(simple('varbinary'), `unhex('${hex}')`, undefined, place);
}

function typedLiteral(context: tree.TypeConstructorContext, place: Place): Expression {
  const text = stringOf(context.string());
  const identifier = context.identifier();
  const name = identifier ? nameOf(identifier).toLowerCase() : 'double';
  const bad = (): never => refuse('INVALID_LITERAL', `'${text}' is not a valid ${name.toUpperCase()} literal`, place);
  if (name === 'timestamp') return timestampLiteral(text, place) ?? bad();
  if (name === 'date') return dateLiteral(text, place) ?? bad();
  if (name === 'time') return timeLiteral(text, place) ?? bad();
  if (name === 'decimal') return decimalLiteral(text, place);
  if (name === 'json') return jsonLiteral(text, place);
  if (name === 'ipaddress') unsupported('IPADDRESS', place);
  const type = namedType(name, []);
  if (!type) refuse('TYPE_NOT_FOUND', `Unknown type: ${name}`, place);
  return plainLiteral(type, text, place) ?? bad();
}

function plainLiteral(type: TrinoType, text: string, place: Place): Expression | undefined {
  if (type.kind === 'varchar') return { ...textLiteral(text, place), type };
  if (type.kind === 'char') return literal({ kind: 'char', length: [...text].length }, quote(text), undefined, place);
  if (type.kind === 'uuid') {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
    return literal(type, quote(text.toLowerCase()), undefined, place);
  }
  if (type.kind === 'boolean') {
    const value = /^(true|t|1)$/i.test(text) ? true : /^(false|f|0)$/i.test(text) ? false : undefined;
    return value === undefined ? undefined : literal(type, String(value), value, place);
  }
  const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  if (type.kind === 'double' || type.kind === 'real') {
    if (number === undefined && !/^[+-]?(NaN|Infinity)$/.test(text)) return undefined;
    return literal(type, `CAST('${text.replace('Infinity', 'inf')}' AS ${duckType(type)})`, number ?? undefined, place);
  }
  if (isInteger(type) && /^[+-]?\d+$/.test(text))
    return literal(type, `CAST('${text.replace('+', '')}' AS ${duckType(type)})`, BigInt(text), place);
  return undefined;
}

function jsonLiteral(text: string, place: Place): Expression {
  return { ...literal(simple('json'), `tr_json_parse(${quote(text)})`, undefined, place), fallible: true };
}

function timestampLiteral(text: string, place: Place): Expression | undefined {
  const read = readTimestamp(text.trim());
  if (!read || read.skipped) return undefined;
  if (read.digits > 6) unsupported(`timestamp(${read.digits})`, place);
  const precision = read.digits;
  const type: TrinoType =
    read.zone === undefined ? { kind: 'timestamp', precision } : { kind: 'timestamptz', precision, zone: read.zone };
  return literal(type, timestampOf(read.utc, place), undefined, place);
}

/** A DuckDB timestamp literal of microseconds since 1970. */
export function timestampOf(micros: bigint, place?: Place): string {
  const text = timestampText(micros, 6, ' ');
  if (/^[+-]/.test(text)) unsupported('years before 0 or after 9999', place);
  return `TIMESTAMP '${text}'`;
}

function dateLiteral(text: string, place: Place): Expression | undefined {
  const read = /^[+-]?\d+-\d{1,2}-\d{1,2}$/.test(text.trim()) ? readTimestamp(text.trim()) : undefined;
  if (!read) return undefined;
  const shown = timestampText(read.micros, 0, ' ').slice(0, 10);
  if (!/^\d{4}-/.test(shown)) unsupported('years before 0 or after 9999', place);
  return literal(simple('date'), `DATE '${shown}'`, shown, place);
}

function timeLiteral(text: string, place: Place): Expression | undefined {
  const read = readTimestamp(`1970-01-01 ${text.trim()}`);
  if (!read || read.digits > 6) return undefined;
  if (read.zone !== undefined) unsupported('time with time zone', place);
  return literal(
    { kind: 'time', precision: read.digits },
    `TIME '${timestampText(read.micros, 6, ' ').slice(11)}'`,
    undefined,
    place,
  );
}

function currentValue(context: ParserRuleContext, environment: Environment, place: Place): Expression | undefined {
  const { startedAt } = environment.statement;
  const millis = (startedAt / 1000n) * 1000n;
  const precision =
    'INTEGER_VALUE' in context ? Number((context as tree.LocalTimestampContext).INTEGER_VALUE()?.getText() ?? 3) : 3;
  if (precision > 6) unsupported(`precision ${precision} of the current time`, place);
  if (context instanceof tree.CurrentDateContext)
    return literal(simple('date'), `DATE '${timestampText(startedAt, 0, ' ').slice(0, 10)}'`, undefined, place);
  if (context instanceof tree.CurrentTimestampContext)
    return literal({ kind: 'timestamptz', precision, zone: 'UTC' }, timestampOf(millis), undefined, place);
  if (context instanceof tree.LocalTimestampContext)
    return literal({ kind: 'timestamp', precision }, timestampOf(millis), undefined, place);
  if (context instanceof tree.LocalTimeContext)
    return literal({ kind: 'time', precision }, `TIME '${timestampText(millis, 6, ' ').slice(11)}'`, undefined, place);
  if (context instanceof tree.CurrentTimeContext) unsupported('current_time', place);
  if (
    context instanceof tree.CurrentUserContext ||
    context instanceof tree.CurrentCatalogContext ||
    context instanceof tree.CurrentSchemaContext ||
    context instanceof tree.CurrentPathContext
  ) {
    unsupported(context.getText().toLowerCase(), place);
  }
  return undefined;
}
