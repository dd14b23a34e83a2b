import type { ParserRuleContext } from 'antlr4ng';
import type { IdentifierContext, StringContext, TypeContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { placeOf } from './binder.ts';
import { namedType } from './read-type.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import type { RowField, TrinoType } from './trino-type.ts';
import { simple } from './trino-type.ts';

/** An identifier's name without its quotes. */
export function nameOf(context: IdentifierContext | ParserRuleContext): string {
  const text = context.getText();
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** The value of a text literal, with its Unicode escapes resolved. */
export function stringOf(context: StringContext): string {
  const text = context.getText();
  if (!/^u&/i.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (context instanceof tree.UnicodeStringLiteralContext && context.KW_UESCAPE()) unsupported('UESCAPE', placeOf(context));
  const body = text.slice(3, -1).replaceAll("''", "'");
  return body.replace(/\\(?:\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4})|(\\)|(.|$))/gu, (_whole, long, short, slash, bad) => {
    if (bad !== undefined) refuse('SYNTAX_ERROR', 'Incomplete escape sequence in a Unicode text', placeOf(context));
    return slash ? '\\' : String.fromCodePoint(Number.parseInt(long ?? short, 16));
  });
}

/** The type that a type expression means; refuses unknown ones as Trino does. */
export function typeOf(context: TypeContext, castPlace?: Place): TrinoType {
  const place = castPlace ?? placeOf(context);
  if (context instanceof P.RowTypeContext)
    return { kind: 'row', fields: context.rowField().map((field) => rowField(field, place)) };
  if (context instanceof P.ArrayTypeContext) return { kind: 'array', element: typeOf(context.type(), place) };
  if (context instanceof P.DoublePrecisionTypeContext) return simple('double');
  if (context instanceof P.IntervalTypeContext)
    return simple(/^interval(day|hour|minute|second)/i.test(context.getText()) ? 'interval_day' : 'interval_year');
  if (context instanceof P.DateTimeTypeContext || context instanceof P.TimeTypeContext) return dateTimeType(context, place);
  if (context instanceof P.GenericTypeContext) return genericType(context, place);
  return unknownType(context.getText(), place);
}

const P = tree;

function rowField(context: tree.RowFieldContext, place: Place): RowField {
  const name = context.identifier();
  return name ? { name: nameOf(name), type: typeOf(context.type(), place) } : { type: typeOf(context.type(), place) };
}

function dateTimeType(context: tree.DateTimeTypeContext | tree.TimeTypeContext, place: Place): TrinoType {
  const precision = context._precision ? Number(context._precision.getText()) : 3;
  if (precision > 12) refuse('TYPE_MISMATCH', `TIMESTAMP precision must be in range [0, 12]: ${precision}`, place);
  const text = context.getText();
  const zoned = /withtimezone$/i.test(text);
  const time = /^time(?!stamp)/i.test(text);
  if (time && zoned) unsupported('time with time zone', place);
  if (precision > 6) unsupported(`${time ? 'time' : 'timestamp'}(${precision})`, place);
  if (time) return { kind: 'time', precision };
  return zoned ? { kind: 'timestamptz', precision } : { kind: 'timestamp', precision };
}

function genericType(context: tree.GenericTypeContext, place: Place): TrinoType {
  const name = nameOf(context.identifier()).toLowerCase();
  const parameters = context.typeParameter();
  const types = parameters.map((parameter) => parameter.type());
  if (name === 'array' && types.length === 1 && types[0]) return { kind: 'array', element: typeOf(types[0], place) };
  if (name === 'map' && types.length === 2 && types[0] && types[1]) {
    return { kind: 'map', key: typeOf(types[0], place), value: typeOf(types[1], place) };
  }
  const numbers = parameters.map((parameter) => Number(parameter.getText()));
  if (numbers.some(Number.isNaN)) return unknownType(context.getText(), place);
  if ((name === 'timestamp' || name === 'time') && numbers.length === 0) return { kind: name, precision: 3 };
  if (name === 'unknown') return simple('unknown');
  if (/^(hyperloglog|p4hyperloglog|qdigest|tdigest|setdigest|ipaddress|color|sphericalgeography|bingtile)$/.test(name))
    unsupported(`the type ${name}`, place);
  const type = namedType(name, numbers) ?? unknownType(context.getText(), place);
  if (type.kind === 'decimal' && ((numbers[0] ?? 38) > 38 || (numbers[1] ?? 0) > (numbers[0] ?? 38))) {
    refuse('INVALID_FUNCTION_ARGUMENT', `DECIMAL precision and scale must be in range: ${context.getText()}`, place);
  }
  if ((type.kind === 'timestamp' || type.kind === 'time') && type.precision > 6)
    unsupported(`${type.kind}(${type.precision})`, place);
  return type;
}

function unknownType(text: string, place: Place): never {
  refuse('TYPE_MISMATCH', `Unknown type: ${text}`, place);
}
