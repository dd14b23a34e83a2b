import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** One WebSocket connection of a client, text messages only. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onText(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** The client gives up after 30 s without a ping. */
const PING_EVERY_MS = 10_000;
const MOST_BYTES = 4_000_000;

/** Answers a WebSocket upgrade (RFC 6455) on a raw connection; enough of it for Slack's Socket Mode on loopback. */
export function acceptSocket(request: IncomingMessage, stream: Duplex, head: Buffer): Socket {
  const key = `${request.headers['sec-websocket-key']}${GUID}`;
  const accept = createHash('sha1').update(key).digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const texts: ((text: string) => void)[] = [];
  const ends: (() => void)[] = [];
  const write = (opcode: number, payload: Buffer) => {
    if (stream.writable) stream.write(frame(opcode, payload));
  };
  const pings = setInterval(() => write(PING, Buffer.from('ping')), PING_EVERY_MS);
  const read = frameReader((opcode, payload) => {
    if (opcode === TEXT) for (const listener of texts) listener(payload.toString('utf8'));
    if (opcode === PING) write(PONG, payload);
    if (opcode === CLOSE) {
      write(CLOSE, payload.subarray(0, 2));
      stream.end();
    }
  });
  stream.on('data', (chunk: Buffer) => {
    if (!read(chunk)) stream.destroy();
  });
  stream.on('error', () => stream.destroy());
  stream.on('close', () => {
    clearInterval(pings);
    for (const listener of ends) listener();
  });
  if (head.length > 0) read(head);
  return {
    send: (text) => write(TEXT, Buffer.from(text)),
    close() {
      write(CLOSE, Buffer.from([0x03, 0xe8]));
      stream.end();
    },
    onText: (listener) => texts.push(listener),
    onClose: (listener) => ends.push(listener),
  };
}

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  if (length < 65_536) return Buffer.concat([Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]), payload]);
  const head = Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** Collects bytes and hands over whole messages, fragments joined; the returned feed says false when a message is too long. */
function frameReader(take: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => boolean {
  let held = Buffer.alloc(0);
  let parts: Buffer[] = [];
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (let one = firstFrame(held); one !== undefined; one = firstFrame(held)) {
      held = held.subarray(one.size);
      if (one.opcode >= CLOSE) {
        take(one.opcode, one.payload);
        continue;
      }
      parts.push(one.payload);
      if (!one.last) continue;
      take(TEXT, Buffer.concat(parts));
      parts = [];
    }
    return held.length + parts.reduce((sum, part) => sum + part.length, 0) < MOST_BYTES;
  };
}

function firstFrame(bytes: Buffer): { opcode: number; last: boolean; payload: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes[0] ?? 0;
  const second = bytes[1] ?? 0;
  const short = second & 127;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (second & 128) !== 0;
  const at = 2 + extra + (masked ? 4 : 0);
  if (bytes.length < at) return undefined;
  const length = extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < at + length) return undefined;
  const payload = Buffer.from(bytes.subarray(at, at + length));
  if (masked) {
    const mask = bytes.subarray(at - 4, at);
    for (let i = 0; i < payload.length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  }
  return { opcode: first & 15, last: (first & 128) !== 0, payload, size: at + length };
}
