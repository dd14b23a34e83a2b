import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ownerOfRawDir } from '../../src/sample/raw-files.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import { rawLines, rawPaths } from './raw-lines.ts';

const folders: string[] = [];

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sample-shop-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  jest.useRealTimers();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A small shop with a clock that the test sets. */
function smallShop(rawDir: string, now: string, seed = 7) {
  const clock = { time: now, now: () => clock.time };
  return { clock, shop: openSampleShop({ rawDir, seed, zone: 'Europe/Berlin', clock, days: 3, scale: 0.1 }) };
}

const bytesOf = (rawDir: string) => rawPaths(rawDir).map((path) => [path, readFileSync(join(rawDir, path)).toString('base64')]);

describe('the sample shop', () => {
  test('fills its days from local midnight up to now, one file an hour, in the folders of AWS’s sink', async () => {
    const rawDir = emptyFolder();
    const { shop } = smallShop(rawDir, '2026-11-24T13:05:07.250Z');
    const progress: [number, number][] = [];
    const { files, events } = await shop.topUp((done, total) => progress.push([done, total]));
    const paths = rawPaths(rawDir);
    expect(files).toBe(paths.length);
    expect(events).toBeGreaterThan(500);
    for (const path of paths) {
      expect(path).toMatch(/^year=2026\/month=11\/day=\d\d\/hour=\d\d\/part-0000000-\d{7}\.jsonl\.gz$/);
    }
    const first = JSON.parse(rawLines(rawDir)[0]!.line).date as string;
    expect(first > '2026-11-20T23:00:00Z' && first < '2026-11-21T09:00:00Z').toBe(true);
    expect(progress.at(-1)).toEqual([87, 87]);
  });

  test.each([
    ['Europe/Berlin', '2027-03-30T10:00:00Z'],
    ['Europe/Berlin', '2026-10-26T23:30:00Z'],
    ['America/New_York', '2026-11-03T02:00:00Z'],
    ['Pacific/Auckland', '2027-04-05T11:00:00Z'],
    ['Asia/Kolkata', '2026-11-24T18:45:00Z'],
    ['UTC', '2026-11-24T00:00:00Z'],
  ])('begins with a whole day of the shop, also across a change of the clocks (%s, %s)', async (zone, now) => {
    const rawDir = emptyFolder();
    await openSampleShop({ rawDir, seed: 7, zone, clock: { now: () => now }, days: 3, scale: 0.005 }).topUp();
    const { start } = JSON.parse(readFileSync(join(rawDir, '.sample-shop.json'), 'utf8')) as { start: number };
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
    expect(Number(local.format(start))).toBe(0);
    expect(Number(local.format(start - 3_600_000))).toBe(23);
    expect(Date.parse(now) - start).toBeGreaterThan(2.9 * 86_400_000);
    expect(Date.parse(now) - start).toBeLessThan(4.1 * 86_400_000);
  });

  test('files every request under the UTC hour of its ingest, and nothing after now', async () => {
    const rawDir = emptyFolder();
    const now = '2026-11-24T13:05:07.250Z';
    await smallShop(rawDir, now).shop.topUp();
    for (const { folder, line } of rawLines(rawDir)) {
      if (!line.endsWith('}')) continue;
      const time = new Date(JSON.parse(line).ingest_time).toISOString();
      expect(folder).toBe(
        `year=${time.slice(0, 4)}/month=${time.slice(5, 7)}/day=${time.slice(8, 10)}/hour=${time.slice(11, 13)}`,
      );
      expect(time < now).toBe(true);
    }
  });

  test('gives the same bytes for the same seed and other ones for another', async () => {
    const [one, two, three] = [emptyFolder(), emptyFolder(), emptyFolder()];
    await smallShop(one, '2026-11-24T13:05:00Z').shop.topUp();
    await smallShop(two, '2026-11-24T13:05:00Z').shop.topUp();
    await smallShop(three, '2026-11-24T13:05:00Z', 8).shop.topUp();
    expect(bytesOf(one)).toEqual(bytesOf(two));
    expect(bytesOf(one)).not.toEqual(bytesOf(three));
  });

  test('gives the same lines in pieces as in one go, across restarts and within an hour', async () => {
    const [whole, pieces] = [emptyFolder(), emptyFolder()];
    const born = '2026-11-20T21:40:00Z';
    const end = '2026-11-24T13:05:00Z';
    await smallShop(whole, born).shop.topUp();
    await smallShop(whole, end).shop.topUp();
    const { clock, shop } = smallShop(pieces, born);
    await shop.topUp();
    for (const time of ['2026-11-20T21:59:59.999Z', '2026-11-20T22:00:00Z', '2026-11-21T07:31:00Z', '2026-11-21T07:31:20Z']) {
      clock.time = time;
      await shop.topUp();
    }
    for (const time of ['2026-11-21T18:00:00Z', '2026-11-21T18:20:11.123Z', '2026-11-23T03:00:00.001Z', end]) {
      await smallShop(pieces, time).shop.topUp();
    }
    const lines = (rawDir: string) => rawLines(rawDir).map(({ line }) => line);
    expect(lines(pieces)).toEqual(lines(whole));
    expect(rawPaths(pieces).length).toBeGreaterThan(rawPaths(whole).length);
  });

  test('writes nothing when nothing is missing, or when the clock was set back', async () => {
    const rawDir = emptyFolder();
    await smallShop(rawDir, '2026-11-24T13:05:00Z').shop.topUp();
    const before = rawPaths(rawDir);
    expect(await smallShop(rawDir, '2026-11-24T13:05:00Z').shop.topUp()).toEqual({ files: 0, events: 0 });
    expect(await smallShop(rawDir, '2026-11-22T08:00:00Z').shop.topUp()).toEqual({ files: 0, events: 0 });
    expect(rawPaths(rawDir)).toEqual(before);
  });

  test('goes on after a write that failed, without a hole', async () => {
    const [broken, whole] = [emptyFolder(), emptyFolder()];
    await smallShop(whole, '2026-11-24T13:05:00Z').shop.topUp();
    const { shop } = smallShop(broken, '2026-11-24T13:05:00Z');
    mkdirSync(join(broken, 'year=2026/month=11'), { recursive: true });
    writeFileSync(join(broken, '.sample-shop.json'), readFileSync(join(whole, '.sample-shop.json')));
    // A file stands where the folder of the third day must go.
    writeFileSync(join(broken, 'year=2026/month=11/day=23'), '');
    await expect(shop.topUp()).rejects.toThrow();
    rmSync(join(broken, 'year=2026/month=11/day=23'));
    await shop.topUp();
    expect(bytesOf(broken)).toEqual(bytesOf(whole));
  });

  test('refuses a folder with files of somebody else, and leaves them alone', async () => {
    const rawDir = emptyFolder();
    writeFileSync(join(rawDir, 'export.jsonl'), '{}\n');
    expect(await ownerOfRawDir(rawDir)).toBe('other');
    await expect(smallShop(rawDir, '2026-11-24T13:05:00Z').shop.topUp()).rejects.toThrow('not the sample shop’s');
    expect(rawPaths(rawDir)).toEqual(['export.jsonl']);
  });

  test('tells whose a raw folder is', async () => {
    const rawDir = emptyFolder();
    expect(await ownerOfRawDir(join(rawDir, 'missing'))).toBe('nobody');
    expect(await ownerOfRawDir(rawDir)).toBe('nobody');
    await smallShop(rawDir, '2026-11-24T13:05:00Z').shop.topUp();
    expect(await ownerOfRawDir(rawDir)).toBe('sample');
  });

  test('keeps writing what arrives while it lives, and stops when told', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'setTimeout', 'Date'] });
    const rawDir = emptyFolder();
    const { clock, shop } = smallShop(rawDir, '2026-11-24T17:05:00Z');
    await shop.topUp();
    const before = rawPaths(rawDir);
    const life = shop.live(15_000);
    clock.time = '2026-11-24T17:50:00Z';
    jest.advanceTimersByTime(15_000);
    await life.stop();
    const grown = rawPaths(rawDir).filter((path) => !before.includes(path));
    expect(grown).toEqual(['year=2026/month=11/day=24/hour=17/part-0300000-3000000.jsonl.gz']);
    expect(statSync(join(rawDir, grown[0]!)).size).toBeGreaterThan(0);
    clock.time = '2026-11-24T19:00:00Z';
    jest.advanceTimersByTime(60_000);
    expect(rawPaths(rawDir)).toHaveLength(before.length + 1);
  });
});
