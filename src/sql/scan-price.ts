import type { PartitionBound, SafeSql } from './safe-sql.ts';

/** One file of a table: its partition values as text, and the compressed bytes of each column, or of all where those aren't known. */
export type WeighedFile = { readonly partition: Readonly<Record<string, string>> } & (
  | { readonly columnBytes: Readonly<Record<string, number>> }
  | { readonly bytes: number }
);

/** A table's files with the bytes of their columns. */
export type WeighedTable = readonly WeighedFile[];

/**
 * Bytes that Athena would read: for every mention of a table the compressed bytes of the columns that the statement
 * uses, in the files whose partition lies within the mention's bounds. Partition columns weigh nothing.
 */
export function scanPrice(sql: SafeSql, tables: ReadonlyMap<string, WeighedTable>): number {
  let bytes = 0;
  for (const name of sql.tables) {
    const files = tables.get(name) ?? [];
    const columns = columnsOf(sql, name);
    for (const bounds of mentions(sql, name)) {
      for (const file of files) if (bounds.every((bound) => within(file, bound))) bytes += weight(file, columns);
    }
  }
  return bytes;
}

/** Whether a statement reads data, and so is billed: a query, or EXPLAIN ANALYZE, which runs the query that it explains. */
export function readsData({ kind, text }: SafeSql): boolean {
  if (kind === 'query') return true;
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  return kind === 'explain' && /^\s*EXPLAIN\s+ANALYZE\b/i.test(bare);
}

function columnsOf(sql: SafeSql, table: string): ReadonlySet<string> {
  const prefix = `${table}.`;
  return new Set(
    sql.columns.filter((column) => column.startsWith(prefix)).map((column) => column.slice(prefix.length).toLowerCase()),
  );
}

/** The bounds of each mention of a table: they stand in the order of the mentions, one for each partition column. */
function mentions(sql: SafeSql, table: string): readonly (readonly PartitionBound[])[] {
  const bounds = sql.partitions.filter((bound) => bound.table === table);
  const width = Math.max(1, sql.catalog.tables[table]?.partitionColumns.length ?? 1);
  if (bounds.length === 0) return [[]];
  return Array.from({ length: Math.ceil(bounds.length / width) }, (_, index) => bounds.slice(index * width, (index + 1) * width));
}

function within(file: WeighedFile, bound: PartitionBound): boolean {
  const value = file.partition[bound.column];
  if (value === undefined) return true;
  return (bound.from === undefined || value >= bound.from) && (bound.to === undefined || value <= bound.to);
}

function weight(file: WeighedFile, used: ReadonlySet<string>): number {
  if (!('columnBytes' in file)) return file.bytes;
  let bytes = 0;
  for (const [name, size] of Object.entries(file.columnBytes)) if (used.has(name.toLowerCase())) bytes += size;
  return bytes;
}
