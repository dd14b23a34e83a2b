import type { Place } from './names.ts';
import type { TableFacts } from './safe-sql.ts';

/** One mention of a table in a FROM: each has partition bounds of its own. */
export interface Occurrence {
  /** `database.table`, lower case. */
  readonly table: string;
  readonly facts: TableFacts;
  readonly place: Place;
  /** How its columns are qualified in its own block: the alias, or the name as written. */
  readonly qualifier: string;
}

/** A column that a name can mean. */
export interface Column {
  /** Lower case; absent where it has no name of its own. */
  readonly name: string | undefined;
  /** The name as written, which is how an engine labels it in a result. */
  readonly label?: string;
  /** The tables' columns behind it, where nothing was computed in between: a bound on it is a bound on each of them. */
  readonly bases: readonly { readonly occurrence: Occurrence; readonly column: string }[];
  /** True for a column that stands directly in a table: naming it reads the table. */
  readonly guarded: boolean;
  /** True for a column that a star leaves out: USING put one in front for both sides. */
  readonly merged?: boolean;
  readonly type?: string;
}

/** What a FROM item offers. `open`: it may have columns whose names cannot be known (fields of a row in UNNEST). */
export interface Relation {
  /** Every way to qualify its columns: `[alias]`, or `[table]`, `[database, table]`, `[catalog, database, table]`. */
  readonly qualifiers: readonly (readonly string[])[];
  readonly columns: readonly Column[];
  readonly open: boolean;
}

/** What names mean at one place of a statement; `parent` is the query around it. */
export interface Scope {
  readonly relations: readonly Relation[];
  readonly parent?: Scope;
  /** The WITH queries that can be seen from here, by lower-case name. */
  readonly ctes: ReadonlyMap<string, Relation>;
  /** Pattern variables inside MATCH_RECOGNIZE. */
  readonly variables?: ReadonlySet<string>;
}

/**
 * Finds what `a`, `t.a`, `db.t.a` or `t.a.field` means: the innermost scope in which any reading of the name fits, with
 * every reading that fits there. `open`: a relation with unknown columns was passed on the way.
 */
export function resolveColumn(
  scope: Scope,
  parts: readonly string[],
): { readonly columns: readonly Column[]; readonly open: boolean } {
  let open = false;
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const columns = at.relations.flatMap((relation) => columnsOf(relation, parts));
    if (columns.length > 0) return { columns, open };
    open ||= at.relations.some((relation) => relation.open);
  }
  return { columns: [], open };
}

/** The relations that `t` in `t.*` means, of the innermost scope that has one. */
export function resolveRelation(scope: Scope, parts: readonly string[]): readonly Relation[] {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const relations = at.relations.filter((relation) => qualifies(relation, parts));
    if (relations.length > 0) return relations;
  }
  return [];
}

/** True where a pattern variable of that name can be seen. */
export function hasVariable(scope: Scope, name: string): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) if (at.variables?.has(name)) return true;
  return false;
}

/** A scope inside another one, which sees the same WITH queries. */
export function innerScope(parent: Scope, relations: readonly Relation[]): Scope {
  return { relations, parent, ctes: parent.ctes };
}

function columnsOf(relation: Relation, parts: readonly string[]): readonly Column[] {
  const found: Column[] = [];
  for (let at = 0; at < parts.length; at++) {
    if (at > 0 && !qualifies(relation, parts.slice(0, at))) continue;
    found.push(...relation.columns.filter((column) => column.name === parts[at]));
  }
  return found;
}

function qualifies(relation: Relation, parts: readonly string[]): boolean {
  return relation.qualifiers.some((name) => name.length === parts.length && name.every((part, index) => part === parts[index]));
}
