import type { RowField, TrinoType } from './trino-type.ts';
import { decimal, simple, varchar } from './trino-type.ts';

/** Reads a type as a catalog or an owner writes it: `decimal(12,2)`, `array(row(id varchar, qty int))`; undefined where it is none. */
export function readType(text: string): TrinoType | undefined {
  const tokens = text.match(TOKEN) ?? [];
  // What no token covers would be passed over in silence: `bigint;`, `decimal(10.2)`.
  if (text.replace(TOKEN, '').trim() !== '') return undefined;
  const reader = { tokens, at: 0 };
  const type = readOne(reader);
  return type && reader.at === tokens.length ? type : undefined;
}

/** The words that types begin with, as owners write them. */
export const typeWords: readonly string[] =
  'boolean tinyint smallint int integer bigint float real double decimal char varchar string varbinary binary date time timestamp json uuid ipaddress geometry array map row struct'.split(
    ' ',
  );

const TOKEN = /"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\d+|[(),<>:]/g;

/** The type of that name with those numbers as parameters, or undefined: `decimal`, [10, 2]. */
export function namedType(name: string, numbers: readonly number[]): TrinoType | undefined {
  const lower = name.toLowerCase();
  const [first, second] = numbers;
  if (lower === 'decimal') return decimal(first ?? 38, second ?? 0);
  if (lower === 'varchar' || lower === 'string') return lower === 'string' ? undefined : varchar(first);
  if (lower === 'char') return { kind: 'char', length: first ?? 1 };
  if (lower === 'time') return { kind: 'time', precision: first ?? 3 };
  if (lower === 'timestamp') return { kind: 'timestamp', precision: first ?? 3 };
  if (lower === 'int') return simple('integer');
  if (lower === 'geometry') return simple('geometry');
  if (numbers.length === 0 && PLAIN.has(lower)) return simple(lower as 'bigint');
  return undefined;
}

const PLAIN = new Set(
  'boolean tinyint smallint integer bigint real double varbinary date json uuid ipaddress unknown'.split(' '),
);

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readOne(reader: Reader): TrinoType | undefined {
  const name = reader.tokens[reader.at++]?.toLowerCase();
  if (name === undefined) return undefined;
  if (name === 'array' || name === 'map' || name === 'row' || name === 'struct') return readNested(name, reader);
  if (name === 'string') return varchar();
  if (name === 'float') return simple('real');
  if (name === 'binary') return simple('varbinary');
  if (name === 'interval') return readInterval(reader);
  const numbers = readNumbers(reader);
  const type = numbers && fits(name, numbers) ? namedType(name, numbers) : undefined;
  if (type?.kind !== 'timestamp' || !take(reader, 'with', 'time', 'zone')) return type;
  return { kind: 'timestamptz', precision: type.precision, zone: 'UTC' };
}

/** Whether a type takes these parameters; Athena refuses decimal(50,2) and decimal(5,9). */
function fits(name: string, numbers: readonly number[]): boolean {
  const [first = 38, second = 0] = numbers;
  if (name === 'decimal') return numbers.length <= 2 && first >= 1 && first <= 38 && second <= first;
  if (name === 'char' || name === 'varchar') return numbers.length === 0 || (numbers.length === 1 && first >= 1);
  if (name === 'time' || name === 'timestamp') return numbers.length === 0 || (numbers.length === 1 && first <= 12);
  return numbers.length === 0;
}

function take(reader: Reader, ...words: readonly string[]): boolean {
  const isThere = words.every((word, index) => reader.tokens[reader.at + index]?.toLowerCase() === word);
  if (isThere) reader.at += words.length;
  return isThere;
}

function readNested(name: string, reader: Reader): TrinoType | undefined {
  const open = reader.tokens[reader.at++];
  if (open !== '(' && open !== '<') return undefined;
  const parts: RowField[] = [];
  for (;;) {
    const part = name === 'row' || name === 'struct' ? readField(reader) : { type: readOne(reader) };
    if (!part.type) return undefined;
    parts.push(part as RowField);
    const next = reader.tokens[reader.at++];
    if (next === ')' || next === '>') break;
    if (next !== ',') return undefined;
  }
  const [first, second] = parts;
  if (name === 'array') return first && parts.length === 1 ? { kind: 'array', element: first.type } : undefined;
  if (name === 'map')
    return first && second && parts.length === 2 ? { kind: 'map', key: first.type, value: second.type } : undefined;
  return { kind: 'row', fields: parts };
}

function readField(reader: Reader): { name?: string | undefined; type: TrinoType | undefined } {
  const start = reader.at;
  const name = reader.tokens[reader.at++];
  if (reader.tokens[reader.at] === ':') reader.at++;
  const next = reader.tokens[reader.at];
  if (name !== undefined && next !== undefined && !/^[(),<>]$/.test(next)) {
    return { name: name.replace(/^"|"$/g, '').toLowerCase(), type: readOne(reader) };
  }
  reader.at = start;
  return { type: readOne(reader) };
}

/** The numbers between brackets, none where there are no brackets; undefined where they hold something else. */
function readNumbers(reader: Reader): number[] | undefined {
  if (!take(reader, '(')) return [];
  const numbers: number[] = [];
  do {
    const token = reader.tokens[reader.at++] ?? '';
    if (!/^\d+$/.test(token)) return undefined;
    numbers.push(Number(token));
  } while (take(reader, ','));
  return take(reader, ')') ? numbers : undefined;
}

function readInterval(reader: Reader): TrinoType | undefined {
  if (take(reader, 'day', 'to', 'second')) return simple('interval_day');
  return take(reader, 'year', 'to', 'month') ? simple('interval_year') : undefined;
}
