import type { Cell, Warehouse } from '../../../src/services/warehouse.ts';
import type { Guard } from '../../../src/sql/open-guard.ts';
import type { Catalog } from '../../../src/sql/safe-sql.ts';
import type { AthenaEngine } from '../servers/athena-server.ts';

/** The local engine behind Athena's wire: quick, for tests of the wire itself. Values as Athena's texts. */
export function localEngine(guard: Guard, warehouse: Warehouse, catalog: Catalog): AthenaEngine {
  return async (text, _database, signal) => {
    const verdict = await guard.check(text, catalog);
    if (!verdict.ok) return { kind: 'failed', reason: `SYNTAX_ERROR: ${verdict.message}`, category: 2 };
    const end = await warehouse.run(verdict.sql, { rowLimit: 100_000, timeoutMs: 60_000, signal });
    if (end.kind === 'refusal') {
      const place = end.line === undefined ? '' : `line ${end.line}:${end.column}: `;
      return { kind: 'failed', reason: `${end.error ?? 'NOT_SUPPORTED'}: ${place}${end.message}`, category: 2 };
    }
    return {
      kind: 'rows',
      columns: end.columns,
      rows: end.rows.map((row) => row.map((cell, index) => athenaText(cell, end.columns[index]!.type))),
      scannedBytes: end.scannedBytes,
      statementType: verdict.sql.kind === 'query' ? 'DML' : 'UTILITY',
    };
  };
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
