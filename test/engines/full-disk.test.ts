import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RefreshEnd } from '../../src/services/refresher.ts';
import { nastyFiles } from '../refresh/nasty-files.ts';
import { openRawHouse, type RawHouse, runOf } from '../refresh/raw-house.ts';

const disk = mkdtempSync(join(tmpdir(), 'askstream-disk-'));
const houses: RawHouse[] = [];
let why: string | undefined;

beforeAll(() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    why = String((error as { stderr?: Buffer }).stderr ?? error).trim();
  }
});

afterAll(() => {
  if (why === undefined) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
  for (const house of houses) house.clear();
});

test('a disk that fills up at any step ends the run by name; the old tables answer on, and the next run with room repairs', async () => {
  if (why !== undefined) return console.warn(`skipped: a small disk cannot be mounted here (${why})`);
  const [house, unharmed] = [openRawHouse({ dataDir: join(disk, 'data') }), openRawHouse()];
  houses.push(house, unharmed);
  const files = nastyFiles(2);
  for (const file of files.slice(0, 5)) house.put(file.key, file.content, 1_778_400_000);
  for (const file of files) unharmed.put(file.key, file.content, 1_778_400_000);
  await house.refresh();
  const [before, snapshot] = [await house.everything(), house.snapshot()];
  for (const file of files.slice(5)) house.put(file.key, file.content, 1_778_400_000);
  for (const step of ['list', 'stage', 'build', 'publish'] as const) {
    const end = await fullFrom(step, (onStep) => house.reopen().refresh({ trigger: 'cli', onStep }));
    expect([step, end]).toMatchObject([
      step,
      { kind: 'failed', code: 'disk_full', message: expect.stringMatching(/^The disk .* is full\. /) },
    ]);
    expect(house.snapshot()).toEqual(snapshot);
  }
  expect(await house.everything()).toEqual(before);
  expect(runOf(await house.reopen().refresh({ trigger: 'cli' })).files_read).toBe(files.length - 5);
  await unharmed.refresh();
  expect(await house.everything()).toEqual(await unharmed.everything());
  const ids = await house.rows('SELECT count(*) AS n, count(DISTINCT run_id) AS own FROM runs');
  expect(ids[0]?.n).toBe(ids[0]?.own);
});

/** A refresh while the disk has no room from the moment when a step begins. */
async function fullFrom(
  step: string,
  refresh: (onStep: (step: { step: string }) => void) => Promise<RefreshEnd>,
): Promise<RefreshEnd> {
  const ballast = join(disk, 'ballast');
  try {
    return await refresh((reached) => {
      const { bavail, bsize } = statfsSync(disk);
      if (reached.step === step) appendFileSync(ballast, Buffer.alloc(bavail * bsize, 1));
    });
  } finally {
    rmSync(ballast);
  }
}
