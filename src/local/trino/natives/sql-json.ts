import type { PathValue, SqlPath } from './json-paths.ts';
import { evaluatePath, isList, membersOf, PathFault, readSqlPath, writeValue } from './json-paths.ts';
import { JsonFault, JsonScanner, jsonString } from './json-scan.ts';
import type { Native } from './native.ts';
import { NativeError, native } from './native.ts';
import { decimalOf, doubleText, roundedDecimal } from './numbers.ts';

/**
 * The SQL standard's JSON functions. The answer starts with a letter: `v` a value (its text follows), `n` NULL, `e` nothing
 * found, `x` an error in the path, `j` a text that is not JSON.
 */
export const sqlJsonNatives: Readonly<Record<string, Native>> = {
  tr_sql_json_value: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, path: string, kind: string) =>
    answer(text, path, (found) => valueAnswer(found, kind)),
  ),
  tr_sql_json_query: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, path: string, mode: string) =>
    answer(text, path, (found) => queryAnswer(found, mode)),
  ),
  tr_json_object: native(['VARCHAR[]', 'VARCHAR[]'], 'VARCHAR', jsonObject),
  tr_sql_json_exists: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, path: string) =>
    answer(text, path, (found) => (found.length > 0 ? 'v' : 'e')),
  ),
};

const paths = new Map<string, SqlPath>();

function answer(text: string, path: string, decide: (found: readonly PathValue[]) => string): string {
  const known = paths.get(path) ?? readSqlPath(path);
  if (!known) return 'x';
  paths.set(path, known);
  const scanner = new JsonScanner(text);
  let root: PathValue;
  try {
    root = read(scanner);
    if (!scanner.end()) return 'j';
  } catch (fault) {
    if (fault instanceof JsonFault) return 'j';
    throw fault;
  }
  try {
    return decide(evaluatePath(known, root));
  } catch (fault) {
    if (fault instanceof PathFault) return 'x';
    throw fault;
  }
}

function read(scanner: JsonScanner): PathValue {
  const open = scanner.peek();
  if (open === '[') return scanner.elements(() => read(scanner));
  if (open === '{') {
    const members: [string, PathValue][] = [];
    scanner.members((name) => members.push([name, read(scanner)]));
    return { members };
  }
  const value = scanner.scalar();
  if (value === undefined) throw new JsonFault();
  return typeof value === 'string' && open !== '"' ? { digits: value } : value;
}

function valueAnswer(found: readonly PathValue[], kind: string): string {
  if (found.length === 0) return 'e';
  const [value = null] = found;
  if (found.length > 1 || isList(value) || membersOf(value)) return 'x';
  if (value === null) return 'n';
  const text = textOf(value);
  if (kind.startsWith('varchar')) {
    const length = Number(/\d+/.exec(kind)?.[0] ?? Number.POSITIVE_INFINITY);
    const chars = [...text];
    if (typeof value !== 'string' && chars.length > length) return 'x';
    return `v${chars.slice(0, length).join('')}`;
  }
  const raw = typeof value === 'object' && 'digits' in value ? value.digits : String(value);
  if (kind === 'boolean') {
    if (typeof value === 'object') return `v${Number(raw) !== 0}`;
    return /^(true|false)$/i.test(raw) ? `v${raw.toLowerCase()}` : 'x';
  }
  if (kind === 'date') return /^\d{4}-\d{1,2}-\d{1,2}$/.test(raw) ? `v${raw}` : 'x';
  return numberAnswer(typeof value === 'boolean' ? String(Number(value)) : raw, typeof value === 'string', kind);
}

function numberAnswer(raw: string, quoted: boolean, kind: string): string {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(raw)) return 'x';
  if (kind === 'double' || kind === 'real') return `v${raw}`;
  const scale = /^decimal\((\d+),(\d+)\)$/.exec(kind);
  if (scale) return `v${decimalOf(roundedDecimal(raw, Number(scale[2])), Number(scale[2]))}`;
  if (quoted && !/^[+-]?\d+$/.test(raw)) return 'x';
  return `v${roundedDecimal(raw, 0)}`;
}

function queryAnswer(found: readonly PathValue[], mode: string): string {
  if (found.length === 0) return 'e';
  const [value = null] = found;
  const [wrapper, quotes] = mode.split(' ');
  const nested = isList(value) || membersOf(value) !== undefined;
  if (wrapper === 'always' || (wrapper === 'conditional' && (found.length > 1 || !nested)))
    return `v[${found.map(writeValue).join(',')}]`;
  if (found.length > 1) return 'x';
  return quotes === 'omit' && typeof value === 'string' ? `v${value}` : `v${writeValue(value)}`;
}

function textOf(value: Exclude<PathValue, null>): string {
  if (typeof value === 'object' && 'digits' in value)
    return /^-?\d+$/.test(value.digits) ? value.digits : doubleText(Number(value.digits));
  return String(value);
}

/** Trino keeps the members in a Java HashMap, whose order is that of the buckets and within one that of arrival. */
function jsonObject(keys: readonly (string | null)[], values: readonly string[]): string {
  const members = new Map<string, string>();
  for (const [index, key] of keys.entries()) {
    if (key === null) throw new NativeError('INVALID_FUNCTION_ARGUMENT', 'null value passed for JSON object key');
    const value = values[index] ?? '';
    if (value === '') continue;
    if (members.has(key)) throw new NativeError('NOT_SUPPORTED', `duplicate key passed to JSON_OBJECT function: ${key}`);
    members.set(key, value);
  }
  let buckets = 1;
  while (buckets < members.size / 0.75 || buckets < HASH_LEAST) buckets *= 2;
  const sorted = [...members].map(([key, value]) => ({ key, value, bucket: javaHash(key) & (buckets - 1) }));
  sorted.sort((a, b) => a.bucket - b.bucket);
  return `{${sorted.map(({ key, value }) => `${jsonString(key)}:${value}`).join(',')}}`;
}

const HASH_LEAST = 16;

function javaHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash ^ (hash >>> 16);
}
