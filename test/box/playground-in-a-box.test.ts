import { GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findSparkPython } from '../../src/local/spark-python.ts';
import type { House } from '../../src/open-house.ts';
import { athenaClient } from '../aws/athena-client.ts';
import { type Doors, eventually, handClock } from '../doors/open-doors.ts';
import { openPlaygroundInABox, type PlaygroundInABox } from './playground-in-a-box.ts';

const clock = handClock();
const spark = await findSparkPython();
const found = await openPlaygroundInABox(clock, spark.kind === 'ready' ? spark.python : undefined);

if (typeof found === 'string') test.skip(`the playground in the box: skipped, ${found}`, () => {});
else suite(found);

function suite({ box, shop, faults, enter, swell, close }: PlaygroundInABox): void {
  let house: House;
  let doors: Doors;

  beforeAll(async () => {
    await shop.topUp();
    ({ house, doors } = await enter());
  }, 120_000);

  afterAll(close, 60_000);

  const started = () => box.athena.log.started;

  /** What the app has written below a message. */
  const answersTo = (at: Doors, ts: string) => at.slack.world.thread('#shop-numbers', ts).filter((m) => m.botId);
  const isPlan = (m: ReturnType<typeof answersTo>[number] | undefined) => m?.blocks?.[0]?.type === 'plan';

  async function ask(at: Doors, text: string) {
    const did = await at.slack.act.mention('analyst', '#shop-numbers', text);
    const ts = did.ok ? (did.ts ?? '') : '';
    const shown = () => answersTo(at, ts)[0]!;
    await at.slack.world.until(() => shown() && !isPlan(shown()), 60_000);
    return { ts, shown };
  }

  /** `/refresh` to its last words, as text and as blocks. */
  async function refresh() {
    const { act, world } = doors.slack;
    const before = new Set(world.messages('#shop-numbers').map((m) => m.ts));
    const began = performance.now();
    await act.command('owner', '#shop-numbers', '/refresh');
    const told = () => world.messages('#shop-numbers').find((m) => !before.has(m.ts) && m.botId);
    await world.until(() => told() && !/^Refresh: .* started at/.test(told()!.text), 400_000);
    const seconds = Math.round((performance.now() - began) / 1000);
    return { text: told()!.text, blocks: JSON.stringify(told()!.blocks), seconds };
  }

  const sayRun = ({ text, blocks, seconds }: Awaited<ReturnType<typeof refresh>>) =>
    console.log(`${text}: ${/[\d,]+ records = [^"]*/.exec(blocks)?.[0]} (${seconds} s)`);

  const bySpark = spark.kind === 'ready' ? test : test.skip;
  bySpark(
    `/refresh in the playground runs real Spark over new files, and the answer above is updated${spark.kind === 'ready' ? '' : `: skipped, ${spark.why}`}`,
    async () => {
      const first = await refresh();
      sayRun(first);
      expect(faults).toEqual([]);
      expect(first.text).toMatch(/^Refreshed/);
      const asked = performance.now();
      const { shown } = await ask(doors, 'events today');
      const before = shown().text;
      console.log(`«${before}» by Athena on Trino in ${Math.round((performance.now() - asked) / 1000)} s`);
      expect(faults).toEqual([]);
      const figure = (text: string) => /: ([\d,]+)\b/.exec(text)?.[1];
      expect(figure(before)).toMatch(/^[1-9]/);

      clock.forward(2 * 3_600_000);
      const { files, events } = await shop.topUp();
      expect(files).toBeGreaterThan(1);
      const second = await refresh();
      sayRun(second);
      expect(second.blocks).toContain(`${events.toLocaleString('en')} records = `);
      expect(second.blocks).toContain(`${files} files`);
      expect(second.blocks).toContain('Of 1 answer here since yesterday, 1 changed');
      const after = figure(shown().text);
      expect(number(after)).toBeGreaterThan(number(figure(before)));
      expect(JSON.stringify(shown().blocks)).toContain(`${figure(before)} → ${after}`);
      expect(second.blocks).toContain(`${figure(before)} → `);
      expect(faults).toEqual([]);
    },
    800_000,
  );

  describe('a price', () => {
    const question = 'sessions by device last 28 days';
    const calls = () => box.athena.log.calls.StartQueryExecution ?? 0;
    let priced: Awaited<ReturnType<typeof enter>>;

    beforeAll(async () => {
      if (!(await house.refresher.freshness()).lastDay) await house.refresher.refresh({ trigger: 'cli' });
      // What the data hold is learned at the first question, behind it: here each question's own queries are counted.
      await ask(doors, 'sessions today');
      const { dataVersion } = await house.refresher.freshness();
      await eventually(
        async () => (await house.memory!.get<Learned>('facts', 'learned'))?.value.facts.dataVersion === dataVersion,
      );
      swell();
      priced = await enter({ APPROVE_USD: '0.01', DAILY_USD_PERSON: '5' });
    }, 300_000);

    const undecided = () => priced.house.memory!.list('undecided');
    const card = async (text = question) => {
      const before = calls();
      const waiting = (await undecided()).length;
      const { ts, shown } = await ask(priced.doors, text);
      // A card is remembered a moment after it stands.
      await eventually(async () => (await undecided()).length > waiting);
      expect(shown().text).toMatch(/would read .*GB.* about \$/);
      expect(calls()).toBe(before);
      return { ts, shown, estimate: shown().text, press: (button: string) => press(shown().ts, button) };
    };
    const press = (ts: string, button: string) => priced.doors.slack.act.click('analyst', { channel: 'C0SHOPNUM01', ts }, button);
    const spent = async () =>
      (await priced.house.spending!.report()).today.byPerson.U0ANALYST1 ?? { bytes: 0, usd: 0, queries: 0 };

    /** The executions since, with what Athena billed for each. */
    async function ranSince(before: number) {
      const client = athenaClient(box.athena.endpoint);
      const looks = started()
        .slice(before)
        .map(async ({ id, workgroup, text }) => {
          const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
          return { workgroup, text, bytes: QueryExecution?.Statistics?.DataScannedInBytes ?? 0 };
        });
      return Promise.all(looks);
    }

    test('is told before anything runs; approved, the real bytes are told and counted, not the thought ones', async () => {
      const [before, had] = [started().length, await spent()];
      const { shown, press, estimate } = await card();
      await press('price.approve');
      await press('price.approve');
      await priced.doors.slack.world.until(() => !isPlan(shown()) && shown().text.includes('sessions,'), 60_000);
      const ran = await ranSince(before);
      const bytes = ran.reduce((sum, one) => sum + one.bytes, 0);
      expect(new Set(ran.map(({ workgroup }) => workgroup))).toEqual(new Set(['askstream-ask-large']));
      expect(new Set(ran.map(({ text }) => text)).size).toBe(ran.length);
      const now = await spent();
      expect(now.bytes - had.bytes).toBe(bytes);
      expect(now.queries - had.queries).toBe(ran.length);
      expect(now.usd - had.usd).toBeCloseTo(ran.length * 0.00005, 9);
      expect(bytes).toBeLessThan(1e6);
      console.log(`«${estimate}» then ${bytes} bytes in ${ran.length} queries, ${(now.usd - had.usd).toFixed(5)} $`);
    }, 120_000);

    test('is not paid where it is cancelled', async () => {
      const [before, had] = [calls(), await spent()];
      const { shown, press } = await card();
      await press('price.cancel');
      await priced.doors.slack.world.until(() => shown().text.includes('Cancelled'));
      await press('price.approve');
      expect(calls()).toBe(before);
      expect(await spent()).toEqual(had);
    }, 120_000);

    test('has a smaller way that reads fewer days, and only these', async () => {
      const before = started().length;
      const { shown, press } = await card();
      expect(JSON.stringify(shown().blocks)).toContain('Last 7 days for ');
      await press('price.smaller');
      await priced.doors.slack.world.until(() => !isPlan(shown()) && shown().text.includes('sessions,'), 60_000);
      const ran = await ranSince(before);
      expect(ran.length).toBeGreaterThan(0);
      expect(ran.map(({ text }) => text).join()).toContain('2026-11-17');
      expect(ran.map(({ text }) => text).join()).not.toContain('2026-10-');
    }, 120_000);

    test('of SQL without a bound has the same with a bound', async () => {
      const before = started().length;
      const { shown, press } = await card('```SELECT count(*) AS n, max(page_path) AS p FROM events```');
      await press('price.smaller');
      await priced.doors.slack.world.until(() => JSON.stringify(shown().blocks).includes('scanned'), 60_000);
      const ran = await ranSince(before);
      expect(ran.map(({ text }) => /dt BETWEEN '2026-11-1\d' AND '2026-11-2\d'/.test(text))).toEqual([true]);
    }, 120_000);

    test('over the day’s budget is refused with what is left, and nothing runs', async () => {
      const poor = await enter({ DAILY_USD_PERSON: '0.001' });
      const before = calls();
      const { shown } = await ask(poor.doors, question);
      expect(shown().text).toMatch(/of your \$0\.00\d* for today|budget/);
      expect(calls()).toBe(before);
    }, 120_000);
  });
}

/** What the house keeps of what the data hold. */
interface Learned {
  readonly facts: { readonly dataVersion: string };
}

function number(text: string | undefined): number {
  return Number(text?.replaceAll(',', ''));
}
