import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Ack, Json } from '../shapes.ts';
import { ACK_MS, type Transport } from './transport.ts';
import { acceptSocket, type Socket } from './web-socket.ts';

/** The Socket Mode side: connections of the app, and envelopes over one of them. */
export interface SocketMode extends Transport {
  /** Takes a WebSocket upgrade whose ticket `apps.connections.open` gave out; others are refused. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** A ticket for one connection. */
  ticket(): string;
  /** How many connections stand. */
  connections(): number;
  /** Asks the app to reconnect, as Slack does every few hours. */
  refresh(): void;
  close(): void;
}

/** Slack allows ten connections and gives each envelope to one of them. */
export function socketMode(appId: string): SocketMode {
  const tickets = new Set<string>();
  const sockets: Socket[] = [];
  const waiting = new Map<string, Exchange>();
  let turn = 0;
  return {
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    connections: () => sockets.length,
    upgrade(request, stream, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket) || sockets.length >= 10) {
        stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      const socket = acceptSocket(request, stream, head);
      sockets.push(socket);
      socket.onClose(() => {
        sockets.splice(sockets.indexOf(socket), 1);
        for (const open of [...waiting.values()]) if (open.socket === socket) open.fail('dispatch_failed');
      });
      socket.onText((text) => settle(waiting, text));
      socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.length, connection_info: { app_id: appId } }));
    },
    async send(kind, payload, retry) {
      const socket = sockets[turn % Math.max(1, sockets.length)];
      turn += 1;
      if (socket === undefined) return { ok: false, status: 0, body: '', ms: 0, error: 'dispatch_failed' };
      const envelope: Json = {
        type: kind,
        envelope_id: randomUUID(),
        payload,
        accepts_response_payload: kind !== 'events_api',
        ...(kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
      };
      return exchange(socket, envelope, waiting);
    },
    refresh() {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    close() {
      for (const socket of [...sockets]) socket.close();
    },
  };
}

/** An envelope that the app has not acknowledged yet. */
interface Exchange {
  readonly socket: Socket;
  done(payload: unknown): void;
  fail(error: string): void;
}

function exchange(socket: Socket, envelope: Json, waiting: Map<string, Exchange>): Promise<Ack> {
  const id = String(envelope.envelope_id);
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  return new Promise((resolve) => {
    const end = (ack: Omit<Ack, 'ms'>) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve({ ...ack, ms: took() });
    };
    const fail = (error: string) => end({ ok: false, status: 0, body: '', error });
    const timer = setTimeout(() => fail('operation_timeout'), ACK_MS);
    waiting.set(id, { socket, fail, done: (payload) => end({ ok: true, status: 200, body: payload ?? '' }) });
    socket.send(JSON.stringify(envelope));
  });
}

function settle(waiting: Map<string, Exchange>, text: string): void {
  let message: Json;
  try {
    message = JSON.parse(text);
  } catch {
    return;
  }
  const id = String(message.envelope_id);
  const payload = message.payload;
  waiting.get(id)?.done(payload !== null && typeof payload === 'object' && Object.keys(payload).length === 0 ? '' : payload);
}
