import type { ColumnAliasesContext, IdentifierContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { nameOf, placeOf, writtenName } from './names.ts';
import type { Column, Relation } from './scope.ts';
import type { Walk } from './walk.ts';
import { report } from './walk.ts';
import { makeName } from './walk-names.ts';

/** Gives relations a new name and, where there is a list, their columns new names by position. */
export function renamed(
  walk: Walk,
  relations: readonly Relation[],
  alias: IdentifierContext,
  list: ColumnAliasesContext | null,
): Relation {
  const open = relations.some((relation) => relation.open);
  const columns = relations.flatMap((relation) => relation.columns);
  const qualifiers = [[makeName(walk, alias)]];
  if (!list) return { qualifiers, columns, open };
  const shown = columns.filter((column) => !column.merged);
  const closed = columns
    .flatMap((column) => (column.guarded ? column.bases : []))
    .filter((base) => walk.allowed.isBlocked(base.occurrence.table, base.column));
  // By position a closed column could take an innocent name.
  if (closed.length > 0)
    report(walk, 'column_not_allowed', placeOf(list), `${nameOf(alias)}(…)`, {
      names: closed.map((base) => base.column),
      list: 1,
    });
  return {
    qualifiers,
    columns: list.identifier().map((name, index) => renamedColumn(walk, name, open ? undefined : shown[index])),
    open: false,
  };
}

function renamedColumn(walk: Walk, alias: IdentifierContext, column: Column | undefined): Column {
  return { ...(column ?? { bases: [], guarded: false }), name: makeName(walk, alias), label: writtenName(alias) };
}
