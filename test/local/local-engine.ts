import { DuckDBInstance } from '@duckdb/node-api';
import { readEngineError } from '../../src/local/engine-errors.ts';
import { toCell } from '../../src/local/trino/cells.ts';
import { registerNatives } from '../../src/local/trino/natives/register-natives.ts';
import { translate } from '../../src/local/trino/translate.ts';
import { typeName } from '../../src/local/trino/trino-type.ts';
import type { Cell } from '../../src/services/warehouse.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';

/** What the local engine says to one statement: rows with names and types, or why not. */
export type Said =
  | {
      readonly kind: 'rows';
      readonly names: readonly string[];
      readonly types: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | {
      readonly kind: 'unsupported_locally' | 'query_failed';
      readonly error?: string | undefined;
      readonly construct?: string | undefined;
      readonly line?: number | undefined;
      readonly column?: number | undefined;
    };

export const NO_TABLES: Catalog = { defaultCatalog: 'awsdatacatalog', defaultDatabase: 'shop', tables: {}, blockedColumns: [] };

/** The translator over a DuckDB in this process: no tables, decimals as exact texts. */
export async function openLocalEngine(now = '2026-11-24T12:00:00.000Z'): Promise<(sql: string) => Promise<Said>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  registerNatives(connection);
  await connection.run("SET TimeZone = 'UTC'");
  return async (sql) => {
    const translated = translate(sql, NO_TABLES, now);
    if (translated.kind === 'refused') return { kind: translated.refused.code, ...translated.refused };
    try {
      const reader = await connection.runAndReadAll(translated.sql);
      const types = translated.columns.map((column) => column.type);
      const rows = reader
        .getRows()
        .map((row) => row.map((value, index) => toCell(types[index] ?? { kind: 'unknown' }, value, true)));
      return { kind: 'rows', names: translated.columns.map((column) => column.name), types: types.map(typeName), rows };
    } catch (fault) {
      const refusal = readEngineError((fault as Error).message);
      if (!refusal || refusal.code === 'cancelled') throw fault;
      return { kind: refusal.code, ...refusal };
    }
  };
}
