import { openWireServer, WireError, type WireServer } from './wire-server.ts';

export interface QuicksightServer extends WireServer {
  /** Ingestions that were begun, as `data set/name`. */
  readonly begun: readonly string[];
  readonly faults: {
    /** So many calls are throttled. */
    throttled: number;
    /** Ids of data sets that are not there. */
    missing: readonly string[];
  };
}

/** QuickSight's REST-JSON for CreateIngestion; a name that a data set has seen is refused. */
export async function openQuicksightServer(): Promise<QuicksightServer> {
  const begun: string[] = [];
  const faults: QuicksightServer['faults'] = { throttled: 0, missing: [] };
  const server = await openWireServer((request) => {
    const match = /^\/accounts\/\d{12}\/data-sets\/([^/]+)\/ingestions\/([^/]+)$/.exec(request.path);
    if (request.method !== 'PUT' || !match) throw new WireError('UnknownOperationException', request.path, 404);
    const [, id = '', name = ''] = match;
    if (faults.throttled > 0) {
      faults.throttled--;
      throw new WireError('ThrottlingException', 'Rate exceeded', 429);
    }
    if (faults.missing.includes(id)) throw new WireError('ResourceNotFoundException', `DataSet ${id} is not found`, 404);
    if (begun.includes(`${id}/${name}`)) throw new WireError('ResourceExistsException', `Ingestion ${name} exists`, 409);
    begun.push(`${id}/${name}`);
    return { status: 201, json: { IngestionId: name, IngestionStatus: 'INITIALIZED', Arn: `arn:aws:quicksight:x:0:${id}` } };
  });
  return { ...server, begun, faults };
}
