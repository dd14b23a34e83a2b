import type { TableRefContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Ctes, Statement } from './binder.ts';
import { placeOf } from './binder.ts';
import type { Reads } from './correlation.ts';
import { nameOf } from './read-names.ts';
import { readType } from './read-type.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import type { Field } from './scope.ts';

/** A table or a WITH query as a FROM item: its DuckDB text, its columns, and what the WITH query reads around it. */
export interface Scan {
  readonly sql: string;
  readonly fields: readonly Field[];
  readonly reads: readonly Reads[];
}

/** A table of the catalog or a WITH query, its columns under names of their own. */
export function scanTable(context: TableRefContext, statement: Statement, ctes: Ctes): Scan {
  const parts = context.identifier().map((identifier) => nameOf(identifier));
  const cte = parts.length === 1 ? ctes.get((parts[0] ?? '').toLowerCase()) : undefined;
  const source = cte ? cteColumns(cte.fields) : tableColumns(parts, statement, placeOf(context));
  const table = cte?.table ?? `"${source.table}"`;
  const fields = source.columns.map((field) => ({ ...field, column: statement.next('c') }));
  const mark = statement.next('scan');
  statement.scans.set(mark, new Map(fields.map((field, index) => [field.column, source.columns[index]?.column ?? ''])));
  return {
    sql: `(SELECT /*${mark}*/ FROM ${table}) ${statement.next('r')}`,
    fields: cte ? fields.map((field) => ({ ...field, qualifiers: [parts[0] ?? ''] })) : fields,
    reads: cte?.reads ? [cte.reads] : [],
  };
}

function cteColumns(fields: readonly Field[]): { table: string; columns: readonly Field[] } {
  return { table: '', columns: fields };
}

function tableColumns(
  parts: readonly string[],
  statement: Statement,
  place: Place,
): { table: string; columns: readonly Field[] } {
  const { catalog } = statement;
  const [table = '', database = catalog.defaultDatabase, source = catalog.defaultCatalog] = [...parts]
    .reverse()
    .map((part) => part.toLowerCase());
  const name = `${database}.${table}`;
  const facts = source === catalog.defaultCatalog.toLowerCase() ? catalog.tables[name] : undefined;
  if (!facts) refuse('TABLE_NOT_FOUND', `Table '${parts.join('.')}' does not exist`, place);
  const columns = facts.columns.map((entry): Field => {
    const type = readType(entry.type);
    if (!type) unsupported(`the type ${entry.type} of column ${entry.name}`, place);
    return { name: entry.name, qualifiers: [table, database, source], column: `"${entry.name.replaceAll('"', '""')}"`, type };
  });
  return { table: name, columns };
}
