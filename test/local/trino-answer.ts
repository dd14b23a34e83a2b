import type { Cell } from '../../src/services/warehouse.ts';
import type { Said } from './local-engine.ts';

/** One statement and what a real Trino answered, as `answers.jsonl` has it. */
export interface TrinoAnswer {
  readonly id: string;
  readonly sql: string;
  readonly columns?: readonly string[];
  readonly types?: readonly string[];
  readonly rows?: readonly (readonly Cell[])[];
  readonly error?: string;
  readonly unordered?: boolean;
}

/** `silent` is a different value, or any value where Trino refuses; `loud` is an error where Trino has a value. */
export type Verdict = 'right' | 'refused by name' | 'silent' | 'loud';

/** Compares what the local engine says with what Trino said; doubles within 1e-9. */
export function judge(answer: TrinoAnswer, said: Said): Verdict {
  if (said.kind === 'unsupported_locally') return 'refused by name';
  if (answer.error !== undefined) return said.kind === 'rows' ? 'silent' : 'right';
  if (said.kind !== 'rows') return 'loud';
  const sameTypes = answer.types?.map(shape).join() === said.types.map(shape).join();
  const sameNames = answer.columns?.join() === said.names.join();
  const wanted = (answer.rows ?? []).map((row) =>
    row.map((value, index) => (answer.types?.[index] === 'varbinary' ? hex(value) : value)),
  );
  return sameTypes && sameNames && same(sorted(said.rows, answer), sorted(wanted, answer)) ? 'right' : 'silent';
}

/** Lengths of texts do not count, nor do blanks inside a type's name. */
function shape(type: string): string {
  return type
    .toLowerCase()
    .replaceAll(', ', ',')
    .replace(/varchar\(\d+\)/g, 'varchar');
}

function sorted(rows: readonly (readonly Cell[])[], answer: TrinoAnswer): readonly (readonly Cell[])[] {
  return answer.unordered ? [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : rows;
}

function hex(value: Cell): Cell {
  return typeof value === 'string'
    ? [...Buffer.from(value, 'base64')].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    : value;
}

function same(got: Cell, wanted: Cell): boolean {
  if (got === wanted) return true;
  if (got === null || wanted === null) return false;
  if (typeof got === 'number' && typeof wanted === 'number')
    return Math.abs(got - wanted) <= 1e-9 * Math.max(Math.abs(got), Math.abs(wanted));
  if (typeof got !== 'object' || typeof wanted !== 'object') return String(got) === String(wanted);
  // Trino's protocol gives a row as a list without names.
  const values: Cell = Array.isArray(wanted) && !Array.isArray(got) ? Object.values(got) : got;
  if (Array.isArray(values) && Array.isArray(wanted))
    return values.length === wanted.length && values.every((value, index) => same(value, wanted[index] ?? null));
  const [left, right] = [Object.entries(values), wanted as { readonly [key: string]: Cell }];
  return left.length === Object.keys(right).length && left.every(([key, value]) => same(value, right[key] ?? null));
}
