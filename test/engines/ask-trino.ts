import type { Cell } from '../../src/services/warehouse.ts';
import type { TrinoAnswer } from '../local/trino-answer.ts';
import { whenNodesAreThere } from './when-nodes-are-there.ts';

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly Cell[])[];
  readonly error?: { readonly errorName: string };
}

/** Asks a Trino one statement by its REST protocol, session time zone UTC; integers beyond 2^53 come as texts. */
export function askTrino(url: string, sql: string, schema = 'shop'): Promise<TrinoAnswer> {
  return whenNodesAreThere(
    () => askOnce(url, sql, schema),
    ({ error }) => error === 'NO_NODES_AVAILABLE',
  );
}

async function askOnce(url: string, sql: string, schema: string): Promise<TrinoAnswer> {
  const headers = {
    'X-Trino-User': 'local',
    'X-Trino-Catalog': 'awsdatacatalog',
    'X-Trino-Schema': schema,
    'X-Trino-Time-Zone': 'UTC',
    'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
  };
  let page = await read(fetch(`${url}/v1/statement`, { method: 'POST', body: sql, headers }));
  let columns: Page['columns'];
  const rows: (readonly Cell[])[] = [];
  for (;;) {
    columns ??= page.columns;
    rows.push(...(page.data ?? []));
    if (page.error) return { id: '', sql, error: page.error.errorName };
    if (!page.nextUri) break;
    page = await read(fetch(page.nextUri, { headers }));
  }
  const unordered = rows.length > 1 && !/order by/i.test(sql);
  return {
    id: '',
    sql,
    columns: (columns ?? []).map((column) => column.name),
    types: (columns ?? []).map((column) => column.type),
    rows,
    unordered,
  };
}

async function read(reply: Promise<Response>): Promise<Page> {
  const text = await (await reply).text();
  return JSON.parse(
    text.replace(/("(?:[^"\\]|\\.)*")|(?<![\w.])-?\d{16,}(?![\d.eE])/g, (found, quoted) => quoted ?? `"${found}"`),
  ) as Page;
}
