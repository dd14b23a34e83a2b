import tables from './reference/tables.json' with { type: 'json' };

/** A table as the snapshot and the catalog know it: names and Athena types in order, the partition column last. */
export interface TableColumns {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionColumns: readonly string[];
}

/** The tables of the results, as Athena declares them (`reference/tables.json`). */
export const TABLES: Readonly<Record<string, TableColumns>> = Object.fromEntries(
  Object.entries(tables).map(([table, types]) => [table, tableOf(Object.entries(types))]),
);

function tableOf(types: readonly (readonly [string, string])[]): TableColumns {
  const columns = types.map(([name, type]) => ({ name, type }));
  return { columns, partitionColumns: columns.at(-1)?.name === 'dt' ? ['dt'] : [] };
}
