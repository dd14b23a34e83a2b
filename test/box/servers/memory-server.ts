import { openWireServer, WireError, type WireServer } from './wire-server.ts';

export interface MemoryServer extends WireServer {
  readonly faults: {
    /** So many calls are throttled. */
    throttled: number;
    /** Of the calls so far; assertions read it. */
    calls: number;
    /** Writes wait until it is false again. */
    isSilent: boolean;
  };
}

/** DynamoDB's wire in front of an embedded one, with faults to be switched on. */
export async function openMemoryServer(behind: string): Promise<MemoryServer> {
  const faults = { throttled: 0, calls: 0, isSilent: false };
  const server = await openWireServer(async (request) => {
    faults.calls++;
    if (faults.throttled > 0) {
      faults.throttled--;
      throw new WireError(
        'ProvisionedThroughputExceededException',
        'The level of configured provisioned throughput was exceeded',
      );
    }
    if (faults.isSilent) return new Promise(() => {});
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => /^(x-amz|content-type|authorization)/.test(name)),
    ) as Record<string, string>;
    const reply = await fetch(behind, { method: 'POST', body: new Uint8Array(request.body), headers });
    return { status: reply.status, raw: Buffer.from(await reply.arrayBuffer()), headers: passed(reply) };
  });
  return { ...server, faults };
}

function passed(reply: Response): Record<string, string> {
  return Object.fromEntries([...reply.headers].filter(([name]) => /^x-amz|^content-type$/.test(name)));
}
