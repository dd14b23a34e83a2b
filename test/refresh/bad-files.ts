import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { type RawHouse, rawEvent } from './raw-house.ts';

const MEBIBYTE = 1024 * 1024;
/** Seconds since 1970: the time of files whose lines say none. */
const WRITTEN = 1_778_400_000;

/**
 * Raw files as they should never come, put below `bad/` of a house: huge, bombs, deep, no text, out of all bounds, empty, cut
 * off, of another kind, oddly named, links to nowhere. Whole lines beside them are events whose ids begin with `bad-`.
 */
export function putBadFiles(house: Pick<RawHouse, 'put' | 'rawDir'>): void {
  for (const [name, content] of Object.entries(contents())) house.put(`bad/${name}`, content, WRITTEN);
  for (const [n, name] of ODD_NAMES.entries()) house.put(`bad/${name}`, good(`named-${n}`), WRITTEN);
  mkdirSync(join(house.rawDir, 'bad', 'folder.jsonl.gz'), { recursive: true });
  symlinkSync('nowhere', join(house.rawDir, 'bad', 'broken-link.jsonl'));
  symlinkSync('circle-b.jsonl', join(house.rawDir, 'bad', 'circle-a.jsonl'));
  symlinkSync('circle-a.jsonl', join(house.rawDir, 'bad', 'circle-b.jsonl'));
}

const MENDED = { key: 'bad/cut-off.jsonl.gz', content: gzipSync(good('mended').repeat(50)) };

const ODD_NAMES = [
  'a b.jsonl',
  ' .jsonl',
  '100%.jsonl',
  '%41%zz%2F.jsonl',
  'part#1?x=y&z.jsonl',
  `quote'"\`.jsonl`,
  'Größe-日本-😀.jsonl',
  'two\nlines.jsonl',
  'tab\there.jsonl',
  'a*[b]{c,d}.jsonl',
  'back\\slash.jsonl',
  '2026-05-10T10:00:00.jsonl',
  'dt=2026-05-10/hour=x/$1.jsonl',
  'run=1/a+b;c,d.jsonl',
  `${'n'.repeat(240)}.jsonl`,
];

function contents(): Readonly<Record<string, string | Buffer>> {
  return {
    'huge.jsonl': line([...events('huge', 3), large(90 * MEBIBYTE), ...many(0.8 * MEBIBYTE, 12)]) + good('after-huge'),
    'bomb-inside.jsonl': line(gzipSync(Buffer.alloc(210 * MEBIBYTE, ' ')).toString('base64')) + good('after-bomb'),
    'bomb-outside.jsonl.gz': gzipSync(
      Buffer.concat([Buffer.alloc(270 * MEBIBYTE, 'x'), Buffer.from(`\n${good('after-outer')}`)]),
    ),
    'blank-bomb.gz': gzipSync(Buffer.concat([Buffer.alloc(100 * MEBIBYTE, '\n'), Buffer.from(good('after-blanks'))])),
    'deep.jsonl': [deepIn('attributes'), deepIn('items'), deepIn('event'), deepIn('envelope'), good('after-deep')].join(''),
    'open-brackets.jsonl': `${'['.repeat(MEBIBYTE)}\n${line('['.repeat(MEBIBYTE))}${'{"a":'.repeat(100_000)}\n${good('after-open')}`,
    'no-utf8.jsonl': Buffer.concat([
      Buffer.from(good('latin').replace('"u1"', '"Gr\u00f6\u00dfe"'), 'latin1'),
      Buffer.from([0xff, 0xfe, 0x7b, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0x0a]),
      Buffer.from(good('after-bytes')),
    ]),
    'utf16.jsonl': Buffer.from(`\ufeff${good('utf16')}`, 'utf16le'),
    'nul.jsonl': `${good('before-nul')}{"data":"a\0b"}\n\0\0\0\n${good('nul\\u0000id')}\0${good('after-nul')}`,
    'numbers.jsonl': line([...EXTREMES.entries()].map(extreme)),
    'dates.jsonl': DATES.map((date, n) => line([at(`date-${n}`, date)], date)).join(''),
    'empty.jsonl': '',
    'empty.jsonl.gz': gzipSync(''),
    'empty-inside.jsonl': [line([]), line(''), line('[]'), '{}\n', '\n\n'].join(''),
    'no-bytes.gz': '',
    'picture.jsonl.gz': picture(),
    'cut-off.jsonl.gz': MENDED.content.subarray(0, MENDED.content.length - 20),
    'two-bytes.gz': Buffer.from([0x1f, 0x8b]),
    'many-members.gz': Buffer.concat([...Array.from({ length: 20 }, (_, n) => gzipSync(good(`member-${n}`))), Buffer.alloc(64)]),
    'junk-behind.gz': Buffer.concat([gzipSync(good('before-junk')), Buffer.from('junk that is no gzip')]),
    'zlib.gz': deflateSync(good('zlib')),
    'parquet.jsonl': Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(300, 0x15), Buffer.from('PAR1')]),
    'breaks.jsonl':
      good('cr').replace('\n', '\r') + good('u2028').replace('bad-', 'bad-\u2028\u0085\u000b') + good('end').trimEnd(),
  };
}

type Event = Readonly<Record<string, unknown>>;

function at(id: string, timestamp: unknown, attributes: Event = {}): Event {
  return { ...rawEvent({ id: `bad-${id}`, at: '2026-05-10T10:00:00Z', session: 'bad' }), timestamp, attributes };
}

function events(id: string, count: number): readonly Event[] {
  return Array.from({ length: count }, (_, n) => at(`${id}-${n}`, 1_778_400_000_000 + n));
}

function line(data: readonly unknown[] | string, ingest: unknown = 1_778_400_100_000): string {
  return `${JSON.stringify({ data: typeof data === 'string' ? data : JSON.stringify(data), ingest_time: ingest })}\n`;
}

function good(id: string): string {
  return line(`[${JSON.stringify(at('ID', 1_778_400_000_000)).replace('bad-ID', `bad-${id}`)}]`);
}

function large(bytes: number): Event {
  return at('large', 1_778_400_000_000, { note: 'x'.repeat(bytes) });
}

function many(bytes: number, count: number): readonly Event[] {
  return Array.from({ length: count }, (_, n) => at(`many-${n}`, 1_778_400_000_000, { note: 'ü'.repeat(bytes / 2), n }));
}

const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const DEEP_OBJECT = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;

function deepIn(place: string): string {
  if (place === 'envelope') return `{"data":"[]","more":${DEEP_OBJECT}}\n`;
  const event = JSON.stringify(at(`deep-${place}`, 1_778_400_000_000, { hole: 0 }));
  if (place === 'attributes') return line(`[${event.replace('"hole":0', `"hole":${DEEP},"other":${DEEP_OBJECT}`)}]`);
  return line(`[${event.replace('{', place === 'items' ? `{"items":[${DEEP}],` : `{"hole":${DEEP_OBJECT},`)},${DEEP}]`);
}

const EXTREMES = [
  '9223372036854775808',
  '-9223372036854775809',
  '1e400',
  '-1e400',
  '1e-400',
  '1E+400',
  `1${'0'.repeat(400)}`,
].concat([
  `0.${'0'.repeat(400)}1`,
  '9.99e14',
  '999999999999999.999999999999999',
  '2147483648',
  '-2147483649',
  '1e308',
  '4.9e-324',
  '-0',
  '00',
]);

// As text and as a number, where JSON has such a number.
function extreme([n, text]: readonly [number, string]): Event {
  const names = ['value', 'tax', 'results_count', '_engagement_time_msec', '_session_number', 'duration', 'free'];
  const attributes = Object.fromEntries(names.map((name) => [name, text]));
  return {
    ...at(`number-${n}`, 1_778_400_000_000, { ...attributes, currency: 'EUR', order_id: `bad-${n}` }),
    event_type: n % 2 === 0 ? 'purchase' : 'search',
    items: [{ id: 'bad', price: text, quantity: text, index: text }],
  };
}

const DATES = [
  -62_167_219_200_000,
  253_402_300_799_000,
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  0,
  -1,
  946_684_799_999,
  946_684_800_000,
  7_258_118_399_999,
  7_258_118_400_000,
  8.64e15,
  1e300,
];

function picture(): Buffer {
  return Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 9, 0xff, 0xfe]);
}
