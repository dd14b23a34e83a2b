import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { envelope, openRawHouse, type RawHouse, rawEvent, runOf } from '../refresh/raw-house.ts';

jest.setTimeout(30_000); // the machine may be busy with others
const houses: RawHouse[] = [];
const house = (options?: Parameters<typeof openRawHouse>[0]): RawHouse => {
  const opened = openRawHouse(options);
  houses.push(opened);
  return opened;
};
afterEach(() => {
  for (const opened of houses.splice(0)) opened.clear();
});

describe('incremental runs', () => {
  test.each([1, 11])(
    'give the same tables as one full run, whatever the order of the files (seed %i)',
    async (seed) => {
      const piecewise = house({ zone: 'Europe/Berlin' });
      const files = nastyFiles(seed);
      for (const piece of [files.slice(0, 5), files.slice(5, 6), files.slice(6)]) {
        for (const file of piece) piecewise.put(file.key, file.content);
        const run = await piecewise.refresh();
        expect(run.records_read).toBe(run.events + run.duplicates + run.quarantined);
      }
      // Its first lines only: what went away moves sessions of other days.
      const [first] = files;
      piecewise.put(first!.key, `${first!.content.split('\n').slice(0, 2).join('\n')}\n`);
      await piecewise.refresh();
      const inPieces = await piecewise.everything();
      expect((await piecewise.refresh()).status).toBe('nothing_new');
      const whole = await piecewise.refresh(true);
      expect(await piecewise.everything()).toEqual(inPieces);
      expect(whole.files_read).toBe(files.length);
      expect(inPieces.events?.length).toBe(whole.events);
    },
    60_000,
  );

  test('take a file that was written anew in the place of its old text', async () => {
    const { put, refresh, rows } = house();
    put(
      'a.jsonl',
      envelope([
        { id: 'e1', at: '2026-05-10T10:00:00Z' },
        { id: 'e2', at: '2026-05-10T10:01:00Z' },
      ]),
      1000,
    );
    put('b.jsonl', envelope([{ id: 'e2', at: '2026-05-10T10:01:00Z' }], { ingest: '2026-05-11T10:00:00Z' }), 1000);
    await refresh();
    put(
      'a.jsonl',
      envelope([
        { id: 'e1', at: '2026-05-10T10:00:00Z' },
        { id: 'e3', at: '2026-05-12T10:01:00Z' },
      ]),
      2000,
    );
    const run = await refresh();
    expect(run.files_read).toBe(1);
    expect(await rows('SELECT event_id, source_file FROM events ORDER BY event_id')).toEqual([
      { event_id: 'e1', source_file: 'a.jsonl' },
      { event_id: 'e2', source_file: 'b.jsonl' },
      { event_id: 'e3', source_file: 'a.jsonl' },
    ]);
  });

  test('let an earlier ingest win that arrives in a later run, and count it as a duplicate', async () => {
    const { put, refresh, rows } = house();
    put(
      'late.jsonl',
      envelope([{ id: 'e1', at: '2026-05-10T10:00:00Z', attributes: { _page_url: '/late' } }], {
        ingest: '2026-05-12T00:00:00Z',
      }),
    );
    await refresh();
    put(
      'early.jsonl',
      envelope([{ id: 'e1', at: '2026-05-10T10:00:00Z', attributes: { _page_url: '/early' } }], {
        ingest: '2026-05-10T10:00:00Z',
      }),
    );
    expect(await refresh()).toMatchObject({ records_read: 1, events: 0, duplicates: 1 });
    expect(await rows('SELECT page_path, is_late FROM events')).toEqual([{ page_path: '/early', is_late: false }]);
  });

  test('write only the days that are touched', async () => {
    const { put, refresh } = house();
    for (const day of ['10', '11', '12']) put(`${day}.jsonl`, envelope([{ at: `2026-05-${day}T10:00:00Z`, user: `u${day}` }]));
    expect((await refresh()).partitions_written).toEqual(['2026-05-10', '2026-05-11', '2026-05-12']);
    put('more.jsonl', envelope([{ at: '2026-05-11T23:55:00Z', user: 'u9' }]));
    expect((await refresh()).partitions_written).toEqual(['2026-05-11']);
  });

  test('drop nothing when the settings change: the next run reads everything again', async () => {
    const first = house();
    first.put('a.jsonl', envelope([{ at: '2026-05-10T23:30:00Z' }]));
    await first.refresh();
    const moved = first.reopen({ zone: 'Europe/Berlin' });
    expect((await moved.pending()).files).toBe(1);
    expect(runOf(await moved.refresh({ trigger: 'start' })).files_read).toBe(1);
    expect(await first.rows('SELECT dt FROM events')).toEqual([{ dt: '2026-05-11' }]);
  });
});

describe('a run', () => {
  test('says who runs since when to the second, and takes over the lock of a process that is gone', async () => {
    const { put, reopen, refresher, dataDir } = house();
    put('a.jsonl', envelope([{ at: '2026-05-10T10:00:00Z' }]));
    const other = reopen();
    const began = Promise.withResolvers<void>();
    const running = refresher.refresh({ trigger: 'schedule', onStep: () => began.resolve() });
    await began.promise;
    const second = await other.refresh({ trigger: 'slack' });
    expect(second).toMatchObject({ kind: 'running', since: '2026-05-20T12:00:01.000Z', by: expect.stringContaining('schedule') });
    expect(refresher.refresh({ trigger: 'cli' })).toBe(running);
    await running;
    writeFileSync(
      join(dataDir, 'refresh.lock'),
      JSON.stringify({ pid: 2 ** 22 + 1, born: '1', since: 'then', trigger: 'cli', token: 't' }),
    );
    expect((await other.refresh({ trigger: 'cli' })).kind).toBe('done');
    expect(existsSync(join(dataDir, 'refresh.lock'))).toBe(false);
  });

  test('without a raw folder fails by name and leaves the tables alone', async () => {
    const { reopen, put, refresh, snapshot } = house();
    put('a.jsonl', envelope([{ at: '2026-05-10T10:00:00Z' }]));
    await refresh();
    const before = snapshot();
    const end = await reopen({ rawDir: '/nowhere/at/all' }).refresh({ trigger: 'cli' });
    expect(end).toMatchObject({ kind: 'failed', code: 'raw_missing', message: expect.stringContaining('RAW_DIR') });
    expect(snapshot()).toEqual(before);
  });

  test('over an empty folder publishes empty tables once', async () => {
    const { refresh, rows, refresher } = house();
    expect((await refresh()).records_read).toBe(0);
    expect(await rows('SELECT count(*)::INT AS n FROM events')).toEqual([{ n: 0 }]);
    expect((await refresh()).status).toBe('nothing_new');
    expect(await refresher.freshness()).toMatchObject({ firstDay: null, lastDay: null, newestEventTime: null });
  });

  test('quarantines every reason by name, keeps the raw record, and conserves', async () => {
    const { put, refresh, rows } = house();
    const good = rawEvent({ at: '2026-05-10T10:00:00Z' });
    const without = (name: string) =>
      Object.fromEntries(Object.entries({ ...good, event_id: `x-${name}` }).filter(([key]) => key !== name));
    const data = [
      7,
      without('event_id'),
      without('event_type'),
      without('timestamp'),
      { ...good, event_id: 'y', timestamp: 'soon' },
      { ...good, event_id: 'z', timestamp: 99 },
      { ...without('unique_id'), event_id: 'ok' },
      { ...good, event_id: 'n', unique_id: null, device_id: '' },
      { ...good, event_id: 'l', attributes: { blob: 'x'.repeat(1_100_000) } },
      good,
    ];
    const lines = [
      'not json',
      '"text"',
      '',
      '  ',
      JSON.stringify({ data: '' }),
      JSON.stringify({ data: 'abc' }),
      JSON.stringify({ data: {} }),
      JSON.stringify({ data: '{}' }),
      JSON.stringify({ data: JSON.stringify(data), ingest_time: '2026-05-10T10:00:00.000Z' }),
    ];
    put('a.jsonl', `${lines.join('\n')}\n`, 1_778_000_000);
    const run = await refresh();
    expect(run).toMatchObject({
      records_read: 16,
      events: 2,
      duplicates: 0,
      reasons: {
        not_json: 2,
        envelope_without_data: 1,
        data_not_decodable: 1,
        data_not_array: 2,
        event_not_object: 1,
        missing_event_id: 1,
        missing_event_type: 1,
        missing_timestamp: 1,
        bad_timestamp: 2,
        missing_user: 1,
        too_large: 1,
      },
    });
    expect(
      await rows(
        "SELECT raw_record, line_number, item_number, dt FROM quarantine WHERE reason IN ('not_json', 'missing_timestamp') ORDER BY line_number",
      ),
    ).toEqual([
      { raw_record: 'not json', line_number: '1', item_number: null, dt: '2026-05-05' },
      { raw_record: '"text"', line_number: '2', item_number: null, dt: '2026-05-05' },
      { raw_record: JSON.stringify(without('timestamp')), line_number: '9', item_number: 4, dt: '2026-05-10' },
    ]);
  });

  test('leaves no file behind that nothing names', async () => {
    const { put, refresh, dataDir, snapshot } = house();
    for (let i = 0; i < 3; i += 1) {
      put(`${i}.jsonl`, envelope([{ at: `2026-05-10T1${i}:00:00Z` }]));
      await refresh();
    }
    const files = readdirSync(join(dataDir, 'results/events'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeLessThanOrEqual(2);
    expect(snapshot().tables.events?.files.length).toBe(1);
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  });
});
