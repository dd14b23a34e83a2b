import type { Cell, QueryRefusal, Warehouse } from '../../../src/services/warehouse.ts';
import type { Guard } from '../../../src/sql/open-guard.ts';
import type { Catalog } from '../../../src/sql/safe-sql.ts';
import type { AthenaEngine, EngineAnswer } from '../servers/athena-server.ts';

/** The local engine behind Athena's wire: quick, for tests of the wire itself. Values as Athena's texts. */
export function localEngine(guard: Guard, warehouse: Warehouse, catalog: Catalog): AthenaEngine {
  return async (text, _database, signal) => {
    const explained = /^EXPLAIN\n([\s\S]*)$/.exec(text)?.[1];
    const verdict = await guard.check(explained ?? text, catalog);
    if (!verdict.ok) return { kind: 'failed', reason: `SYNTAX_ERROR: ${verdict.message}`, category: 2 };
    if (explained !== undefined) {
      const refusal = await warehouse.explain(verdict.sql, { timeoutMs: 60_000, signal });
      return refusal ? failed(refusal, 1) : PLAN;
    }
    const end = await warehouse.run(verdict.sql, { rowLimit: 100_000, timeoutMs: 60_000, signal });
    if (end.kind === 'refusal') return failed(end);
    return {
      kind: 'rows',
      columns: end.columns,
      rows: end.rows.map((row) => row.map((cell, index) => athenaText(cell, end.columns[index]!.type))),
      scannedBytes: end.scannedBytes,
      statementType: verdict.sql.kind === 'query' ? 'DML' : 'UTILITY',
    };
  };
}

const PLAN: EngineAnswer = {
  kind: 'rows',
  columns: [{ name: 'Query Plan', type: 'varchar' }],
  rows: [['Fragment 0 [SINGLE]']],
  scannedBytes: 0,
  statementType: 'DML',
};

/** `above`: lines that stand before the query in the text. */
function failed({ line, column, error, message }: QueryRefusal, above = 0): EngineAnswer {
  const place = line === undefined ? '' : `line ${line + above}:${column}: `;
  return { kind: 'failed', reason: `${error ?? 'NOT_SUPPORTED'}: ${place}${message}`, category: 2 };
}

function athenaText(cell: Cell, type: string): string | null {
  if (cell === null) return null;
  const scale = /^decimal\(\d+, ?(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined && typeof cell === 'number') return cell.toFixed(Number(scale));
  if (/^timestamp\(\d+\)$/.test(type)) return `${String(cell).slice(0, 19)}.${String(cell).slice(20).padEnd(3, '0')}`;
  return nestedText(cell);
}

function nestedText(cell: Cell): string {
  if (Array.isArray(cell)) return `[${cell.map(nestedText).join(', ')}]`;
  if (cell !== null && typeof cell === 'object')
    return `{${Object.entries(cell)
      .map(([name, value]) => `${name}=${nestedText(value)}`)
      .join(', ')}}`;
  return String(cell);
}
