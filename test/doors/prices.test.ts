import { afterEach, describe, expect, test } from '@jest/globals';
import type { LineOptions } from '../../src/answer/line.ts';
import type { Refused } from '../../src/answer/stations.ts';
import type { SpendingReport, Spendings } from '../../src/services/spending.ts';
import { answer, clarify, reading, refused } from './answers.ts';
import { openMapMemory } from './map-memory.ts';
import { type Doors, eventually, fakeLine, handClock, openDoors } from './open-doors.ts';

let doors: Doors;
afterEach(() => doors.close());

const shorter = { ...reading, period: { type: 'last', count: 28, unit: 'day' } } as const;
const card: Partial<Refused> = {
  code: 'needs_approval',
  sentence: 'This would read 342 GB and cost about $1.71; it waits for an approval. Nothing ran and nothing was billed.',
  approval: { bytes: 342e9, usd: 1.71 },
  smaller: { label: 'Last 28 days', bytes: 32e9, usd: 0.16, reading: shorter },
  reading,
};
const unbound: Partial<Refused> = {
  code: 'no_bound',
  approval: { bytes: 186e9, usd: 0.93, partition: 'dt' },
  smaller: { label: 'Last 7 days', bytes: 2.6e9, usd: 0.013, sql: 'SELECT 7', added: "dt BETWEEN '2026-11-17' AND '2026-11-23'" },
};

/** What the line was asked, and with which approval. */
type Ran = { what: unknown; usd: number | undefined; who: string | undefined }[];

/** A line that wants an approval for everything that has none. */
function priced(ran: Ran, refusal: Partial<Refused> = card) {
  const end = (id: string, what: unknown, options?: LineOptions, who?: string) => {
    ran.push({ what, usd: options?.approvedUsd, who });
    return options?.approvedUsd === undefined ? refused({ id, ...refusal }) : answer({ id });
  };
  return fakeLine({
    ask: async (q, options) => end(q.id, q.text, options, q.asker),
    reading: async (r, q, options) => end(q.id, 'period' in r && r.period, options, q.asker),
    sql: async (s, options) => end(s.id, s.text, options, s.asker),
  });
}

async function askAndSeeCard(text = 'search terms ytd') {
  const { act, world } = doors.slack;
  const root = (await act.mention('analyst', '#growth', text)) as { ts: string };
  const posted = await world.until(() => world.thread('#growth', root.ts)[1]);
  const shown = () => world.thread('#growth', root.ts);
  await eventually(isWaiting);
  return { at: { channel: 'C0GROWTH001', ts: posted.ts }, shown };
}

/** The card is remembered a moment after it stands. */
async function isWaiting(): Promise<boolean> {
  return (await doors.memory.list('undecided')).length > 0;
}

const nothingWaits = async () => !(await isWaiting());
const whispered = (who: string) => doors.slack.world.ephemerals(who).at(-1);

describe('a price that waits', () => {
  test('runs what was priced, for the asker or an editor, and a second press runs nothing', async () => {
    const ran: Ran = [];
    doors = await openDoors({ editors: ['U0OWNER001'], line: priced(ran) });
    const { at, shown } = await askAndSeeCard();
    await doors.slack.act.click('engineer', at, 'price.approve');
    expect((await doors.slack.world.until(() => whispered('engineer'))).text).toContain('Only the one who asked');
    await doors.slack.act.click('analyst', at, 'price.approve');
    await doors.slack.act.click('analyst', at, 'price.approve');
    await doors.slack.world.until(() => shown()[1]?.text.includes('Conversion'));
    expect(ran).toEqual([
      { what: 'search terms ytd', usd: undefined, who: 'U0ANALYST1' },
      { what: reading.period, usd: 1.71, who: 'U0ANALYST1' },
    ]);
    expect(shown()).toHaveLength(2);
    expect(await doors.memory.list('undecided')).toEqual([]);
  });

  test('has a smaller way with a price of its own', async () => {
    const ran: Ran = [];
    doors = await openDoors({ line: priced(ran) });
    const { at, shown } = await askAndSeeCard();
    await doors.slack.act.click('analyst', at, 'price.smaller');
    await doors.slack.world.until(() => shown()[1]?.text.includes('Conversion'));
    expect(ran.slice(1)).toEqual([{ what: shorter.period, usd: 0.16, who: 'U0ANALYST1' }]);
  });

  test('is either cancelled or approved where both are pressed at once', async () => {
    const ran: Ran = [];
    doors = await openDoors({ line: priced(ran) });
    const { at, shown } = await askAndSeeCard();
    const { act, world } = doors.slack;
    await Promise.all([act.click('analyst', at, 'price.cancel'), act.click('analyst', at, 'price.approve')]);
    await eventually(nothingWaits);
    await world.until(() => /Cancelled|Conversion/.test(shown()[1]!.text) && shown()[1]!.text);
    expect(shown()[1]!.text.includes('Cancelled')).toBe(ran.length === 1);
  });

  test('is not used up by an editor who may not run SQL: they are told, and the asker still decides', async () => {
    const ran: Ran = [];
    const people = { editors: ['U0OWNER001'], engineers: ['U0ANALYST1'] };
    doors = await openDoors({ ...people, line: priced(ran, unbound) });
    const { at, shown } = await askAndSeeCard('```SELECT 1```');
    await doors.slack.act.click('owner', at, 'sql.smaller');
    expect((await doors.slack.world.until(() => whispered('owner'))).text).toContain('SQL is for engineers');
    await doors.slack.act.click('analyst', at, 'sql.smaller');
    await doors.slack.world.until(() => shown()[1]?.text.includes('Conversion'));
    expect(ran.slice(1)).toEqual([{ what: 'SELECT 7', usd: 0.013, who: 'U0ANALYST1' }]);
  });

  test('of a question that was asked back can be approved in the same message', async () => {
    const ran: Ran = [];
    const line = priced(ran);
    let asked = 0;
    const ask: typeof line.ask = async (q, options) => (asked++ === 0 ? { ...clarify, id: q.id } : line.ask(q, options));
    doors = await openDoors({ line: { ...line, ask } });
    const { act, world } = doors.slack;
    const root = (await act.mention('analyst', '#growth', 'top products')) as { ts: string };
    const back = await world.until(() => world.thread('#growth', root.ts)[1]);
    const at = { channel: 'C0GROWTH001', ts: back.ts };
    await act.click('analyst', at, 'clarify.1');
    await eventually(isWaiting);
    await act.click('analyst', at, 'price.approve');
    await world.until(() => world.thread('#growth', root.ts)[1]?.text.includes('Conversion'));
    expect(ran.map(({ usd }) => usd)).toEqual([undefined, 1.71]);
  });

  test('is ended by nobody’s click after 15 minutes, also over a restart', async () => {
    const clock = handClock();
    const memory = openMapMemory();
    doors = await openDoors({ clock, memory, line: priced([]) });
    const { slack } = doors;
    const { shown } = await askAndSeeCard();
    await doors.app.close();
    clock.forward(16 * 60_000);
    doors = await openDoors({ clock, memory, slack, line: priced([]) });
    await slack.world.until(() => shown()[1]?.text.includes('Nobody approved in 15 minutes'));
    expect(shown()).toHaveLength(2);
  });
});

describe('advice under SQL that ran', () => {
  const advised = (id: string) => {
    const { reading: _, ...rest } = answer({ id, next: [], notes: ['Line 1: a division of integers drops the rest.'] });
    return { ...rest, advice: [{ sentence: 'x' }, { sentence: 'y', offer: { label: 'Divide as double', sql: 'SELECT 2' } }] };
  };

  test('runs the changed text once, also after a restart, and only for who may use SQL', async () => {
    const ran: string[] = [];
    const line = fakeLine({
      sql: async (s) => {
        ran.push(s.text);
        return advised(s.id);
      },
    });
    const memory = openMapMemory();
    const people = { engineers: ['U0ENGINEER'] };
    doors = await openDoors({ line, memory, ...people });
    const { slack } = doors;
    const root = (await slack.act.mention('engineer', '#growth', '```SELECT 1 / 2```')) as { ts: string };
    const first = await slack.world.until(() => slack.world.thread('#growth', root.ts)[1]);
    const at = { channel: 'C0GROWTH001', ts: first.ts };
    await eventually(async () => (await memory.list('open')).length === 0);
    await doors.app.close();
    doors = await openDoors({ line, memory, slack, ...people });
    await slack.act.click('analyst', at, 'sql.advice.1');
    expect((await slack.world.until(() => whispered('analyst'))).text).toContain('SQL is for engineers');
    await slack.act.click('engineer', at, 'sql.advice.1');
    await slack.act.click('engineer', at, 'sql.advice.1');
    await slack.world.until(() => slack.world.thread('#growth', root.ts).length === 3);
    await eventually(async () => (await memory.list('open')).length === 0);
    expect(ran).toEqual(['SELECT 1 / 2', 'SELECT 2']);
  });
});

describe('what it cost', () => {
  const report: SpendingReport = {
    day: '2026-11-24',
    today: sums({ U0ANALYST1: 0.4, U0ENGINEER: 0.1 }, 0.5),
    month: sums({ U0ANALYST1: 12, '': 6.4 }, 18.4),
    limits: { person: 1, workspace: 5, month: 60 },
  };

  test('stands on a price card for the month, beside how long it may take', async () => {
    doors = await openDoors({ querySeconds: 60, spending: { report: async () => report }, line: priced([]) });
    const { shown } = await askAndSeeCard();
    const said = JSON.stringify(shown()[1]!.blocks);
    expect(said).toContain('This month so far*\\n$18.40 of $60.00');
    expect(said).toContain('60 s at most, then it is stopped');
  });

  test('stands on App Home against the budgets; who spent it, for editors only', async () => {
    doors = await openDoors({ editors: ['U0OWNER001'], approveUsd: 0.02, spending: { report: async () => report } });
    const { act, world } = doors.slack;
    const shown = async (who: 'analyst' | 'owner') => {
      await act.openHome(who);
      return JSON.stringify((await world.until(() => world.home(who))).view.blocks);
    };
    const analyst = await shown('analyst');
    for (const words of ['$0.50 of $5.00', '$0.40 of $1.00', 'Spent in November*\\n$18.40 of $60.00', 'up to $0.02'])
      expect(analyst).toContain(words);
    expect(analyst).not.toContain('by person');
    expect(await shown('owner')).toContain('<@U0ANALYST1> $12.00 (3 queries), Askstream itself $6.40');
    expect(world.refusals()).toEqual([]);
  });
});

function sums(people: Record<string, number>, usd: number): Spendings {
  const spent = (dollars: number) => ({ bytes: 1e9, usd: dollars, queries: 3 });
  const byPerson = Object.fromEntries(Object.entries(people).map(([who, dollars]) => [who, spent(dollars)]));
  return { total: spent(usd), byPerson, byKind: { question: spent(usd) } };
}
