import type { Expression } from './expression.ts';
import { some } from './expression.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import type { Scope } from './scope.ts';

/** Where a subquery stands. */
export type Position = 'scalar' | 'exists' | 'in' | 'quantified' | 'lateral' | 'left lateral';

/** What a query reads of the scopes around it, as far as it decides whether Trino has a plan for it. */
export interface Reads {
  /** Its own columns in conditions that read around: true where the column equals a column around, and so is one value. */
  readonly columns: ReadonlyMap<string, boolean>;
  /** One row whatever it reads: an aggregate without groups. */
  readonly single: boolean;
  /** Positions in which Trino has no plan for it. */
  readonly refused: ReadonlySet<Position>;
  /** Whether it may stand as a table of another query that reads the same scopes. */
  readonly derivable: boolean;
  /** UNNEST of something around and projections, nothing else. */
  readonly plainUnnest?: boolean;
}

/** The parts of a SELECT that decide. */
export interface Parts {
  readonly scope: Scope;
  /** What the tables of FROM read: derived tables, UNNEST. */
  readonly tables: readonly (Reads | 'unnest')[];
  readonly tableCount: number;
  readonly conditions: readonly Expression[];
  readonly values: readonly Expression[];
  readonly having: Expression | undefined;
  /** Group keys; undefined without GROUP BY. */
  readonly keys: readonly Expression[] | undefined;
  readonly aggregated: boolean;
  readonly distinct: boolean;
  readonly tail: {
    readonly order: readonly unknown[];
    readonly offset?: bigint | undefined;
    readonly limit?: bigint | undefined;
    readonly ties?: boolean;
  };
}

const ALL: readonly Position[] = ['scalar', 'exists', 'in', 'quantified', 'lateral', 'left lateral'];
const ROWS: readonly Position[] = ALL.filter((position) => position !== 'exists');

/** A query that Trino never takes apart, such as UNION of sides that read around. */
export const STUCK: Reads = { columns: new Map(), single: false, refused: new Set(ALL), derivable: false };

/** Refuses a subquery for which Trino has no plan at its place. */
export function checkPosition(reads: Reads | undefined, position: Position, place: Place): void {
  if (reads?.refused.has(position)) refuse('NOT_SUPPORTED', 'Given correlated subquery is not supported', place);
}

/**
 * What a SELECT reads around it; undefined where it reads nothing. The rules are those of Trino's optimizer
 * (PlanNodeDecorrelator and its neighbours): conditions may move up through projections and joins, through groups and
 * limits only where every column that they need is a group key or equal to a column around.
 */
export function readsOf(parts: Parts): Reads | undefined {
  const outer = new Set<number>();
  for (let here = parts.scope.parent; here; here = here.parent) outer.add(here.id);
  const around = (value: Expression) => some(value, (part) => readsAround(part, outer));
  const conditions = parts.conditions.flatMap(conjuncts).filter(around);
  const values = parts.values.filter(around);
  const having = parts.having !== undefined && around(parts.having);
  if (conditions.length + values.length + parts.tables.length === 0 && !having) return undefined;
  if (
    [...conditions, ...values].some((value) => some(value, (part) => part.role?.kind === 'subquery' && readsAround(part, outer)))
  )
    return STUCK;
  if (parts.tables.includes('unnest')) return unnestReads(parts);
  const tables = parts.tables as readonly Reads[];
  if (tables.some((table) => !table.derivable)) return STUCK;
  const columns = new Map(tables.flatMap((table) => (table.single ? [] : [...table.columns])));
  for (const condition of conditions) addColumns(condition, outer, columns);
  const refused = new Set<Position>();
  const add = (positions: readonly Position[]) => {
    for (const position of positions) refused.add(position);
  };
  const plain = tables.length === 1 && tables[0]?.single && parts.tableCount === 1 && conditions.length === 0;
  const single = (parts.aggregated && !parts.keys) || plain === true;
  if (parts.tableCount === 0) add(conditions.length > 0 ? ROWS : ['in', 'quantified']);
  else if (single) add(parts.having ? ALL : values.some(inAggregate(around)) ? ROWS : ['in', 'quantified']);
  else if (parts.keys) add(groupRefused(parts.keys, columns, having, values.length > 0));
  else if (values.some((value) => value.role?.kind !== 'column')) add(ROWS);
  else if (values.length > 0) add(['in', 'quantified']);
  const windowed = parts.values.some((value) => some(value, (part) => part.role?.kind === 'window'));
  if (windowed) add(ROWS);
  if (parts.distinct) add(covers(parts.values, columns) ? ['in'] : ['scalar', 'exists', 'in']);
  if (!single) add(tailRefused(parts, columns));
  else if (parts.tail.offset !== undefined || parts.tail.ties) add(ALL);
  return { columns: single ? new Map() : columns, single, refused, derivable: !windowed && !refused.has('scalar') };
}

function readsAround(part: Expression, outer: ReadonlySet<number>): boolean {
  if (part.role?.kind === 'column') return outer.has(part.role.scope);
  return part.role?.kind === 'subquery' && part.role.outer.some((column) => readsAround(column, outer));
}

function conjuncts(value: Expression): readonly Expression[] {
  return value.role?.kind === 'conjunction' ? value.parts.flatMap(conjuncts) : [value];
}

function addColumns(condition: Expression, outer: ReadonlySet<number>, columns: Map<string, boolean>): void {
  const own = new Set<string>();
  some(condition, (part) => {
    if (part.role?.kind === 'column' && !outer.has(part.role.scope)) own.add(part.sql);
    return false;
  });
  const sides = condition.role?.kind === 'equality' ? condition.parts : [];
  const equal = sides.length === 2 && sides.every((side) => side.role?.kind === 'column');
  for (const column of own) columns.set(column, equal || columns.get(column) === true);
}

function inAggregate(around: (value: Expression) => boolean): (value: Expression) => boolean {
  return (value) => some(value, (part) => part.role?.kind === 'aggregate' && around(part));
}

/** Whether every column that a condition needs is one of the values, or one value. */
function covers(values: readonly Expression[], columns: ReadonlyMap<string, boolean>): boolean {
  const texts = new Set(values.map((value) => value.sql));
  return [...columns].every(([column, equal]) => equal || texts.has(column));
}

function groupRefused(
  keys: readonly Expression[],
  columns: ReadonlyMap<string, boolean>,
  having: boolean,
  projected: boolean,
): readonly Position[] {
  if (covers(keys, columns)) return projected ? ROWS : ['in'];
  return having ? ALL : ['scalar', 'exists', 'in', 'quantified', 'left lateral'];
}

function tailRefused({ tail }: Parts, columns: ReadonlyMap<string, boolean>): readonly Position[] {
  if (tail.offset !== undefined || tail.ties) return ALL;
  if (tail.limit === undefined) return [];
  if (![...columns.values()].every(Boolean)) return ALL;
  return tail.limit === 1n && tail.order.length === 0 ? ROWS : ['in'];
}

/** UNNEST of something around has plans of its own: alone, plain or under one aggregate. */
function unnestReads(parts: Parts): Reads {
  const { tail } = parts;
  const global = parts.aggregated && !parts.keys;
  const narrowed = parts.values.some((value) =>
    some(value, (part) => part.role?.kind === 'aggregate' && part.role.filtered === true),
  );
  const refused: readonly Position[] =
    parts.tableCount > 1 || (global && (narrowed || parts.conditions.length > 0))
      ? ROWS
      : parts.conditions.length > 0 || parts.keys || parts.having || parts.distinct || tail.offset !== undefined || tail.ties
        ? ALL
        : tail.limit !== undefined
          ? ['exists', 'in', 'quantified']
          : ['in'];
  const plainUnnest = !global && refused.length === 1;
  return { columns: new Map(), single: global, refused: new Set(refused), derivable: false, plainUnnest };
}
