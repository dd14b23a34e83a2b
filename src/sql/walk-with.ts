import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { nameOf, writtenName } from './names.ts';
import type { Column, Relation, Scope } from './scope.ts';
import type { Output, Walk } from './walk.ts';
import { makeName } from './walk-names.ts';

/**
 * The scope inside a WITH. A WITH query sees those before it, not itself and not those after it: there the name is a real
 * table. Only in the second half of a UNION under WITH RECURSIVE does a name mean itself.
 */
export function withScope(walk: Walk, node: trino.WithContext | null, outer: Scope): Scope {
  const ctes = new Map(outer.ctes);
  const scope: Scope = { relations: [], parent: outer, ctes };
  for (const query of node?.namedQuery() ?? []) {
    const name = makeName(walk, query.identifier());
    const output = node!.KW_RECURSIVE()
      ? walkRecursive(walk, query, name, scope)
      : walk.query(query.query(), { ...scope, ctes: new Map(ctes) });
    ctes.set(name, asRelation(walk, query, name, output));
  }
  return scope;
}

function walkRecursive(walk: Walk, query: trino.NamedQueryContext, name: string, scope: Scope): Output {
  const itself: Scope = { ...scope, ctes: new Map(scope.ctes) };
  const step = recursiveStep(query);
  if (!step) return walk.query(query.query(), itself);
  const aliases = query.columnAliases()!.identifier();
  const columns = aliases.map((alias) => ({ name: nameOf(alias), bases: [], guarded: false }));
  walk.recursiveSteps.set(step, { name, relation: { qualifiers: [[name]], columns, open: false } });
  return walk.query(query.query(), itself);
}

/** The second half of `a UNION [ALL] b`, which alone may name the query itself; Trino asks for the column list, too. */
function recursiveStep(query: trino.NamedQueryContext): trino.QueryTermContext | undefined {
  const body = query.query();
  if (!query.columnAliases() || !(body instanceof trino.QueryStatementContext) || body.with()) return undefined;
  const term = body.queryNoWith().queryTerm();
  return term instanceof trino.SetOperationContext && term.KW_UNION() ? term.queryTerm()[1] : undefined;
}

function asRelation(walk: Walk, query: trino.NamedQueryContext, name: string, output: Output): Relation {
  const list = query.columnAliases()?.identifier();
  const several = (walk.mentions.get(name) ?? 0) > 1;
  // Named twice, it runs twice: a bound at one place says nothing of the other.
  const columns: readonly Column[] = several ? output.columns.map((column) => ({ ...column, bases: [] })) : output.columns;
  if (!list) return { qualifiers: [[name]], columns, open: output.open };
  const renamed = list.map((alias, index) => ({
    ...(columns[index] ?? { bases: [], guarded: false }),
    name: makeName(walk, alias),
    label: writtenName(alias),
  }));
  return { qualifiers: [[name]], columns: renamed, open: false };
}
