import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { createGunzip, gunzipSync } from 'node:zlib';

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
  const whole = await smallFile(path);
  let number = 1;
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of whole === undefined ? await inflatedStream(path) : [whole]) {
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

const SMALL_FILE = 4 * 1024 * 1024;
const SMALL_INFLATED = 64 * 1024 * 1024;

// Most raw files are small, and a stream with its threads costs more than they do. A small file that inflates to much is
// left to the stream.
async function smallFile(path: string): Promise<Buffer | undefined> {
  if ((await stat(path)).size > SMALL_FILE) return undefined;
  const bytes = await readFile(path);
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: SMALL_INFLATED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

async function inflatedStream(path: string): Promise<AsyncIterable<Buffer>> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!isGzip(await beginning(path))) return file;
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

async function beginning(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const magic = Buffer.alloc(2);
    await handle.read(magic, 0, 2, 0);
    return magic;
  } finally {
    await handle.close();
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
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
