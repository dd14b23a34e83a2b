import type { ColumnInfo } from '@aws-sdk/client-athena';
import type { Cell } from '../services/warehouse.ts';

const OTHER_NAMES: Readonly<Record<string, string>> = { float: 'real', int: 'integer', string: 'varchar', binary: 'varbinary' };
const NUMBERS = new Set(['tinyint', 'smallint', 'integer', 'bigint', 'real', 'double', 'decimal']);

/** A result column's type as the house writes it: `decimal(18,2)`, `timestamp(3)`, `varchar`. What is in an array, map or row Athena does not say. */
export function typeOf({ Type: given = 'varchar', Precision: precision, Scale: scale }: ColumnInfo): string {
  const type = OTHER_NAMES[given] ?? given;
  if (type === 'decimal') return `decimal(${precision ?? 38},${scale ?? 0})`;
  if (type === 'timestamp') return 'timestamp(3)';
  if (type === 'timestamp with time zone') return 'timestamp(3) with time zone';
  if (type === 'char') return `char(${precision ?? 1})`;
  return type;
}

/**
 * Athena's text of a value as a JSON value; undefined is NULL. Numbers are numbers, integers beyond 2^53 texts, as are NaN
 * and the infinities. Athena writes arrays, maps and rows as texts without quotes: they become lists and objects only where
 * nothing in them could be read in two ways (numbers, booleans, NULL), and stay Athena's text elsewhere.
 */
export function cellOf(column: ColumnInfo, text: string | undefined): Cell {
  if (text === undefined) return null;
  const type = OTHER_NAMES[column.Type ?? ''] ?? column.Type ?? 'varchar';
  if (NUMBERS.has(type)) return numberOf(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'array' || type === 'map' || type === 'row') return nestedOf(text) ?? text;
  return text;
}

function numberOf(text: string): Cell {
  const number = Number(text);
  if (!Number.isFinite(number) || text.trim() === '') return text;
  const isWhole = /^-?\d+$/.test(text);
  return isWhole && !Number.isSafeInteger(number) ? text : number;
}

/** `[1, 2]` and `{a=1, b=null}` whose leaves are numbers, booleans or null; undefined for anything else. */
function nestedOf(text: string): Cell | undefined {
  const reader = new NestedReader(text);
  const value = reader.value();
  return reader.isAtEnd ? value : undefined;
}

class NestedReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  value(): Cell | undefined {
    if (this.#take('[')) return this.#list();
    if (this.#take('{')) return this.#object();
    const leaf = /^(?:null|true|false|-?\d+(?:\.\d+)?(?:E-?\d+)?)(?=[,\]}]|$)/.exec(this.#text.slice(this.#at));
    if (!leaf) return undefined;
    this.#at += leaf[0].length;
    if (leaf[0] === 'null') return null;
    return /^[tf]/.test(leaf[0]) ? leaf[0] === 'true' : numberOf(leaf[0]);
  }

  #list(): Cell | undefined {
    const items: Cell[] = [];
    while (!this.#take(']')) {
      if (items.length > 0 && !this.#take(', ')) return undefined;
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  #object(): Cell | undefined {
    const entries: [string, Cell][] = [];
    while (!this.#take('}')) {
      if (entries.length > 0 && !this.#take(', ')) return undefined;
      const name = /^([\p{L}\p{N}_-]+)=/u.exec(this.#text.slice(this.#at));
      if (!name) return undefined;
      this.#at += name[0].length;
      const value = this.value();
      if (value === undefined) return undefined;
      entries.push([name[1]!, value]);
    }
    return Object.fromEntries(entries);
  }

  #take(mark: string): boolean {
    const isThere = this.#text.startsWith(mark, this.#at);
    if (isThere) this.#at += mark.length;
    return isThere;
  }
}
