import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** One request as AWS's protocols send it: `operation` from `X-Amz-Target`, or empty for REST. */
export interface WireRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  json<T>(): T;
}

/** What is answered. `json` is the body of a JSON protocol; `raw` any other. */
export interface WireReply {
  readonly status?: number;
  readonly json?: object;
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as AWS sends it: its class and what it says. */
export class WireError extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: object;

  constructor(code: string, message: string, status = 400, facts: object = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}

/** A server on a free loopback port. */
export interface WireServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

type Handle = (request: WireRequest) => Promise<WireReply> | WireReply;

/** Speaks AWS's HTTP protocols; `handle` answers, or throws a WireError. Anything else that it throws is a 500. */
export async function openWireServer(handle: Handle, port = 0): Promise<WireServer> {
  const server = createServer((incoming, outgoing) => {
    void serve(handle, incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same over HTTP/2 without TLS, as the SDK's Bedrock client speaks to an http address. */
export async function openHttp2WireServer(handle: Handle, port = 0): Promise<WireServer> {
  // The compatibility API of http2 is that of http, which is all that is used.
  const server = createHttp2Server((incoming, outgoing) => {
    void serve(handle, incoming as unknown as IncomingMessage, outgoing as unknown as ServerResponse);
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

async function serve(handle: Handle, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const { status = 200, json, raw, headers = {} } = await handle(await read(incoming));
    const type: Record<string, string> = json ? { 'content-type': 'application/x-amz-json-1.1' } : {};
    outgoing.writeHead(status, { ...type, ...headers });
    outgoing.end(json ? JSON.stringify(json) : raw);
  } catch (fault) {
    const error = fault instanceof WireError ? fault : new WireError('InternalServerException', String(fault), 500);
    outgoing.writeHead(error.status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.code });
    outgoing.end(JSON.stringify({ __type: error.code, message: error.message, Message: error.message, ...error.facts }));
  }
}

async function read(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? '/', 'http://loopback');
  return {
    operation:
      String(incoming.headers['x-amz-target'] ?? '')
        .split('.')
        .pop() ?? '',
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    body,
    headers: incoming.headers,
    json: <T>() => JSON.parse(body.toString('utf8') || '{}') as T,
  };
}
