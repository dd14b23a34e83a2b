import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest } from '@jest/globals';
import { type Doors, type HandClock, handClock, openDoors } from '../doors/open-doors.ts';
import { holdRow } from './fault-table.ts';
import { type JumpingPace, jumpingPace } from './jumping-pace.ts';
import { openShopInABox, type ShopInABox } from './open-shop-in-a-box.ts';

// A refresh and the answers that it corrects take their time where others work too.
jest.setTimeout(120_000);

/** A shop in the box behind the simulated Slack, where faults are switched on and what a person sees is held to docs/faults.md. */
export interface FaultBench {
  readonly shop: ShopInABox;
  readonly doors: Doors;
  readonly clock: HandClock;
  readonly pace: JumpingPace;
  /** Asks in a channel: the one message that came, and the queries that were started for it. */
  asked(text: string, during?: () => void): Promise<{ saw: string; started: ShopInABox['box']['athena']['log']['started'] }>;
  /** Asks, and holds what was seen to the page; `queries` are those that were started. */
  row(fault: string, text: string, kept: string, during?: () => void, queries?: number): Promise<void>;
  /** One more file, /refresh, and its last words. */
  refreshed(): Promise<string>;
  close(): Promise<void>;
}

/** Opens it, with everything learned that a house learns at its first question. */
export async function openFaultBench(): Promise<FaultBench> {
  const clock = handClock();
  const pace = jumpingPace();
  const shop = await openShopInABox(clock, pace);
  const { line, refresher, memory } = shop.house;
  const app = { line, refresher, memory: memory!, engine: 'Athena', sole: false, report: () => 'AS-TEST1' };
  const doors = await openDoors({ clock, ...app });
  const asked: FaultBench['asked'] = async (text, during = () => {}) => {
    const { act, world } = doors.slack;
    const before = shop.box.athena.log.started.length;
    const did = await act.mention('analyst', '#shop-numbers', text);
    const ts = did.ok ? (did.ts ?? '') : '';
    during();
    const answers = () => world.thread('#shop-numbers', ts).filter((m) => m.botId && m.blocks?.[0]?.type !== 'plan');
    await world.until(() => answers().length > 0, 60_000);
    expect(answers()).toHaveLength(1);
    return { saw: answers()[0]!.text, started: shop.box.athena.log.started.slice(before) };
  };
  await asked('sessions last 3 days');
  while (!(await memory!.get('facts', 'learned'))) await new Promise(setImmediate);
  return {
    shop,
    doors,
    clock,
    pace,
    asked,
    async row(fault, text, kept, during, queries = 1) {
      const { saw, started } = await asked(text, during);
      expect(started).toHaveLength(queries);
      holdRow({ fault, saw, kept });
    },
    refreshed: () => refreshed(shop, doors),
    async close() {
      await doors.close();
      await shop.close();
    },
  };
}

let copies = 0;

async function refreshed({ box }: ShopInABox, { slack: { act, world } }: Doors): Promise<string> {
  const { raw } = box.buckets;
  copyFileSync(join(raw, firstFile(raw)), join(raw, `zz-${++copies}.json.gz`));
  const before = new Set(world.messages('#shop-numbers').map((m) => m.ts));
  await act.command('owner', '#shop-numbers', '/refresh');
  const told = () => world.messages('#shop-numbers').find((m) => !before.has(m.ts) && m.botId)?.text;
  await world.until(() => told() && !/^Refresh: .* started at/.test(told()!), 60_000);
  return told()!.replace(/\d\d:\d\d/g, 'HH:MM');
}

function firstFile(folder: string): string {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.gz')).sort()[0]!;
}
