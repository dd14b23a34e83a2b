import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, jest, test } from '@jest/globals';
import { envelope, openRawHouse, type RawHouse, rawEvent } from '../refresh/raw-house.ts';

jest.setTimeout(60_000);
let house: RawHouse;
afterEach(() => house.clear());
const good = (id: string) => rawEvent({ id, at: '2026-05-10T10:00:00Z' });
const line = (data: string, more: Readonly<Record<string, unknown>> = {}) =>
  `${JSON.stringify({ data, ingest_time: 1_778_400_000_000, ...more })}\n`;

test('a gzip bomb is not decodable, and what stands beside it is kept', async () => {
  house = openRawHouse();
  const bomb = gzipSync(Buffer.alloc(210 * 1024 * 1024, ' ')).toString('base64');
  house.put('bomb.jsonl', line(bomb) + line(JSON.stringify([good('after')])));
  expect(await house.refresh()).toMatchObject({ records_read: 2, events: 1, reasons: { data_not_decodable: 1 } });
  expect(await house.rows('SELECT length(raw_record) > 200000 AS kept FROM quarantine')).toEqual([{ kept: true }]);
});

test('an envelope of 100 MB gives its events, and the one that is too large goes to quarantine', async () => {
  house = openRawHouse();
  const huge = { ...good('huge'), attributes: { note: 'x'.repeat(100_000_000) } };
  house.put('huge.jsonl', line(JSON.stringify([good('before'), huge, good('beside')])) + line(JSON.stringify([good('after')])));
  expect(await house.refresh()).toMatchObject({ records_read: 4, events: 3, reasons: { too_large: 1 } });
  expect(await house.rows('SELECT length(raw_record) AS kept FROM quarantine')).toEqual([{ kept: '4194304' }]);
});

test('nesting of 10,000 levels, NUL and half characters end as events or in quarantine', async () => {
  house = openRawHouse();
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const text = JSON.stringify([good('deep')]).replace(
    '"attributes":{}',
    `"attributes":{"deep":${deep},"half":"\\ud83d","nul":"a\\u0000b"}`,
  );
  house.put('deep.jsonl', line(text) + line(JSON.stringify([good('after')])));
  const run = await house.refresh();
  expect(run.records_read).toBe(2);
  expect(run.events + run.quarantined).toBe(2);
  expect(await house.rows("SELECT event_id FROM events WHERE event_id = 'after'")).toEqual([{ event_id: 'after' }]);
});

test('bytes that are no text, pictures, empty files and raw NULs fail line by line', async () => {
  house = openRawHouse();
  house.put('empty.jsonl', '');
  house.put('empty.jsonl.gz', gzipSync(''));
  house.put(
    'picture.png',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 9, 0xff, 0xfe]),
    1_778_400_000,
  );
  house.put(
    'nul.jsonl',
    Buffer.concat([Buffer.from(line(JSON.stringify([good('before')]))), Buffer.from('{"data":"a\0b"}\n')]),
    1_778_400_000,
  );
  house.put(
    'latin1.jsonl',
    Buffer.from(line(JSON.stringify([{ ...good('latin'), attributes: { _page_title: 'Gr\u00f6\u00dfe' } }])), 'latin1'),
  );
  const run = await house.refresh();
  expect(run).toMatchObject({ files_read: 5, events: 2, unreadable: [] });
  expect(run.reasons).toEqual({ not_json: 4 });
  expect(await house.rows("SELECT page_title FROM events WHERE event_id = 'latin'")).toEqual([{ page_title: 'Gr\ufffd\ufffde' }]);
});

test('numbers and dates beyond all bounds leave their column empty and stay in the attributes', async () => {
  house = openRawHouse();
  const attributes = {
    value: 1e30,
    results_count: 99_999_999_999,
    duration: -1,
    _session_number: 1.5,
    _engagement_time_msec: 'NaN',
    transaction_id: 'T',
  };
  const events = [
    { ...good('far'), event_type: 'search', attributes },
    { ...good('year0'), timestamp: -62_167_219_200_000 },
    { ...good('year9999'), timestamp: 253_402_300_799_000 },
    { ...good('text'), timestamp: '1778400000000.7' },
  ];
  house.put('far.jsonl', line(JSON.stringify(events)));
  expect(await house.refresh()).toMatchObject({ events: 2, reasons: { bad_timestamp: 2 } });
  expect(
    await house.rows(
      "SELECT value, search_results, attributes->>'value' AS v, attributes->>'results_count' AS r, attributes->>'duration' AS d FROM events WHERE event_id = 'far'",
    ),
  ).toEqual([{ value: null, search_results: null, v: '1e30', r: '99999999999', d: '-1' }]);
});

test('a file that is cut off is listed as unreadable, and read whole when it is whole', async () => {
  house = openRawHouse();
  const whole = gzipSync(
    envelope([
      { id: 'e1', at: '2026-05-10T10:00:00Z' },
      { id: 'e2', at: '2026-05-10T10:00:01Z' },
    ]).repeat(50),
  );
  house.put('cut.jsonl.gz', whole.subarray(0, whole.length - 20), 1000);
  house.put('good.jsonl', envelope([{ id: 'e3', at: '2026-05-10T10:00:00Z' }]));
  const first = await house.refresh();
  expect(first).toMatchObject({
    files_read: 1,
    events: 1,
    unreadable: [{ file: 'cut.jsonl.gz', reason: 'its gzip data are damaged or cut off' }],
  });
  expect((await house.refresher.pending()).files).toBe(1);
  house.put('cut.jsonl.gz', whole, 2000);
  expect(await house.refresh()).toMatchObject({ files_read: 1, records_read: 100, events: 2, duplicates: 98, unreadable: [] });
});

test('a file without permission does not end the run', async () => {
  house = openRawHouse();
  house.put('closed.jsonl', envelope([{ at: '2026-05-10T10:00:00Z' }]));
  house.put('open.jsonl', envelope([{ at: '2026-05-10T10:00:00Z', user: 'u2' }]));
  chmodSync(join(house.rawDir, 'closed.jsonl'), 0o000);
  const run = await house.refresh();
  if (process.getuid?.() === 0)
    expect(run.files_read).toBe(2); // root may read everything
  else expect(run).toMatchObject({ files_read: 1, unreadable: [{ file: 'closed.jsonl', reason: 'no permission to read it' }] });
});

test('an id of more than 10,000 events on a day is a bot on all its days, also when that shows later', async () => {
  house = openRawHouse();
  house.put(
    'a.jsonl',
    envelope([
      { id: 'b0', user: 'robot', at: '2026-05-09T10:00:00Z' },
      { id: 'h0', user: 'robot2', device: 'd-robot', at: '2026-05-09T10:00:00Z' },
    ]),
  );
  await house.refresh();
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      id: `m${from + i}`,
      user: 'robot',
      type: 'ping',
      at: new Date(Date.UTC(2026, 4, 11) + (from + i) * 1000).toISOString(),
    }));
  house.put('b.jsonl', envelope(many(0, 10_000), { gzip: true }));
  await house.refresh();
  expect(await house.rows("SELECT bool_or(is_bot) AS bot FROM events WHERE user_pseudo_id = 'robot'")).toEqual([{ bot: false }]);
  house.put('c.jsonl', envelope(many(10_000, 1)));
  expect((await house.refresh()).partitions_written).toEqual(['2026-05-09', '2026-05-11']);
  expect(await house.rows('SELECT user_pseudo_id AS u, bool_and(is_bot) AS bot FROM events GROUP BY u ORDER BY u')).toEqual([
    { u: 'robot', bot: true },
    { u: 'robot2', bot: false },
  ]);
  expect(await house.rows("SELECT is_bot FROM users WHERE user_pseudo_id = 'robot'")).toEqual([{ is_bot: true }]);
});

test('addresses find their place in a table of ranges, after the envelope and before the language', async () => {
  house = openRawHouse();
  const geoRanges = join(house.rawDir, '..', 'ranges.csv');
  writeFileSync(
    geoRanges,
    'network,country_code,region,city,latitude,longitude\n203.0.113.0/25,at,Wien,Vienna,48.2,16.37\n2001:db8::/32,CH,,,,\n',
  );
  const visit = (user: string) => [{ user, at: '2026-05-10T10:00:00Z', more: { country_code: 'US' } }];
  house.put(
    'a.jsonl',
    [
      envelope(visit('v4'), { ip: '203.0.113.127, 10.0.0.1' }),
      envelope(visit('out'), { ip: '203.0.113.128' }),
      envelope(visit('v6'), { ip: '2001:db8:0::9' }),
      envelope(visit('cf'), { ip: '203.0.113.1', country_code: 'DE' }),
    ].join(''),
  );
  const end = await house.reopen({ geoRanges }).refresh({ trigger: 'cli' });
  expect(end.kind).toBe('done');
  expect(await house.rows('SELECT user_pseudo_id AS u, country_code AS c, city, latitude FROM sessions ORDER BY u')).toEqual([
    { u: 'cf', c: 'DE', city: null, latitude: null },
    { u: 'out', c: 'US', city: null, latitude: null },
    { u: 'v4', c: 'AT', city: 'Vienna', latitude: 48.2 },
    { u: 'v6', c: 'CH', city: null, latitude: null },
  ]);
  const lost = await house.reopen({ geoRanges: `${geoRanges}.gone` }).refresh({ trigger: 'cli' });
  expect(lost).toMatchObject({ kind: 'failed', message: expect.stringContaining('GEO_RANGES') });
});
