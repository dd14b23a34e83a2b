import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { envelope, openRawHouse, type RawHouse, runOf } from '../refresh/raw-house.ts';

jest.setTimeout(60_000); // the machine may be busy with others
const houses: RawHouse[] = [];
const house = (options?: Parameters<typeof openRawHouse>[0]): RawHouse => {
  const opened = openRawHouse(options);
  houses.push(opened);
  return opened;
};
afterEach(() => {
  for (const opened of houses.splice(0)) opened.clear();
});

test('tables that are made otherwise are built from staged rows, also where the raw files are gone', async () => {
  const [moved, whole] = [house(), house({ currency: 'USD' })];
  for (const file of nastyFiles(3)) for (const one of [moved, whole]) one.put(file.key, file.content, 1_778_400_000);
  const late = { key: 'more.jsonl', content: envelope([{ id: 'more', at: '2026-05-10T10:00:00Z' }]) };
  await moved.refresh();
  for (const file of nastyFiles(3)) moved.remove(file.key);
  for (const one of [moved, whole]) one.put(late.key, late.content, 1_778_400_000);
  const run = runOf(await moved.reopen({ currency: 'USD' }).refresh({ trigger: 'start' }));
  await whole.refresh();
  expect(run).toMatchObject({ files_read: 1, records_read: 1, events: 1 });
  expect(run.partitions_written.length).toBeGreaterThan(1);
  expect(await moved.everything()).toEqual(await whole.everything());
  expect(runOf(await moved.reopen({ currency: 'USD' }).refresh({ trigger: 'start' })).status).toBe('nothing_new');
});

test('a full refresh takes up what stood in quarantine when the file can be read at last', async () => {
  const { put, refresh, rows } = house();
  const unread = envelope([{ id: 'e1', at: '2026-05-10T10:00:00Z' }], { data: 'x' });
  const good = envelope([{ id: 'e1', at: '2026-05-10T10:00:00Z' }]);
  // the same key, size and time: only another reader could see a difference
  put('a.jsonl', unread.replace(/\n$/, `${' '.repeat(good.length - unread.length)}\n`), 1_778_400_000);
  expect(await refresh()).toMatchObject({ events: 0, reasons: { data_not_decodable: 1 } });
  put('a.jsonl', good, 1_778_400_000);
  expect((await refresh()).status).toBe('nothing_new');
  expect(await refresh(true)).toMatchObject({ files_read: 1, events: 1, quarantined: 0 });
  expect(await rows('SELECT count(*)::INT AS n FROM quarantine')).toEqual([{ n: 0 }]);
  expect(await rows('SELECT event_id FROM events')).toEqual([{ event_id: 'e1' }]);
});

test('a run that died after it was published and before it tidied up shows each run once', async () => {
  const { put, refresh, rows, dataDir } = house();
  put('a.jsonl', envelope([{ at: '2026-05-10T10:00:00Z' }]));
  await refresh();
  expect((await refresh()).status).toBe('nothing_new');
  const waiting = readFileSync(join(dataDir, 'state/waiting-runs.json'));
  for (const key of ['b.jsonl', 'c.jsonl']) {
    put(key, envelope([{ id: key, at: '2026-05-10T10:00:00Z' }]));
    await refresh();
    writeFileSync(join(dataDir, 'state/waiting-runs.json'), waiting);
  }
  expect(await rows('SELECT status, count(*)::INT AS n FROM runs GROUP BY status ORDER BY status')).toEqual([
    { status: 'nothing_new', n: 1 },
    { status: 'succeeded', n: 3 },
  ]);
});
