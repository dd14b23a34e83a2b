import { closeSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readLines } from '../refresh/reader/read-lines.ts';
import { type RawRecord, type RecordReader, recordReader } from '../refresh/reader/read-records.ts';
import type { FromReader, ReaderData, ReaderTask, ToReader } from './refresh-readers.ts';

// Reads raw files in a thread of its own and writes what they hold as tab-separated lines for DuckDB, in chunks of bounded
// size; the next chunk waits until an earlier one was taken.
const CHUNK_BYTES = 48 * 1024 * 1024;
const CHUNK_RECORDS = 60_000;
const CHUNKS_WAITING = 2;
const FLUSH_CHARACTERS = 1024 * 1024;

const data = workerData as ReaderData;
const port = parentPort;
if (port === null) throw new Error('refresh-reader-worker runs only as a worker thread');
const read: RecordReader = recordReader({
  eventAliases: new Map(data.eventAliases),
  attributeAliases: new Map(data.attributeAliases),
});
let waiting = 0;
let wake: (() => void) | undefined;

port.on('message', (message: ToReader) => {
  if (message.kind === 'taken') {
    waiting -= 1;
    wake?.();
    return;
  }
  readTask(message.task).catch((error: unknown) => {
    const fault = error as NodeJS.ErrnoException;
    say({ kind: 'fault', code: fault.code ?? '', text: String(fault.stack ?? error) });
  });
});

async function readTask(task: ReaderTask): Promise<void> {
  let chunk: Chunk | undefined;
  let number = 0;
  for (const file of task.files) {
    let records = 0;
    try {
      for await (const line of readLines(file.path)) {
        for (const record of read(line, file)) {
          chunk ??= openChunk(`${data.folder}/${task.id}-${number++}`);
          write(chunk, record);
          records += 1;
          if (chunk.records >= CHUNK_RECORDS || chunk.bytes >= CHUNK_BYTES) {
            await finish(chunk);
            chunk = undefined;
          }
        }
      }
      say({ kind: 'file', key: file.key, records, fault: null });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code === 'ENOSPC' || code === 'EDQUOT') throw error;
      say({ kind: 'file', key: file.key, records, fault: reasonOf(code) });
    }
  }
  if (chunk !== undefined) await finish(chunk);
  say({ kind: 'done', id: task.id });
}

function reasonOf(code: string): string {
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ENOENT') return 'it vanished while it was read';
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') return 'its gzip data are damaged or cut off';
  return code === '' ? 'it could not be read to its end' : `it could not be read (${code})`;
}

interface Chunk {
  readonly path: string;
  readonly recordsFile: number;
  readonly itemsFile: number;
  records: number;
  items: number;
  bytes: number;
  longest: number;
  recordText: string;
  itemText: string;
}

function openChunk(path: string): Chunk {
  const recordsFile = openSync(`${path}.records.tsv`, 'w');
  const itemsFile = openSync(`${path}.items.tsv`, 'w');
  return { path, recordsFile, itemsFile, records: 0, items: 0, bytes: 0, longest: 0, recordText: '', itemText: '' };
}

function write(chunk: Chunk, record: RawRecord): void {
  const ord = chunk.records;
  const line = `${ord}\t${clean(record.cells)}\n`;
  chunk.recordText += line;
  chunk.longest = Math.max(chunk.longest, line.length * 3);
  for (const item of record.items) {
    const itemLine = `${ord}\t${clean(item)}\n`;
    chunk.itemText += itemLine;
    chunk.longest = Math.max(chunk.longest, itemLine.length * 3);
  }
  chunk.records += 1;
  chunk.items += record.items.length;
  if (chunk.recordText.length > FLUSH_CHARACTERS || chunk.itemText.length > FLUSH_CHARACTERS) flush(chunk);
}

function clean(cells: readonly string[]): string {
  const line = cells.join('\t');
  return /[\n\r\0]/.test(line) || tabsIn(line) !== cells.length - 1 ? cells.map(plain).join('\t') : line;
}

function tabsIn(line: string): number {
  let tabs = 0;
  for (let at = line.indexOf('\t'); at >= 0; at = line.indexOf('\t', at + 1)) tabs += 1;
  return tabs;
}

function plain(cell: string): string {
  return cell.replace(/[\t\n\r]/g, ' ').replaceAll('\0', '\ufffd');
}

function flush(chunk: Chunk): void {
  chunk.bytes += writeAll(chunk.recordsFile, chunk.recordText) + writeAll(chunk.itemsFile, chunk.itemText);
  chunk.recordText = '';
  chunk.itemText = '';
}

function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  return bytes.length;
}

async function finish(chunk: Chunk): Promise<void> {
  flush(chunk);
  closeSync(chunk.recordsFile);
  closeSync(chunk.itemsFile);
  waiting += 1;
  say({
    kind: 'chunk',
    records: `${chunk.path}.records.tsv`,
    items: `${chunk.path}.items.tsv`,
    count: chunk.records,
    itemCount: chunk.items,
    longest: chunk.longest,
  });
  while (waiting >= CHUNKS_WAITING) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

function say(message: FromReader): void {
  port?.postMessage(message);
}
