import type { TrinoType } from '../trino-type.ts';
import { jsonToText, jsonToType } from './json-casts.ts';
import type { JsonStep } from './json-scan.ts';
import { JsonFault, JsonScanner, jsonString, readJsonPath } from './json-scan.ts';
import type { Native } from './native.ts';
import { invalid, NativeError, native } from './native.ts';
import { javaDouble, shortestReal } from './numbers.ts';

/** Trino's JSON functions over texts; a value of type json is its compact text. */
export const jsonNatives: Readonly<Record<string, Native>> = {
  tr_json_extract_scalar: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, path: string) =>
    lenient(text, pathOf(path), (scanner) => {
      const value = scanner.scalar();
      return value === undefined || value === null ? null : String(value);
    }),
  ),
  tr_json_extract: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, path: string) =>
    lenient(text, pathOf(path), (scanner) => scanner.copy(false)),
  ),
  tr_json_size: native(['VARCHAR', 'VARCHAR'], 'BIGINT', (text: string, path: string) => lenient(text, pathOf(path), size)),
  tr_json_array_length: native(['VARCHAR'], 'BIGINT', (text: string) =>
    lenient(text, [], (scanner) => (scanner.peek() === '[' ? size(scanner) : null)),
  ),
  tr_json_array_get: native(['VARCHAR', 'BIGINT'], 'VARCHAR', arrayGet),
  tr_json_array_contains: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'BOOLEAN', arrayContains),
  /** As json_parse, with members as they stand: only under a cast to an array, a map or a row. */
  tr_json_keep: native(
    ['VARCHAR'],
    'VARCHAR',
    (text: string) => canonical(text, false) ?? invalid(`Cannot convert value to JSON: '${text}'`),
  ),
  tr_json_parse: native(['VARCHAR'], 'VARCHAR', (text: string) => {
    const json = canonical(text);
    return json ?? invalid(`Cannot convert value to JSON: '${text}'`);
  }),
  tr_is_json_scalar: native(['VARCHAR'], 'BOOLEAN', (text: string) => {
    const json = canonical(text) ?? invalid(`Invalid JSON value: ${text}`);
    return !/^[[{]/.test(json);
  }),
  tr_json_to_text: native(['VARCHAR', 'INTEGER', 'BOOLEAN'], 'VARCHAR', (json: string, length: number, soft: boolean) =>
    jsonToText(json, length, soft),
  ),
  tr_json_scalar: native(['VARCHAR', 'VARCHAR', 'BOOLEAN'], 'VARCHAR', (json: string, shape: string, soft: boolean) => {
    const value = jsonToType(json, typeOf(shape), soft);
    return value === null || value === undefined ? null : String(value);
  }),
  tr_from_json: native(['VARCHAR', 'VARCHAR', 'BOOLEAN'], 'VARCHAR', (json: string, shape: string, soft: boolean) => {
    const value = jsonToType(json, typeOf(shape), soft);
    return value === null || value === undefined ? null : JSON.stringify(value);
  }),
  tr_json_string: native(['VARCHAR'], 'VARCHAR', jsonString),
  tr_json_double: native(['DOUBLE'], 'VARCHAR', jsonDouble),
  tr_json_real: native(['DOUBLE'], 'VARCHAR', (value: number) =>
    jsonDouble(Number.isFinite(value) ? shortestReal(value) : value),
  ),
};

const paths = new Map<string, readonly JsonStep[]>();
const types = new Map<string, TrinoType>();

function pathOf(path: string): readonly JsonStep[] {
  const known = paths.get(path);
  if (known) return known;
  const steps = readJsonPath(path) ?? invalid(`Invalid JSON path: '${path}'`);
  if (paths.size > 1000) paths.clear();
  paths.set(path, steps);
  return steps;
}

function typeOf(shape: string): TrinoType {
  const known = types.get(shape) ?? (JSON.parse(shape) as TrinoType);
  types.set(shape, known);
  return known;
}

function lenient<T>(text: string, steps: readonly JsonStep[], read: (scanner: JsonScanner) => T): T | null {
  const scanner = new JsonScanner(text);
  try {
    return scanner.find(steps) && scanner.peek() !== '' ? read(scanner) : null;
  } catch (fault) {
    if (fault instanceof JsonFault) return null;
    throw fault;
  }
}

function canonical(text: string, sorted = true): string | undefined {
  const scanner = new JsonScanner(text);
  try {
    const json = scanner.copy(sorted);
    return scanner.end() ? json : undefined;
  } catch (fault) {
    if (fault instanceof JsonFault) return undefined;
    throw fault;
  }
}

function size(scanner: JsonScanner): bigint {
  const open = scanner.peek();
  let count = 0n;
  if (open === '[') count = BigInt(scanner.elements(() => scanner.skip()).length);
  else if (open === '{') {
    scanner.members(() => {
      count++;
      scanner.skip();
    });
  } else scanner.scalar();
  return count;
}

function arrayGet(text: string, index: bigint): string | null {
  return lenient(text, [], (scanner) => {
    if (scanner.peek() !== '[') return null;
    const values = scanner.elements(() => {
      if (scanner.peek() === '"') return scanner.string();
      const json = scanner.copy(false);
      return json === 'null' ? null : json;
    });
    const value = values.at(Number(index)) ?? null;
    // Trino counts backwards with a buffer that takes no null.
    if (index < 0n && value === null && -Number(index) <= values.length)
      throw new NativeError('GENERIC_INTERNAL_ERROR', 'null element');
    return value;
  });
}

function arrayContains(text: string, wanted: string, kind: string): boolean | null {
  const scanner = new JsonScanner(text);
  try {
    if (scanner.peek() !== '[') return null;
    let found = false;
    scanner.elements(() => {
      const open = scanner.peek();
      const value = open === '[' || open === '{' ? void scanner.skip() : scanner.scalar();
      if (matches(value, open, wanted, kind)) {
        found = true;
        throw new JsonFault();
      }
    });
    return found;
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    return matchedBefore(text, wanted, kind);
  }
}

function matchedBefore(text: string, wanted: string, kind: string): boolean | null {
  const scanner = new JsonScanner(text);
  let found = false;
  try {
    scanner.elements(() => {
      const open = scanner.peek();
      const value = open === '[' || open === '{' ? void scanner.skip() : scanner.scalar();
      found ||= matches(value, open, wanted, kind);
    });
  } catch {
    return found || null;
  }
  return found;
}

function matches(value: string | boolean | null | undefined, open: string, wanted: string, kind: string): boolean {
  if (kind === 'varchar') return open === '"' && value === wanted;
  if (kind === 'boolean') return typeof value === 'boolean' && String(value) === wanted;
  if (open === '"' || typeof value !== 'string') return false;
  const whole = /^-?\d+$/.test(value);
  if (kind === 'bigint') return whole && BigInt(value) === BigInt(wanted);
  return !whole && Number(value) === Number(wanted);
}

function jsonDouble(value: number): string {
  return Number.isFinite(value) ? javaDouble(value) : JSON.stringify(String(value));
}
