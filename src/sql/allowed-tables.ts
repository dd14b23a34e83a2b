import type { Catalog, TableFacts } from './safe-sql.ts';

/** The catalog of a check, ready to be asked. */
export interface AllowedTables {
  readonly defaultCatalog: string;
  readonly defaultDatabase: string;
  /** Names without the default database, for sentences. */
  readonly names: readonly string[];
  /** The facts of `database.table`, where it may be read. */
  find(table: string): TableFacts | undefined;
  hasDatabase(database: string): boolean;
  isBlocked(table: string, column: string): boolean;
  /** True for a name that is blocked in every table. */
  isBlockedEverywhere(column: string): boolean;
}

/** Makes the catalog of a check ready to be asked; all its names count in lower case. */
export function allowedTables(catalog: Catalog): AllowedTables {
  const defaultDatabase = catalog.defaultDatabase.toLowerCase();
  const tables = new Map(Object.entries(catalog.tables).map(([name, facts]) => [name.toLowerCase(), facts]));
  const blocked = new Set(catalog.blockedColumns.map((name) => name.toLowerCase()));
  const databases = new Set([...tables.keys()].map((name) => name.slice(0, name.lastIndexOf('.'))));
  return {
    defaultCatalog: catalog.defaultCatalog.toLowerCase(),
    defaultDatabase,
    names: [...tables.keys()].map((name) => shortName(name, defaultDatabase)),
    find: (table) => tables.get(table),
    hasDatabase: (database) => databases.has(database),
    isBlocked: (table, column) => blocked.has(column) || blocked.has(`${table}.${column}`),
    isBlockedEverywhere: (column) => blocked.has(column),
  };
}

/** `database.table` as people write it: without the default database. */
export function shortName(table: string, defaultDatabase: string): string {
  const prefix = `${defaultDatabase}.`;
  return table.startsWith(prefix) ? table.slice(prefix.length) : table;
}
