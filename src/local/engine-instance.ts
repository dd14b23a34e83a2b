import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Sources } from './engine-messages.ts';
import { createView } from './engine-views.ts';
import { registerNatives } from './trino/natives/register-natives.ts';

export interface EngineLimits {
  readonly memoryLimitMb: number;
  readonly threads: number;
}

/** An in-memory DuckDB that sees the tables of one moment and nothing else: no other file, no network, settings locked. */
export async function openInstance(sources: Sources, limits: EngineLimits): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: `${limits.memoryLimitMb}MB`,
    max_temp_directory_size: '4GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  registerNatives(connection);
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run('SET GLOBAL preserve_insertion_order = true');
  await connection.run('SET GLOBAL parquet_metadata_cache = true');
  for (const table of sources.tables) await createView(connection, table);
  await lock(connection, sources);
  connection.closeSync();
  return instance;
}

/** Order matters: the list of files before external access is closed, the lock last. */
async function lock(connection: DuckDBConnection, sources: Sources): Promise<void> {
  const files = sources.tables.flatMap((table) => table.files).map((file) => `'${file.replaceAll("'", "''")}'`);
  await connection.run(`SET GLOBAL allowed_paths = [${files.join(', ')}]`);
  await connection.run('SET GLOBAL enable_external_access = false');
  await connection.run('SET GLOBAL lock_configuration = true');
}
