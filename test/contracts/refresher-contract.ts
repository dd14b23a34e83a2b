import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import type { RefreshEnd, Refresher, Run } from '../../src/services/refresher.ts';

/** A refresher over an empty raw folder, and what must be closed after it. */
export interface OpenedRefresher {
  readonly refresher: Refresher;
  close(): Promise<void>;
}

/** What every refresher promises; run on the local engine, and on Glue's wire in front of the same transforms. */
export function refresherContract(name: string, open: (rawDir: string, work: string) => Promise<OpenedRefresher>): void {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'refresher-contract-'));
    const [rawDir, work] = [join(folder, 'raw'), join(folder, 'work')];
    let opened: OpenedRefresher;
    beforeAll(async () => {
      for (const path of [rawDir, work]) mkdirSync(path);
      opened = await open(rawDir, work);
    }, 60_000);
    afterAll(async () => {
      await opened?.close();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    const refresh = () => opened.refresher.refresh({ trigger: 'slack' });
    const files = () => (readdirSync(rawDir, { recursive: true }) as string[]).filter((file) => file.endsWith('.gz')).toSorted();

    test('knows of no data before the first run', async () => {
      expect(await opened.refresher.freshness()).toMatchObject({
        firstDay: null,
        lastDay: null,
        lastRunAt: null,
      });
      expect(await opened.refresher.pending()).toEqual({ files: 0, bytes: 0 });
    });

    test('brings in what waits: every record is an event, a duplicate or in quarantine, and nothing waits after', async () => {
      const clock = { now: () => '2026-05-20T12:00:00.000Z' };
      const shop = openSampleShop({ rawDir, seed: 7, zone: 'Europe/Berlin', clock, days: 1, scale: 0.05 });
      const { events: records } = await shop.topUp();
      const { dataVersion } = await opened.refresher.freshness();
      expect((await opened.refresher.pending()).files).toBe(files().length);
      const run = runOf(await refresh());
      expect(run).toMatchObject({ status: 'succeeded', run_trigger: 'slack', files_read: files().length, records_read: records });
      expect(run.records_read).toBe(run.events + run.duplicates + run.quarantined);
      expect(await opened.refresher.pending()).toEqual({ files: 0, bytes: 0 });
      const freshness = await opened.refresher.freshness();
      expect(freshness.lastDay).toBe('2026-05-20');
      expect(freshness.newestEventTime).toBe(run.newest_event_time);
      expect(freshness.dataVersion).not.toBe(dataVersion);
    }, 60_000);

    test('counts nothing twice that comes again, and has a new version of the data', async () => {
      const before = await opened.refresher.freshness();
      cpSync(join(rawDir, files()[0]!), join(rawDir, 'zz-again.json.gz'));
      expect((await opened.refresher.pending()).files).toBe(1);
      const run = runOf(await refresh());
      expect(run).toMatchObject({ files_read: 1, events: 0 });
      expect(run.duplicates + run.quarantined).toBe(run.records_read);
      const after = await opened.refresher.freshness();
      expect(after.newestEventTime).toBe(before.newestEventTime);
      expect(after.dataVersion).not.toBe(before.dataVersion);
    }, 60_000);

    test('with nothing new ends well and leaves the tables as they are', async () => {
      const { lastDay, newestEventTime } = await opened.refresher.freshness();
      expect(runOf(await refresh())).toMatchObject({ status: 'nothing_new', files_read: 0, records_read: 0 });
      expect(await opened.refresher.freshness()).toMatchObject({ lastDay, newestEventTime });
    }, 60_000);

    test('asked by two at once it runs once', async () => {
      cpSync(join(rawDir, files()[0]!), join(rawDir, 'zz-once-more.json.gz'));
      const [one, other] = await Promise.all([refresh(), refresh()]);
      const ids = [one, other].map((end) => (end.kind === 'done' ? end.run.run_id : end.kind));
      expect(new Set(ids.filter((id) => id !== 'running')).size).toBe(1);
      expect(await opened.refresher.pending()).toEqual({ files: 0, bytes: 0 });
    }, 60_000);
  });
}

function runOf(end: RefreshEnd): Run {
  if (end.kind !== 'done') throw new Error(`The refresh ended ${end.kind}.`);
  return end.run;
}
