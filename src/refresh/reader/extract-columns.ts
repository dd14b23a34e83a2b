import { isRecord } from './decode-envelope.ts';
import { plainer } from './plain-values.ts';
import type { ColumnKind, RawColumn } from './raw-columns.ts';

/** Texts of the columns in their order ('' = NULL), and what has no column: the text of a JSON object, or ''. */
export interface Extracted {
  readonly values: string[];
  readonly rest: Record<string, unknown> | undefined;
}

/** Takes the listed columns out of one object in a single walk over its keys. */
export type Extractor = (source: Record<string, unknown>, eventName: string) => Extracted;

/**
 * Compiles a list of columns. `attributeAliases` maps an attribute's sent name to ours. Members of `attributes` that have
 * no column stay flat in `rest`; those of the event itself too, under `event_NAME` where the names collide; `user` and
 * `items` are left to the caller (`skip`).
 */
export function extractor(
  columns: readonly RawColumn[],
  options: { readonly attributeAliases: ReadonlyMap<string, string>; readonly skip: ReadonlySet<string> },
): Extractor {
  const own = new Map<string, Slot>();
  const attributes = new Map<string, Slot>();
  const user = new Map<string, Slot>();
  const groups: Readonly<Record<string, Map<string, Slot>>> = { attributes, user };
  columns.forEach((column, index) => {
    column.paths.forEach((path, rank) => {
      const [group, name] = path.includes('.') ? (path.split('.', 2) as [string, string]) : [undefined, path];
      const slots = group === undefined ? own : (groups[group] ?? own);
      slots.set(name, { index, rank, column });
    });
  });
  const mend = plainer(columns);
  return (source, eventName) => {
    const walk: Walk = { values: columns.map(() => ''), ranks: columns.map(() => 99), rest: undefined, eventName };
    if (isRecord(source.attributes)) takeMembers(walk, source.attributes, attributes, options.attributeAliases);
    if (isRecord(source.user)) takeUser(walk, source.user, user);
    takeOwn(walk, source, own, options.skip);
    mend(walk.values);
    return { values: walk.values, rest: walk.rest };
  };
}

interface Slot {
  readonly index: number;
  readonly rank: number;
  readonly column: RawColumn;
}

interface Walk {
  readonly values: string[];
  readonly ranks: number[];
  rest: Record<string, unknown> | undefined;
  readonly eventName: string;
}

function takeMembers(
  walk: Walk,
  members: Record<string, unknown>,
  slots: Map<string, Slot>,
  aliases: ReadonlyMap<string, string>,
): void {
  for (const key of Object.keys(members)) {
    const name = aliases.get(key) ?? key;
    const slot = slots.get(name);
    if (slot === undefined || !take(walk, slot, members[key])) put(walk, name, members[key]);
  }
}

function takeUser(walk: Walk, user: Record<string, unknown>, slots: Map<string, Slot>): void {
  let left: Record<string, unknown> | undefined;
  for (const key of Object.keys(user)) {
    const property = user[key];
    const slot = slots.get(key);
    const value = isRecord(property) && 'value' in property ? property.value : property;
    if (slot !== undefined && take(walk, slot, value)) continue;
    left ??= {};
    left[key] = property;
  }
  if (left !== undefined) put(walk, 'user', left);
}

function takeOwn(walk: Walk, source: Record<string, unknown>, slots: Map<string, Slot>, skip: ReadonlySet<string>): void {
  for (const key of Object.keys(source)) {
    const slot = slots.get(key);
    if (slot !== undefined && take(walk, slot, source[key])) continue;
    if (skip.has(key) && typeof source[key] === 'object' && Array.isArray(source[key]) === (key === 'items')) continue;
    put(walk, walk.rest !== undefined && Object.hasOwn(walk.rest, key) ? `event_${key}` : key, source[key]);
  }
}

// True when the value went into its column and need not stay in the rest as well.
function take(walk: Walk, slot: Slot, value: unknown): boolean {
  const { column, index, rank } = slot;
  if (column.events.length > 0 && !column.events.includes(walk.eventName)) return false;
  if (value === null || value === undefined || value === '') return true;
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (!fits(column.kind, text)) return false;
  const taken = (walk.ranks[index] as number) > rank;
  if (taken) {
    const displaced = walk.values[index];
    walk.values[index] = text;
    walk.ranks[index] = rank;
    if (displaced !== '' && displaced !== text) return keepDisplaced(walk, column, displaced as string);
  }
  if (!taken && walk.values[index] !== text) return false;
  return column.keep === 'query' ? !/[?#]/.test(text) : !column.keep;
}

// A second name for the same thing with another value (value and _value) is not thrown away.
function keepDisplaced(walk: Walk, column: RawColumn, text: string): boolean {
  put(walk, (column.paths.at(-1) as string).replace(/^.*[.]/, ''), text);
  return !column.keep;
}

function put(walk: Walk, name: string, value: unknown): void {
  if (value === null || value === undefined || value === '') return;
  walk.rest ??= {};
  if (name !== '__proto__') walk.rest[name] = value;
  else Object.defineProperty(walk.rest, name, { value, enumerable: true, configurable: true, writable: true }); // no prototype
}

const NUMBER = /^[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][-+]?[0-9]{1,3})?$/;
const WHOLE = /^[-+]?[0-9]{1,18}$/;

/** Whether a text can become a value of the kind without loss of meaning. */
export function fits(kind: ColumnKind, text: string): boolean {
  if (kind === 'text') return true;
  if (kind === 'bigint') return WHOLE.test(text);
  if (!NUMBER.test(text)) return false;
  const size = Math.abs(Number(text));
  if (kind === 'integer') return WHOLE.test(text) && size < 2147483648;
  return kind === 'decimal' ? size < 1e15 : size < 2147483648;
}
