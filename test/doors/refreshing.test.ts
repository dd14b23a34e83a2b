import { afterEach, expect, test } from '@jest/globals';
import type { RefreshEnd, Refresher, Run } from '../../src/services/refresher.ts';
import { numberAnswer, refused } from './answers.ts';
import { type Doors, eventually, fakeLine, fakeRefresher, fresh, openDoors } from './open-doors.ts';

let doors: Doors;
afterEach(async () => {
  const refusals = doors.slack.world.refusals().map((r) => `${r.name}: ${r.error}`);
  await doors.close();
  expect(refusals).toEqual([]);
});

const run: Run = {
  run_id: 'R1431',
  run_trigger: 'slack',
  status: 'succeeded',
  started_at: '2026-11-24T13:31:00Z',
  finished_at: '2026-11-24T13:33:11Z',
  files_read: 12,
  records_read: 96_418,
  events: 95_870,
  duplicates: 482,
  quarantined: 66,
  late_events: 1214,
  reasons: { no_event_name: 60, bad_json: 6 },
  partitions_written: ['2026-11-23', '2026-11-24'],
  newest_event_time: '2026-11-24T13:19:00Z',
  unreadable: [],
};

function waiting(refresh: Refresher['refresh']): Refresher {
  return fakeRefresher({ pending: async () => ({ files: 12, bytes: 38e6 }), refresh });
}

const inShop = () => doors.slack.world.messages('#shop-numbers').filter((m) => m.botId);

test('one message tells a refresh from start to end; a second asker joins it', async () => {
  const gate = Promise.withResolvers<RefreshEnd>();
  doors = await openDoors({
    refresher: waiting(({ onStep }) => {
      onStep?.({ step: 'stage', files: 12, records: 96_418 });
      return gate.promise;
    }),
  });
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/refresh');
  await world.until(() => inShop()[0]);
  expect(JSON.stringify(inShop()[0]!.blocks)).toContain('12 files');
  await act.command('owner', '#shop-numbers', '/refresh');
  await world.until(() => world.ephemerals('owner')[0]?.text.startsWith('A refresh is already running'));
  await world.until(() => JSON.stringify(inShop()[0]!.blocks).includes('joined by'));
  gate.resolve({ kind: 'done', run });
  await world.until(() => inShop()[0]!.text.startsWith('Refreshed'));
  const said = JSON.stringify(inShop()[0]!.blocks);
  expect(said).toContain('96,418 records = 95,870 events + 482 duplicates + 66 quarantined');
  expect(said).toContain('U0OWNER001');
  expect(inShop()).toHaveLength(1);
  await act.click('analyst', { channel: 'C0SHOPNUM01', ts: inShop()[0]!.ts }, 'refresh.quarantine');
  await world.until(() => world.ephemerals('analyst').some((m) => m.text.includes('no event name: 60')));
});

test('answers of the channel that changed are corrected in place and listed; the others are left alone', async () => {
  let orders = 1742;
  doors = await openDoors({
    refresher: waiting(async () => {
      orders = 1889;
      return { kind: 'done', run };
    }),
    line: fakeLine({
      ask: async (q) => (q.text.includes('orders') ? ordersNow(q.id, orders) : numberAnswer({ id: q.id, question: q.text })),
      reading: async (_, q) =>
        q.text.includes('orders') ? ordersNow(q.id, orders) : numberAnswer({ id: q.id, question: q.text }),
    }),
  });
  const { act, world } = doors.slack;
  const first = (await act.mention('analyst', '#shop-numbers', 'orders today')) as { ts: string };
  const second = (await act.mention('analyst', '#shop-numbers', 'revenue yesterday')) as { ts: string };
  await world.until(() => inShop().length === 2);
  await act.command('owner', '#shop-numbers', '/refresh');
  await world.until(() => inShop().some((m) => m.text.startsWith('Refreshed')));
  const told = JSON.stringify(inShop().find((m) => m.text.startsWith('Refreshed'))!.blocks);
  expect(told).toContain('Of 2 answers here since yesterday, 1 changed');
  expect(told).toContain('1,742 → ');
  const corrected = world.thread('#shop-numbers', first.ts)[1]!;
  expect(JSON.stringify(corrected.blocks)).toContain('Updated at 14:00: 1,742 → 1,889.');
  expect(world.thread('#shop-numbers', second.ts)[1]!.editedTs).toBeUndefined();
});

test('an answer that may not be asked again for its price isn’t counted as unchanged', async () => {
  doors = await openDoors({
    refresher: waiting(async () => ({ kind: 'done', run })),
    line: fakeLine({
      reading: async (_, q, options) => {
        expect(options?.spender).toEqual({ kind: 'correction', who: '' });
        return refused({ id: q.id, code: 'over_budget' });
      },
    }),
  });
  const { act, world } = doors.slack;
  await act.mention('analyst', '#shop-numbers', 'conversion by device');
  await world.until(() => inShop().length === 1);
  await act.command('owner', '#shop-numbers', '/refresh');
  await world.until(() => inShop().some((m) => m.text.startsWith('Refreshed')));
  expect(JSON.stringify(inShop().find((m) => m.text.startsWith('Refreshed'))!.blocks)).not.toContain('none changed');
});

test('with no new file nothing runs, and only the asker is told', async () => {
  doors = await openDoors();
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/refresh');
  expect((await world.until(() => world.ephemerals('analyst')[0])).text).toContain('Nothing new since 13:02');
  expect(inShop()).toEqual([]);
});

test('an analyst waits ten minutes between two refreshes, an editor does not', async () => {
  doors = await openDoors({
    editors: ['U0OWNER001'],
    refresher: fakeRefresher({
      pending: async () => ({ files: 1, bytes: 1 }),
      freshness: async () => ({ ...fresh, lastRunAt: '2026-11-24T12:55:00Z' }),
      refresh: async () => ({ kind: 'done', run }),
    }),
  });
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/refresh');
  expect((await world.until(() => world.ephemerals('analyst')[0])).text).toContain('at 14:05');
  await act.command('owner', '#shop-numbers', '/refresh');
  await world.until(() => inShop().some((m) => m.text.startsWith('Refreshed')));
});

test('a failed refresh says that nothing was changed, with a reference and a way to try again', async () => {
  doors = await openDoors({
    refresher: waiting(async () => ({
      kind: 'failed',
      run: { ...run, status: 'failed' },
      code: 'disk_full',
      message: 'The disk is full.',
    })),
  });
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/refresh');
  const said = await world.until(() => inShop().find((m) => m.text.startsWith('The refresh failed')));
  expect(said.text).toContain('Reference AS-TEST1');
  expect(JSON.stringify(said.blocks)).toContain('refresh.again');
});

test('a refresh that a restart cut off is ended in its message', async () => {
  const dead = await openDoors({ refresher: waiting(() => new Promise(() => undefined)) });
  await dead.slack.act.command('analyst', '#shop-numbers', '/refresh');
  await eventually(async () => (await dead.memory.get('telling', 'current')) !== undefined);
  doors = await openDoors({ memory: dead.memory, slack: dead.slack, clock: dead.clock });
  await doors.slack.world.until(() => inShop()[0]?.text.startsWith('The refresh failed'));
  await dead.app.close();
});

test('with two processes a refresh whose teller is gone is followed by the other to its end, and named to who joined', async () => {
  const dead = await openDoors({ sole: false, refresher: waiting(() => new Promise(() => undefined)) });
  const { act } = dead.slack;
  await act.command('analyst', '#shop-numbers', '/refresh');
  await eventually(async () => (await dead.memory.get('telling', 'current')) !== undefined);
  await act.command('owner', '#shop-numbers', '/refresh');
  await eventually(async () => JSON.stringify(await dead.memory.get('telling', 'current')).includes('U0OWNER001'));
  await dead.app.close();

  const followed: unknown[] = [];
  const other = {
    memory: dead.memory,
    slack: dead.slack,
    clock: dead.clock,
    sole: false,
    refresher: fakeRefresher({
      follow: async ({ since, onStep }) => {
        followed.push(since);
        onStep?.({ step: 'build' });
        return { kind: 'done', run };
      },
    }),
  };
  const early = await openDoors(other);
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(followed).toEqual([]);
  await early.app.close();
  dead.clock.forward(16_000);
  doors = await openDoors(other);
  await doors.slack.world.until(() => inShop()[0]?.text.startsWith('Refreshed'));
  expect(followed).toEqual(['2026-11-24T13:00:00.000Z']);
  expect(inShop()).toHaveLength(1);
  expect(JSON.stringify(inShop()[0]!.blocks)).toContain('U0OWNER001');
  await eventually(async () => (await dead.memory.get('telling', 'current')) === undefined);
});

test('who asks while the end of a refresh is being said gets a refresh of their own', async () => {
  let runs = 0;
  doors = await openDoors({
    refresher: waiting(async () => {
      runs++;
      return { kind: 'failed', run: { ...run, status: 'failed' }, code: 'fault', message: 'It broke.' };
    }),
  });
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/refresh');
  await world.until(() => inShop()[0]?.text.startsWith('The refresh failed'));
  await act.command('owner', '#shop-numbers', '/refresh');
  await world.until(() => inShop().filter((m) => m.text.startsWith('The refresh failed')).length === 2);
  expect(runs).toBe(2);
});

test('a run that the clock began is joined and told to its end, also over a restart', async () => {
  const followed: unknown[] = [];
  const gate = Promise.withResolvers<RefreshEnd>();
  const clocks: Partial<Refresher> = {
    pending: async () => ({ files: 12, bytes: 38e6 }),
    refresh: async () => ({ kind: 'running', since: '2026-11-24T12:55:00Z', by: 'schedule', run: 'jr_7' }),
    follow: async ({ since, run: id, onStep }) => {
      followed.push([since, id]);
      onStep?.({ step: 'build', partitions: 2 });
      return followed.length === 1 ? new Promise<never>(() => undefined) : gate.promise;
    },
  };
  const dead = await openDoors({ sole: false, refresher: fakeRefresher(clocks) });
  await dead.slack.act.command('owner', '#shop-numbers', '/refresh');
  doors = dead;
  await dead.slack.world.until(() => JSON.stringify(inShop()).includes('the clock'));
  const under = JSON.stringify(inShop()[0]!.blocks);
  expect(under).toContain('13:55');
  expect(under).toContain('joined by');
  await eventually(async () => JSON.stringify(await dead.memory.get('telling', 'current')).includes('jr_7'));
  await dead.app.close();
  dead.clock.forward(16_000);
  doors = await openDoors({
    memory: dead.memory,
    slack: dead.slack,
    clock: dead.clock,
    sole: false,
    refresher: fakeRefresher(clocks),
  });
  await eventually(async () => followed.length === 2);
  gate.resolve({ kind: 'done', run });
  await doors.slack.world.until(() => inShop()[0]?.text.startsWith('Refreshed'));
  expect(followed.map((one) => (one as string[])[1])).toEqual(['jr_7', 'jr_7']);
  expect(inShop()).toHaveLength(1);
});

test('a run that can’t be followed from here is said to run, and nobody is promised its end', async () => {
  doors = await openDoors({ refresher: waiting(async () => ({ kind: 'running', since: '2026-11-24T12:55:00Z', by: 'cli' })) });
  const { act, world } = doors.slack;
  await act.command('owner', '#shop-numbers', '/refresh');
  await world.until(() => inShop()[0]?.text.includes('already running'));
  expect(inShop()[0]!.text).not.toContain('I’ll name you');
});

function ordersNow(id: string, n: number) {
  const bigNumber = n.toLocaleString('en');
  return numberAnswer({ id, question: 'orders today', headline: `${bigNumber} orders so far today`, bigNumber, rows: [[n]] });
}
