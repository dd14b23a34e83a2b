import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes of one line beyond which it is not decoded any more; what comes first is kept for the quarantine. */
export const MOST_LINE_BYTES = 256 * 1024 * 1024;
const KEPT_OF_OVERLONG = 4 * 1024 * 1024;

export interface RawLine {
  /** From 1. */
  readonly number: number;
  /** Bytes that are not UTF-8 are U+FFFD. */
  readonly text: string;
  /** Longer than `MOST_LINE_BYTES`; `text` is its beginning. */
  readonly overlong: boolean;
}

/**
 * Lines of a raw file in order, blank ones left out; gzip is known by its magic bytes, whatever the name. Memory is bounded
 * by the longest line. A file that cannot be read to its end throws.
 */
export async function* readLines(path: string): AsyncGenerator<RawLine> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stream: Readable = (await isGzip(path)) ? inflate(file) : file;
  let number = 1;
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      size += keep(held, chunk.subarray(start, end), size);
      const line = lineOf(number, held, size);
      if (line !== undefined) yield line;
      number += 1;
      held = [];
      size = 0;
      start = end + 1;
    }
    size += keep(held, chunk.subarray(start), size);
  }
  const last = lineOf(number, held, size);
  if (last !== undefined) yield last;
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const magic = Buffer.alloc(2);
    await handle.read(magic, 0, 2, 0);
    return magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function inflate(file: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

function keep(held: Buffer[], piece: Buffer, size: number): number {
  if (size <= MOST_LINE_BYTES) held.push(piece);
  return piece.length;
}

function lineOf(number: number, held: readonly Buffer[], size: number): RawLine | undefined {
  const overlong = size > MOST_LINE_BYTES;
  const bytes = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held as Buffer[]);
  const text = bytes.toString('utf8', 0, overlong ? KEPT_OF_OVERLONG : bytes.length);
  const clean = number === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return clean.trim() === '' && !overlong
    ? undefined
    : { number, text: clean.endsWith('\r') ? clean.slice(0, -1) : clean, overlong };
}
