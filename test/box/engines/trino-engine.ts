import type { Cell } from '../../../src/services/warehouse.ts';
import { whenNodesAreThere } from '../../engines/when-nodes-are-there.ts';
import type { AthenaEngine, EngineAnswer } from '../servers/athena-server.ts';

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly Cell[])[];
  readonly stats?: { readonly physicalInputBytes?: number; readonly processedBytes?: number };
  readonly updateType?: string;
  readonly error?: { readonly errorName: string; readonly errorType: string; readonly message: string };
}

/** A real Trino behind Athena's wire, asked by its REST protocol as `user`; a stopped execution is cancelled there too. */
export function trinoEngine(url: string, user: string): AthenaEngine {
  const ask = askOnce(url, user);
  return (text, database, signal) =>
    whenNodesAreThere(
      () => ask(inTrinosWords(text, database), database, signal),
      (end) => !signal.aborted && end.kind === 'failed' && end.reason.startsWith('NO_NODES_AVAILABLE'),
    );
}

/** Two statements of Athena's own that write, which Trino says in other words: so its rules refuse them, not its grammar. */
function inTrinosWords(text: string, database: string): string {
  const unloaded = /^\s*UNLOAD\s*\(([\s\S]*)\)\s*TO\s*'[^']*'/i.exec(text)?.[1];
  if (unloaded !== undefined) return `CREATE TABLE ${database}.unloaded AS ${unloaded}`;
  const repaired = /^\s*MSCK\s+REPAIR\s+TABLE\s+(?:\w+\.)?(\w+)/i.exec(text)?.[1];
  return repaired === undefined
    ? text
    : `CALL awsdatacatalog.system.sync_partition_metadata('${database}', '${repaired}', 'FULL')`;
}

function askOnce(url: string, user: string): AthenaEngine {
  return async (text, database, signal) => {
    const headers = {
      'X-Trino-User': user,
      'X-Trino-Catalog': 'awsdatacatalog',
      'X-Trino-Schema': database,
      'X-Trino-Time-Zone': 'UTC',
      'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    };
    let page = await read(fetch(`${url}/v1/statement`, { method: 'POST', body: text, headers }));
    let columns: Page['columns'];
    const rows: (readonly Cell[])[] = [];
    for (;;) {
      columns ??= page.columns;
      rows.push(...(page.data ?? []));
      if (page.error) return failure(page.error);
      if (!page.nextUri) return { ...answer(columns ?? [], rows, text), scannedBytes: page.stats?.physicalInputBytes ?? 0 };
      if (signal.aborted) {
        await fetch(page.nextUri, { method: 'DELETE', headers });
        return failure({ errorName: 'USER_CANCELED', errorType: 'USER_ERROR', message: 'Query was canceled' });
      }
      page = await read(fetch(page.nextUri, { headers }));
    }
  };
}

function answer(columns: NonNullable<Page['columns']>, rows: readonly (readonly Cell[])[], text: string) {
  return {
    kind: 'rows' as const,
    columns,
    rows: rows.map((row) => row.map((cell, index) => athenaText(cell, columns[index]!.type))),
    statementType: /^\s*(with|select|values|table|\()/i.test(text) ? ('DML' as const) : ('UTILITY' as const),
  };
}

function failure({ errorName, errorType, message }: NonNullable<Page['error']>): EngineAnswer {
  const category = errorType === 'USER_ERROR' ? 2 : errorType === 'INTERNAL_ERROR' ? 1 : 3;
  const exhausted = errorType === 'INSUFFICIENT_RESOURCES' ? { type: 3 } : {};
  return { kind: 'failed', reason: `${errorName}: ${message}`, category, ...exhausted };
}

/** A value as Athena writes it: bytes in hexadecimal, nested values without quotes. */
function athenaText(cell: Cell, type: string): string | null {
  if (cell === null) return null;
  if (type === 'varbinary')
    return Buffer.from(String(cell), 'base64')
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1 ');
  return nestedText(cell);
}

function nestedText(cell: Cell): string {
  if (Array.isArray(cell)) return `[${cell.map(nestedText).join(', ')}]`;
  if (cell === null || typeof cell !== 'object') return String(cell);
  const entries = Object.entries(cell).map(([name, value]) => `${name}=${nestedText(value)}`);
  return `{${entries.join(', ')}}`;
}

/** Integers beyond 2^53 stay exact by becoming texts before JSON is read. */
async function read(reply: Promise<Response>): Promise<Page> {
  const text = await (await reply).text();
  const exact = text.replace(
    /("(?:[^"\\]|\\.)*")|(?<![\w.])-?\d{16,}(?![\d.eE])/g,
    (found, quoted: string | undefined) => quoted ?? `"${found}"`,
  );
  return JSON.parse(exact) as Page;
}
