import { afterEach, expect, test } from '@jest/globals';
import { answer, reading } from './answers.ts';
import { openMapMemory } from './map-memory.ts';
import { type Doors, fakeLine, fakeRefresher, fresh, handClock, openDoors } from './open-doors.ts';

const open: Doors[] = [];
afterEach(async () => {
  const refusals = open.flatMap((doors) => doors.slack.world.refusals().map((r) => `${r.name}: ${r.error}`));
  for (const doors of open.splice(0).reverse()) await doors.close();
  expect(refusals).toEqual([]);
});

async function opened(...options: Parameters<typeof openDoors>): Promise<Doors> {
  const doors = await openDoors(...options);
  open.push(doors);
  return doors;
}

const wholeWeek = fakeRefresher({
  freshness: async () => ({ ...fresh, lastDay: '2026-12-01', lastRunAt: '2026-12-01T07:00:00Z' }),
});
const week = 7 * 86_400_000;

test('an answer is scheduled from its menu, and comes once per due time, also with two processes and over a restart', async () => {
  const memory = openMapMemory();
  const clock = handClock();
  const doors = await opened({ memory, clock, refresher: wholeWeek });
  const { act, world } = doors.slack;
  const root = (await act.mention('analyst', '#shop-numbers', 'conversion by device')) as { ts: string };
  const said = await world.until(() => world.thread('#shop-numbers', root.ts)[1]);
  const id = /"down:([^"]+)"/.exec(JSON.stringify(said.blocks))![1]!;
  await act.click('analyst', { channel: 'C0SHOPNUM01', ts: said.ts }, 'answer.more', `schedule:${id}`);
  await world.until(() => world.modal('analyst'));
  await act.submitView('analyst', {
    name: { name: 'Conversion' },
    when: { when: 'mon' },
    time: { time: '09:00' },
    where: { where: 'C0DIGESTS01' },
  });
  expect((await world.until(() => world.ephemerals('analyst')[0])).text).toContain(
    'Conversion is scheduled: Mondays 09:00. First one: Mon 30 Nov.',
  );

  clock.forward(week);
  await opened({ memory, clock, refresher: wholeWeek, slack: doors.slack });
  await opened({ memory, clock, refresher: wholeWeek, slack: doors.slack, sole: false });
  const [posted] = await world.until(() => world.messages('#digests').length > 0 && world.messages('#digests'));
  expect(JSON.stringify(posted!.blocks)).toContain('Conversion · Mondays 09:00 · next: Mon 7 Dec');
  expect(world.messages('#digests')).toHaveLength(1);
});

test('«every monday 9am» answers now and makes the digest where it was asked, without its schedule in the reading', async () => {
  const doors = await opened({
    line: fakeLine({
      ask: async (q) =>
        answer({
          id: q.id,
          question: q.text,
          readAs: 'revenue by country, every Monday at 9:00 · last week',
          reading: { ...reading, schedule: { every: 'week', weekday: 1, hour: 9, minute: 0 } },
        }),
    }),
  });
  const { act, world } = doors.slack;
  await act.command('analyst', '#shop-numbers', '/digest', 'new revenue by country last week every monday 9am');
  await world.until(() => world.ephemerals('analyst').some((m) => m.text.includes('Revenue by country is scheduled')));
  const [kept] = await doors.memory.list<{ channel: string; reading: object }>('digest');
  expect(kept).toMatchObject({ id: 'revenue-by-country', value: { channel: 'C0SHOPNUM01' } });
  expect(kept!.value.reading).not.toHaveProperty('schedule');
  await act.command('owner', '#shop-numbers', '/digest', 'list');
  expect(world.ephemerals('owner').at(-1)!.text).toContain('Revenue by country');
  await act.command('owner', '#shop-numbers', '/digest', 'pause Revenue by country');
  expect(world.ephemerals('owner').at(-1)!.text).toContain('is paused');
  await act.command('owner', '#shop-numbers', '/digest', 'pause nothing');
  expect(world.ephemerals('owner').at(-1)!.text).toContain('There is no digest called nothing');
  await act.command('owner', '#shop-numbers', '/digest', 'run revenue by country');
  await world.until(() => world.messages('#shop-numbers').length === 1);
  await act.command('owner', '#shop-numbers', '/digest', 'delete revenue by country');
  expect(await doors.memory.list('digest')).toEqual([]);
});
