import { expect, test } from '@jest/globals';
import { type Due, openDigests } from '../../src/digest/open-digests.ts';
import type { Freshness } from '../../src/services/refresher.ts';
import { reading } from '../doors/answers.ts';
import { openMapMemory } from '../doors/map-memory.ts';
import { handClock } from '../doors/open-doors.ts';

const hour = 3_600_000;
const draft = {
  name: 'Weekly numbers',
  question: 'revenue last week',
  reading,
  schedule: { every: 'week', weekday: 1, hour: 9, minute: 0 } as const,
  channel: 'C0DIGESTS01',
  owner: 'U0ANALYST1',
};

/** Tue 24 Nov 2026, 14:00 in Berlin; the next Monday is the 30th. */
function opened(freshness: Partial<Freshness> = {}) {
  const clock = handClock();
  const memory = openMapMemory();
  const state: Freshness = {
    firstDay: '2026-08-26',
    lastDay: '2026-11-30',
    newestEventTime: null,
    lastRunAt: '2026-11-30T07:02:00Z',
    dataVersion: 'v1',
    ...freshness,
  };
  const world = { memory, clock, zone: 'Europe/Berlin', refresher: { freshness: async () => state } };
  const dues: Due[] = [];
  const digests = openDigests(world);
  const tick = () => digests.tick(async (due) => void dues.push(due));
  return { clock, digests, dues, tick, state, world };
}

test('a digest is due at its time and then over, also for a process that starts later', async () => {
  const { clock, digests, dues, tick, world } = opened();
  await digests.add(draft);
  await tick();
  expect(dues).toEqual([]);
  clock.forward(5 * 24 * hour + 19 * hour + 60_000);
  await tick();
  await tick();
  await openDigests(world).tick(async (due) => void dues.push(due));
  expect(dues.map((d) => [d.key, d.kind, d.late])).toEqual([
    ['digest:weekly-numbers:2026-11-30T08:00:00.000Z', 'post', undefined],
  ]);
});

test('it waits for whole data, says after twelve hours that it waits, and tells then how late it is and why', async () => {
  const { clock, digests, dues, tick, state } = opened({ lastDay: '2026-11-29', lastRunAt: '2026-11-29T21:02:00Z' });
  await digests.add(draft);
  clock.forward(5 * 24 * hour + 19 * hour + 60_000);
  await tick();
  expect(dues).toEqual([]);
  clock.forward(12 * hour);
  await tick();
  expect(dues.map((d) => d.kind)).toEqual(['waiting']);
  Object.assign(state, { lastRunAt: '2026-11-30T20:00:00Z' });
  await tick();
  expect(dues[1]).toMatchObject({ kind: 'post', late: { why: 'data' }, needs: '2026-11-29' });
});

test('a process that slept through its time posts once, late, and says so', async () => {
  const { clock, digests, dues, tick } = opened({ lastDay: '2026-12-09', lastRunAt: '2026-12-09T07:00:00Z' });
  await digests.add(draft);
  clock.forward(15 * 24 * hour);
  await tick();
  expect(dues.map((d) => [d.dueAt, d.late?.why])).toEqual([['2026-12-07T08:00:00.000Z', 'asleep']]);
});

test('what came due while it was paused is not made up for', async () => {
  const { clock, digests, dues, tick } = opened();
  const { id } = await digests.add(draft);
  await digests.setPaused(id, true);
  clock.forward(8 * 24 * hour);
  await tick();
  await digests.setPaused(id, false);
  await tick();
  expect(dues).toEqual([]);
  expect((await digests.find('weekly NUMBERS'))?.paused).toBe(false);
});

test('two digests of one name are told apart, and a deleted one is gone', async () => {
  const { digests } = opened();
  await digests.add(draft);
  const second = await digests.add(draft);
  expect(second.name).toBe('Weekly numbers 2');
  await digests.remove(second.id);
  expect((await digests.list()).map((s) => s.name)).toEqual(['Weekly numbers']);
});
