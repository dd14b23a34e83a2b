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
  const waiting = new Map<string, (payload: unknown) => void>();
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
      socket.onClose(() => sockets.splice(sockets.indexOf(socket), 1));
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

function exchange(socket: Socket, envelope: Json, waiting: Map<string, (payload: unknown) => void>): Promise<Ack> {
  const id = String(envelope.envelope_id);
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(id);
      resolve({ ok: false, status: 0, body: '', ms: took(), error: 'operation_timeout' });
    }, ACK_MS);
    waiting.set(id, (payload) => {
      clearTimeout(timer);
      resolve({ ok: true, status: 200, body: payload ?? '', ms: took() });
    });
    socket.send(JSON.stringify(envelope));
  });
}

function settle(waiting: Map<string, (payload: unknown) => void>, text: string): void {
  let message: Json;
  try {
    message = JSON.parse(text);
  } catch {
    return;
  }
  const id = String(message.envelope_id);
  const done = waiting.get(id);
  waiting.delete(id);
  const payload = message.payload;
  done?.(payload !== null && typeof payload === 'object' && Object.keys(payload).length === 0 ? '' : payload);
}
