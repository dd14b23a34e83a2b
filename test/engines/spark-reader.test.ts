import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { readLines } from '../../src/refresh/reader/read-lines.ts';
import { recordReader } from '../../src/refresh/reader/read-records.ts';
import { ruleTables } from '../../src/refresh/transforms.ts';
import { sharedPath, whenShared } from '../helpers/shared.ts';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { wildFile } from './spark/wild-lines.ts';

jest.setTimeout(120_000);
const whenPython = hasPython() ? test : test.skip;
const scratch = mkdtempSync(join(tmpdir(), 'askstream-reader-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const names = { event_aliases: { kauf: 'purchase', _scroll: 'glide' }, attribute_aliases: { betrag: 'value', free: 'element' } };

whenPython('the job reads thousands of wild lines as the local reader does, cell by cell', async () => {
  const files = Array.from({ length: 60 }, (_, seed) => [`w${seed}.jsonl`, wildFile(seed + 1, 60)] as const);
  expect(await difference(folderOf(files), 3000)).toEqual([]);
});

whenPython('the job reads damaged, deep and long input as the local reader does', async () => {
  const deep = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);
  const event = (more: string) =>
    `{"event_id":"e","event_type":"x","timestamp":1716200000000,"unique_id":"u","attributes":{${more}}}`;
  const line = (events: string) => `${JSON.stringify({ data: `[${events}]` })}\n`;
  const whole = gzipSync(line(event('"a":1')));
  expect(
    await difference(
      folderOf([
        ['deep.jsonl', Buffer.from([400, 498, 499, 600, 10_000].map((n) => line(event(`"a":${deep(n, '[', ']')}`))).join(''))],
        [
          'deep-event.jsonl',
          Buffer.from(
            line(`${deep(501, '[', ']')},${deep(3, '[', ']')}`) +
              line(event(`"a":${deep(700, '{"k":', '}').replace(':}', ':1}')}`)),
          ),
        ],
        [
          'long.jsonl',
          Buffer.from(
            line(
              `${event(`"a":"${'x'.repeat(1_100_000)}"`)},${event(`"a":"${'😀'.repeat(524_200)}"`)},${event(`"a":"${'😀'.repeat(524_288)}"`)}`,
            ),
          ),
        ],
        [
          'bomb.jsonl',
          Buffer.from(`${JSON.stringify({ data: gzipSync(Buffer.alloc(200 * 1024 * 1024)).toString('base64') })}\n`),
        ],
        ['cut.jsonl', whole.subarray(0, whole.length - 5)],
        ['twice.jsonl', Buffer.concat([whole, whole])],
        ['padded.jsonl', Buffer.concat([whole, Buffer.alloc(7)])],
        ['trailed.jsonl', Buffer.concat([whole, Buffer.from('tail')])],
        ['empty.jsonl', Buffer.alloc(0)],
        ['binary.jsonl', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256))],
      ]),
      10,
    ),
  ).toEqual([]);
});

whenPython('the job reads a history of sessions, copies and refunds as the local reader does', async () => {
  const files = [1, 2].flatMap((seed) =>
    nastyFiles(seed).map(({ key, content }) => [`${seed}-${key}`, Buffer.from(content)] as const),
  );
  expect(await difference(folderOf(files), 100)).toEqual([]);
});

whenPython('the job finds the house in a zip, as Glue gives it, and reads the names of the owner out of the glossary', () => {
  const glossary = join(scratch, 'glossary.yml');
  const text = `tables: {}
# names
event_aliases:
  Order Completed: purchase   # Segment
  "page: viewed": 'page_view'
attribute_aliases: { betrag: value, 'it''s': element }
defaults:
  units_per_item: one
metrics:
  event_aliases: no
`;
  writeFileSync(glossary, text);
  const script = fileURLToPath(new URL('./spark/as-glue-finds-it.py', import.meta.url));
  const found = JSON.parse(execFileSync('python3', [script, glossary], { encoding: 'utf8' }));
  const { event_aliases, attribute_aliases } = parse(text) as Record<string, unknown>;
  expect(found).toEqual({
    vocabulary: { event_aliases, attribute_aliases, units_per_item: 'one' },
    rules: Object.fromEntries(ruleTables().map((table) => [table.name, table.rows.length])),
    events: '-- accept',
    from_zip: true,
  });
});

for (const name of ['aws-clickstream-edge-cases', 'aws-clickstream-shopping'])
  whenShared(`the job reads ${name} as the local reader does`, async () => {
    expect(await difference(sharedPath('data', 'aws-clickstream', name) as string, 50)).toEqual([]);
  });

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 9)'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function folderOf(files: readonly (readonly [string, Buffer])[]): string {
  const folder = mkdtempSync(join(scratch, 'raw-'));
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  return folder;
}

// The first records that the two read differently; at least `least` must have been compared.
async function difference(folder: string, least: number): Promise<readonly unknown[]> {
  const [ours, theirs] = [await readHere(folder), readThere(folder)];
  expect(ours.length).toBeGreaterThanOrEqual(least);
  const places = Array.from({ length: Math.max(ours.length, theirs.length) }, (_, i) => i).filter((i) => ours[i] !== theirs[i]);
  return places.slice(0, 3).map((i) => ({ here: ours[i]?.slice(0, 2000), there: theirs[i]?.slice(0, 2000) }));
}

async function readHere(folder: string): Promise<readonly string[]> {
  const read = recordReader({
    eventAliases: new Map(Object.entries(names.event_aliases)),
    attributeAliases: new Map(Object.entries(names.attribute_aliases)),
  });
  const found: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    const before = found.length;
    try {
      for await (const line of readLines(join(folder, name)))
        for (const { cells, items } of read(line, { key: name, modified: 1_700_000_000_000 })) {
          const shown = cells.slice(3).map((cell, at) => (at === 2 ? (cell === '' ? null : JSON.parse(cell)) : plain(cell)));
          found.push(JSON.stringify([name, line.number, cells[2], shown, items.map((item) => item.map(plain))]));
        }
    } catch {
      found.length = before; // its records do not count: its turn comes again
      found.push(JSON.stringify([name, 'damaged']));
    }
  }
  return found;
}

function readThere(folder: string): readonly string[] {
  const vocabulary = join(scratch, 'names.json');
  writeFileSync(vocabulary, JSON.stringify({ ...names, units_per_item: 'quantity' }));
  const script = fileURLToPath(new URL('./spark/read-raw.py', import.meta.url));
  const out = execFileSync('python3', [script, folder, vocabulary], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.stringify(JSON.parse(line)));
}

// As the worker writes a cell for DuckDB.
function plain(cell: string): string {
  return cell
    .replace(/[\t\n\r]/g, ' ')
    .replaceAll('\0', '\ufffd')
    .toWellFormed();
}
