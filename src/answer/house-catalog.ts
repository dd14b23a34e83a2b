import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Catalog, TableFacts } from '../sql/safe-sql.ts';

/** The tables of the glossary as the guard knows them. */
export function houseCatalog(glossary: Glossary): Catalog {
  const database = glossary.database.toLowerCase();
  const tables = Object.entries(glossary.tables).map(([name, table]): [string, TableFacts] => [
    `${database}.${name.toLowerCase()}`,
    {
      columns: Object.entries(table.columns).map(([column, type]) => ({ name: column.toLowerCase(), type })),
      partitionColumns: (table.partition_columns ?? (table.partition ? [table.partition] : [])).map((c) => c.toLowerCase()),
      ...(table.location ? { location: table.location } : {}),
    },
  ]);
  return {
    defaultCatalog: glossary.catalog,
    defaultDatabase: database,
    tables: Object.fromEntries(tables),
    blockedColumns: glossary.blocked_columns.map((c) => (c.split('.').length === 2 ? `${database}.${c}` : c).toLowerCase()),
  };
}
