import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance, StatementType } from '@duckdb/node-api';
import { readEngineError } from './engine-errors.ts';
import type { EngineLimits } from './engine-instance.ts';
import { openInstance } from './engine-instance.ts';
import type { Reply, Request, Sources } from './engine-messages.ts';
import { toCell } from './trino/cells.ts';
import { translate } from './trino/translate.ts';
import { columnTypeName } from './trino/trino-type.ts';

/** The process that runs queries. It is started without secrets, told what to do by messages, and killed when it does not stop. */
function main(): void {
  const engine = new Engine();
  process.on('message', (request: Request) => void engine.handle(request));
  process.on('disconnect', () => process.exit(0));
  send({ kind: 'ready' });
}

function send(reply: Reply): void {
  process.send?.(reply);
}

class Engine {
  private limits: EngineLimits = { memoryLimitMb: 1024, threads: 2 };
  private readonly instances = new Map<string, Held>();
  private readonly running = new Map<number, DuckDBConnection | 'stopped'>();

  async handle(request: Request): Promise<void> {
    if (request.kind === 'setup') this.setUp(request);
    else if (request.kind === 'interrupt') this.interrupt(request.id);
    else if (request.kind === 'measure') await this.guarded(request.id, () => measure(request.id, request.files));
    else await this.guarded(request.id, () => this.run(request));
  }

  private setUp(limits: EngineLimits): void {
    this.limits = limits;
    // One translation beforehand: the parser's first one takes ten times as long as the others.
    translate('SELECT 1', { defaultCatalog: 'c', defaultDatabase: 'd', tables: {}, blockedColumns: [] }, '2000-01-01T00:00:00Z');
    const most = (limits.memoryLimitMb + 1024) * 1024 * 1024;
    setInterval(() => process.memoryUsage.rss() > most && process.exit(9), 250).unref();
  }

  private interrupt(id: number): void {
    const connection = this.running.get(id);
    this.running.set(id, 'stopped');
    if (connection && connection !== 'stopped') connection.interrupt();
  }

  private async guarded(id: number, work: () => Promise<Reply>): Promise<void> {
    try {
      send(await work());
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const refusal = readEngineError(message);
      send(refusal ? { kind: 'refused', id, refusal } : { kind: 'fault', id, message });
    } finally {
      this.running.delete(id);
    }
  }

  private async run(request: Extract<Request, { kind: 'run' }>): Promise<Reply> {
    const { id, text, catalog, startedAt, rowLimit, onlyPrepare } = request;
    const translated = translate(text, catalog, startedAt);
    if (translated.kind === 'refused') return { kind: 'refused', id, refusal: translated.refused };
    const connection = await this.connect(request.sources);
    try {
      if (this.running.get(id) === 'stopped')
        return { kind: 'refused', id, refusal: { code: 'cancelled', message: 'The query was stopped.' } };
      this.running.set(id, connection);
      await checkStatement(connection, translated.sql);
      if (onlyPrepare) return { kind: 'rows', id, columns: [], rows: [], truncated: false };
      const reader = await connection.streamAndReadUntil(translated.sql, rowLimit + 1);
      const types = translated.columns.map((column) => column.type);
      const all = reader.getRows();
      const rows = all
        .slice(0, rowLimit)
        .map((row) => row.map((value, index) => toCell(types[index] ?? { kind: 'unknown' }, value)));
      const columns = translated.columns.map((column) => ({ name: column.name, type: columnTypeName(column.type) }));
      return { kind: 'rows', id, columns, rows, truncated: all.length > rowLimit };
    } finally {
      connection.closeSync();
    }
  }

  private async connect(sources: Sources): Promise<DuckDBConnection> {
    const held = this.hold(sources);
    held.connecting += 1;
    try {
      return await (await held.instance).connect();
    } finally {
      held.connecting -= 1;
      this.letGo();
    }
  }

  private hold(sources: Sources): Held {
    const known = this.instances.get(sources.key);
    const held = known ?? { instance: openInstance(sources, this.limits), connecting: 0 };
    // The last used stands last, so that the longest unused goes first.
    this.instances.delete(sources.key);
    this.instances.set(sources.key, held);
    if (!known) held.instance.catch(() => this.instances.delete(sources.key));
    return held;
  }

  /** Connections keep an instance alive, so that queries on older tables run to their end; who still connects must not lose it. */
  private letGo(): void {
    for (const [key, held] of [...this.instances].slice(0, -KEPT)) {
      if (held.connecting > 0) continue;
      this.instances.delete(key);
      held.instance.then(
        (instance) => instance.closeSync(),
        () => undefined,
      );
    }
  }
}

/** The tables of one moment, and how many queries are about to connect to them. */
interface Held {
  readonly instance: Promise<DuckDBInstance>;
  connecting: number;
}

const KEPT = 4;

/** The translation is one SELECT; the engine's own parser must agree. */
async function checkStatement(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new Error('a translation that is not one statement');
  const prepared = await statements.prepare(0);
  const type = prepared.statementType;
  prepared.destroySync();
  if (type !== StatementType.SELECT) throw new Error('a translation that is not a SELECT');
}

async function measure(id: number, files: readonly string[]): Promise<Reply> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  const result = await connection.runAndReadAll(
    `SELECT file_name, lower(split_part(path_in_schema, ',', 1)), sum(total_compressed_size) FROM parquet_metadata([${list}]) GROUP BY ALL`,
  );
  const byFile = new Map<string, Record<string, number>>(files.map((file) => [file, {}]));
  for (const [file, column, bytes] of result.getRows()) {
    const entry = byFile.get(String(file));
    if (entry)
      entry[String(column).split('.')[0]?.trim() ?? ''] =
        (entry[String(column).split('.')[0]?.trim() ?? ''] ?? 0) + Number(bytes);
  }
  connection.closeSync();
  instance.closeSync();
  return { kind: 'measured', id, files: files.map((file) => byFile.get(file) ?? {}) };
}

main();
