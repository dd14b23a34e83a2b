import { availableParallelism } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ruleTables } from '../refresh/transforms.ts';
import { SPARK_MACROS } from './refresh-macros.ts';

/** A DuckDB of its own for one run: bounded memory, spilling to a folder, speaking Spark's functions. */
export interface RefreshEngine {
  /** Opens a further connection; each has temporary tables of its own and may work beside the others. */
  connect(): Promise<Sql>;
  close(): void;
}

/** One connection. */
export interface Sql {
  run(sql: string): Promise<void>;
  /** Rows with BIGINT and decimals as text, timestamps as text. */
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The first cell of the first row as a number; 0 when there is none. */
  count(sql: string): Promise<number>;
  close(): void;
}

/** Opens the engine; `temporary` is a folder for what does not fit in memory. */
export async function openRefreshEngine(options: {
  readonly temporary: string;
  readonly memory?: string;
}): Promise<RefreshEngine> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.max(2, Math.min(4, availableParallelism()))),
    memory_limit: options.memory ?? '1500MB',
    temp_directory: options.temporary,
    preserve_insertion_order: 'false',
    partitioned_write_max_open_files: '1000',
    autoinstall_known_extensions: 'false',
  });
  const first = await instance.connect();
  for (const macro of SPARK_MACROS) await first.run(macro);
  for (const table of ruleTables()) await first.run(ruleTableSql(table));
  first.closeSync();
  return {
    connect: async () => connection(await instance.connect()),
    close: () => instance.closeSync(),
  };
}

async function connection(duck: DuckDBConnection): Promise<Sql> {
  await duck.run("SET TimeZone = 'UTC'");
  const rows = async (sql: string) => (await duck.runAndReadAll(sql)).getRowObjectsJson() as readonly Record<string, unknown>[];
  return {
    run: async (sql) => {
      await duck.run(sql);
    },
    rows,
    count: async (sql) => Number(Object.values((await rows(sql))[0] ?? { none: 0 })[0] ?? 0),
    close: () => duck.closeSync(),
  };
}

function ruleTableSql(table: ReturnType<typeof ruleTables>[number]): string {
  const columns = table.columns.map((c) => `CAST(${c.name} AS ${c.type}) AS ${c.name}`).join(', ');
  const rows = table.rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  return `CREATE TABLE ${table.name} AS SELECT ${columns} FROM (VALUES ${rows}) AS t(${table.columns.map((c) => c.name).join(', ')})`;
}

/** A value as SQL text. */
export function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

/** Values as a list for IN; an impossible one when there are none. */
export function inList(values: Iterable<string>): string {
  const texts = [...values].map(literal);
  return texts.length === 0 ? '(NULL)' : `(${texts.join(', ')})`;
}

/** FROM clause over Parquet files that may be none: `empty` is a SELECT of the same columns without rows. */
export function parquet(paths: readonly string[], empty: string): string {
  return paths.length === 0 ? `(${empty})` : `read_parquet([${paths.map(literal).join(', ')}], hive_partitioning = false)`;
}
