import type { RowField, TrinoType } from './trino-type.ts';
import { decimal, simple, varchar } from './trino-type.ts';

/** Reads a type as a catalog or an owner writes it: `decimal(12,2)`, `array(row(id varchar, qty int))`; undefined where it is none. */
export function readType(text: string): TrinoType | undefined {
  const tokens = text.match(/"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\d+|[(),<>:]/g) ?? [];
  const reader = { tokens, at: 0 };
  const type = readOne(reader);
  return type && reader.at === tokens.length ? type : undefined;
}

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
  const numbers = readNumbers(reader);
  if (name === 'interval') return readInterval(reader);
  const type = namedType(name, numbers);
  if (type?.kind !== 'timestamp' || reader.tokens[reader.at] !== 'with') return type;
  reader.at += 3;
  return { kind: 'timestamptz', precision: type.precision, zone: 'UTC' };
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
  if (name === 'map') return first && second ? { kind: 'map', key: first.type, value: second.type } : undefined;
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

function readNumbers(reader: Reader): number[] {
  if (reader.tokens[reader.at] !== '(') return [];
  reader.at++;
  const numbers: number[] = [];
  while (/^\d+$/.test(reader.tokens[reader.at] ?? '')) {
    numbers.push(Number(reader.tokens[reader.at++]));
    if (reader.tokens[reader.at] === ',') reader.at++;
  }
  reader.at++;
  return numbers;
}

function readInterval(reader: Reader): TrinoType | undefined {
  const from = reader.tokens[reader.at];
  reader.at += 3;
  return from === 'day' ? simple('interval_day') : from === 'year' ? simple('interval_year') : undefined;
}
