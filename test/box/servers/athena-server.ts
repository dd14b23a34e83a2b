import { randomUUID } from 'node:crypto';
import { openWireServer, WireError, type WireReply, type WireRequest, type WireServer } from './wire-server.ts';

/** What stands behind the wire: answers one statement as Athena's engine would, with values as its texts. */
export type AthenaEngine = (text: string, database: string, signal: AbortSignal) => Promise<EngineAnswer>;

export type EngineAnswer =
  | {
      readonly kind: 'rows';
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly rows: readonly (readonly (string | null)[])[];
      readonly scannedBytes: number;
      readonly statementType: 'DML' | 'DDL' | 'UTILITY';
    }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly category: 1 | 2 | 3;
      readonly type?: number;
      readonly retryable?: boolean;
    };

/** Faults to be switched on; each is used up by what it hits. */
export interface AthenaFaults {
  /** So many StartQueryExecution calls are throttled. */
  throttledStarts: number;
  /** So many StartQueryExecution calls begin an execution and lose their answer. */
  lostStarts: number;
  /** So many StartQueryExecution calls begin an execution and are never answered; so many GetQueryResults calls likewise. */
  silentStarts: number;
  silentResults: number;
  /** So many StartQueryExecution calls are refused since the caller's clock is off; the SDK sets it by the answer and asks again. */
  skewedStarts: number;
  /** So many GetQueryResults calls find the rows gone, or their page's token expired. */
  lostResults: number;
  staleTokens: number;
  /** Pages hold no more rows than this, whatever is asked for. */
  pageRows?: number;
  /** Another region, or another name: the workgroup is not there. */
  isWorkgroupGone: boolean;
  /** The role has lost its rights. */
  isAccessDenied: boolean;
  /** So many GetQueryExecution calls fail with a server error. */
  failingLooks: number;
  /** The next executions end so. */
  nextFailures: { reason: string; category: 1 | 2 | 3; type?: number; retryable?: boolean }[];
  /** Executions stay queued until they are stopped. */
  isQueueStuck: boolean;
  areCredentialsExpired: boolean;
  /** Instead of the workgroups' own cut-offs. */
  cutoffBytes?: number;
}

/** What happened at the server, for assertions. */
export interface AthenaLog {
  readonly started: { id: string; token: string; text: string; catalog: string; database: string; workgroup: string }[];
  readonly stopped: string[];
  /** Calls of every operation. */
  readonly calls: Record<string, number>;
}

export interface AthenaServer extends WireServer {
  readonly faults: AthenaFaults;
  readonly log: AthenaLog;
  /** Lets what is stuck in the queue begin. */
  release(): void;
  /** Ends every execution under way with this answer. */
  finish(answer: EngineAnswer): void;
}

interface Execution {
  readonly id: string;
  readonly text: string;
  readonly workgroup: string;
  readonly database: string;
  readonly abort: AbortController;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  answer?: EngineAnswer;
  reason?: string;
}

interface Shop {
  readonly options: {
    engine: AthenaEngine;
    workgroup: string;
    cutoffBytes?: number;
    /** A second workgroup, with a cut-off of its own. */
    largeWorkgroup?: { name: string; cutoffBytes: number };
    maxActive?: number;
  };
  readonly faults: AthenaFaults;
  readonly log: AthenaLog;
  readonly executions: Map<string, Execution>;
  readonly tokens: Map<string, { id: string; text: string }>;
}

const noFaults = (): AthenaFaults => ({
  throttledStarts: 0,
  lostStarts: 0,
  silentStarts: 0,
  silentResults: 0,
  skewedStarts: 0,
  lostResults: 0,
  staleTokens: 0,
  isWorkgroupGone: false,
  isAccessDenied: false,
  failingLooks: 0,
  nextFailures: [],
  isQueueStuck: false,
  areCredentialsExpired: false,
});

/** Athena's JSON 1.1 on loopback: states, tokens, one workgroup with a cut-off, paging with a header row, errors as AWS sends them. */
export async function openAthenaServer(options: Shop['options'] & { port?: number }): Promise<AthenaServer> {
  const log: AthenaLog = { started: [], stopped: [], calls: {} };
  const shop: Shop = { options, faults: noFaults(), log, executions: new Map(), tokens: new Map() };
  const server = await openWireServer((request) => answer(shop, request), options.port);
  const active = (state: Execution['state']) => [...shop.executions.values()].filter((execution) => execution.state === state);
  return {
    ...server,
    faults: shop.faults,
    log,
    release() {
      shop.faults.isQueueStuck = false;
      for (const execution of active('QUEUED')) void work(shop, execution);
    },
    finish(answer) {
      for (const execution of active('RUNNING')) end(shop, execution, answer);
    },
  };
}

function answer(shop: Shop, request: WireRequest): WireReply | Promise<WireReply> {
  shop.log.calls[request.operation] = (shop.log.calls[request.operation] ?? 0) + 1;
  if (shop.faults.areCredentialsExpired)
    throw new WireError('ExpiredTokenException', 'The security token included in the request is expired');
  if (shop.faults.isAccessDenied)
    throw new WireError(
      'AccessDeniedException',
      `User: arn:aws:sts::123456789012:assumed-role/bot is not authorized to perform: athena:${request.operation}`,
    );
  switch (request.operation) {
    case 'StartQueryExecution':
      return start(shop, request.json());
    case 'GetQueryExecution':
      return look(shop, request.json());
    case 'StopQueryExecution':
      return stop(shop, request.json());
    case 'GetQueryResults':
      if (shop.faults.silentResults > 0) {
        shop.faults.silentResults--;
        return new Promise(() => {});
      }
      return results(shop, request.json());
    default:
      throw new WireError('UnknownOperationException', request.operation);
  }
}

interface StartInput {
  QueryString: string;
  ClientRequestToken: string;
  WorkGroup: string;
  QueryExecutionContext?: { Database?: string; Catalog?: string };
}

function start(shop: Shop, input: StartInput): WireReply | Promise<WireReply> {
  const { faults, tokens, executions, log, options } = shop;
  if (faults.throttledStarts > 0) {
    faults.throttledStarts--;
    throw new WireError('TooManyRequestsException', 'You have exceeded the limit for the number of queries', 400, {
      Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED',
    });
  }
  if (faults.skewedStarts > 0) {
    faults.skewedStarts--;
    throw new WireError('InvalidSignatureException', 'Signature expired: 20261124T100000Z is now earlier than 20261124T100500Z');
  }
  if (input.ClientRequestToken.length < 32) throw invalid('ClientRequestToken is too short', 'INVALID_INPUT');
  const isKnown = input.WorkGroup === options.workgroup || input.WorkGroup === options.largeWorkgroup?.name;
  if (faults.isWorkgroupGone || !isKnown) throw invalid(`WorkGroup ${input.WorkGroup} is not found.`, 'WORKGROUP_NOT_FOUND');
  const known = tokens.get(input.ClientRequestToken);
  if (known && known.text !== input.QueryString) throw invalid('Idempotent parameters do not match', 'INVALID_INPUT');
  if (known) return { json: { QueryExecutionId: known.id } };
  const active = [...executions.values()].filter((e) => e.state === 'QUEUED' || e.state === 'RUNNING').length;
  if (active >= (options.maxActive ?? 20)) throw new WireError('TooManyRequestsException', 'too many queries are active');

  const { Database: database = 'default', Catalog: catalog = '' } = input.QueryExecutionContext ?? {};
  const execution: Execution = {
    id: randomUUID(),
    text: input.QueryString,
    workgroup: input.WorkGroup,
    database,
    abort: new AbortController(),
    state: 'QUEUED',
  };
  executions.set(execution.id, execution);
  tokens.set(input.ClientRequestToken, { id: execution.id, text: input.QueryString });
  log.started.push({
    id: execution.id,
    token: input.ClientRequestToken,
    text: input.QueryString,
    catalog,
    database,
    workgroup: input.WorkGroup,
  });
  if (!faults.isQueueStuck) void work(shop, execution);
  if (faults.silentStarts > 0) {
    faults.silentStarts--;
    return new Promise(() => {});
  }
  if (faults.lostStarts > 0) {
    faults.lostStarts--;
    throw new WireError('InternalServerException', 'internal', 500);
  }
  return { json: { QueryExecutionId: execution.id } };
}

async function work(shop: Shop, execution: Execution): Promise<void> {
  const { options, faults } = shop;
  execution.state = 'RUNNING';
  const planned = faults.nextFailures.shift();
  const answer: EngineAnswer = planned
    ? { kind: 'failed', ...planned }
    : await options
        .engine(execution.text, execution.database, execution.abort.signal)
        .catch(
          (fault: unknown): EngineAnswer => ({ kind: 'failed', reason: `GENERIC_INTERNAL_ERROR: ${String(fault)}`, category: 1 }),
        );
  if (execution.state === 'RUNNING') end(shop, execution, answer);
}

function end({ options, faults }: Shop, execution: Execution, answer: EngineAnswer): void {
  const { largeWorkgroup } = options;
  const cutoff = execution.workgroup === largeWorkgroup?.name ? largeWorkgroup.cutoffBytes : options.cutoffBytes;
  execution.answer = answer;
  if (answer.kind === 'failed') {
    execution.state = 'FAILED';
    execution.reason = answer.reason;
  } else if (answer.scannedBytes > (faults.cutoffBytes ?? cutoff ?? Number.POSITIVE_INFINITY)) {
    execution.state = 'CANCELLED';
    execution.reason = 'Bytes scanned limit was exceeded';
  } else execution.state = 'SUCCEEDED';
}

function look(shop: Shop, { QueryExecutionId: id }: { QueryExecutionId: string }): WireReply {
  if (shop.faults.failingLooks > 0) {
    shop.faults.failingLooks--;
    throw new WireError('InternalServerException', 'internal', 500);
  }
  const execution = found(shop, id);
  const { answer, state, reason } = execution;
  const failure =
    state === 'FAILED' && answer?.kind === 'failed'
      ? {
          AthenaError: {
            ErrorCategory: answer.category,
            ErrorType: answer.type ?? 1000 + answer.category,
            Retryable: answer.retryable ?? false,
            ErrorMessage: answer.reason,
          },
        }
      : {};
  return {
    json: {
      QueryExecution: {
        QueryExecutionId: id,
        Query: execution.text,
        WorkGroup: execution.workgroup,
        StatementType: answer?.kind === 'rows' ? answer.statementType : 'DML',
        Status: { State: state, ...(reason ? { StateChangeReason: reason } : {}), ...failure },
        Statistics: { DataScannedInBytes: answer?.kind === 'rows' ? answer.scannedBytes : 0 },
      },
    },
  };
}

function stop(shop: Shop, { QueryExecutionId: id }: { QueryExecutionId: string }): WireReply {
  const execution = found(shop, id);
  shop.log.stopped.push(id);
  if (execution.state === 'QUEUED' || execution.state === 'RUNNING') {
    execution.state = 'CANCELLED';
    execution.reason = 'Query was cancelled by user';
    execution.abort.abort();
  }
  return { json: {} };
}

function results(shop: Shop, input: { QueryExecutionId: string; NextToken?: string; MaxResults?: number }): WireReply {
  const { answer, state } = found(shop, input.QueryExecutionId);
  if (state !== 'SUCCEEDED' || answer?.kind !== 'rows')
    throw invalid(`Query has not yet finished. Current state: ${state}`, 'INVALID_QUERY_EXECUTION_STATUS');
  const { faults } = shop;
  if (faults.lostResults-- > 0) throw invalid('Could not find results', 'RESULTS_NOT_FOUND');
  if (input.NextToken !== undefined && faults.staleTokens-- > 0) throw invalid('Invalid token', 'INVALID_INPUT');
  const max = Math.min(input.MaxResults ?? 1000, faults.pageRows ?? 1000);
  if ((input.MaxResults ?? 1000) > 1000) throw invalid('MaxResults is more than 1000', 'INVALID_INPUT');
  const names = answer.columns.map((column) => column.name);
  const all = answer.statementType === 'DML' ? [names, ...answer.rows] : answer.rows;
  const from = Number(input.NextToken ?? 0);
  const to = Math.min(from + max, all.length);
  const rows = all.slice(from, to).map((row) => ({ Data: row.map((text) => (text === null ? {} : { VarCharValue: text })) }));
  return {
    json: {
      ResultSet: { Rows: rows, ResultSetMetadata: { ColumnInfo: answer.columns.map(columnInfo) } },
      ...(to < all.length ? { NextToken: String(to) } : {}),
    },
  };
}

/** What Athena tells of a column: no element types of arrays, maps and rows; a precision where there is one. */
function columnInfo({ name, type }: { name: string; type: string }) {
  const decimal = /^decimal\((\d+), ?(\d+)\)$/.exec(type);
  const base =
    type.startsWith('timestamp') && type.endsWith('zone')
      ? 'timestamp with time zone'
      : (/^[a-z ]+/.exec(type)?.[0] ?? type).trim();
  return {
    CatalogName: 'hive',
    Name: name,
    Label: name,
    Type: base === 'real' ? 'float' : base,
    Precision: decimal ? Number(decimal[1]) : base === 'varchar' ? 2147483647 : Number(/^char\((\d+)\)$/.exec(type)?.[1] ?? 0),
    Scale: decimal ? Number(decimal[2]) : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: base === 'varchar',
  };
}

function found({ executions }: Shop, id: string): Execution {
  const execution = executions.get(id);
  if (!execution) throw invalid(`QueryExecution ${id} was not found`, 'INVALID_INPUT');
  return execution;
}

function invalid(message: string, code: string): WireError {
  return new WireError('InvalidRequestException', message, 400, { AthenaErrorCode: code });
}
