import { readFileSync } from 'node:fs';
import type { Pace } from '../../src/aws/pause.ts';
import { readConfig } from '../../src/config.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { type House, openHouse } from '../../src/open-house.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import type { Clock } from '../../src/services/clock.ts';
import { duckEngine } from './engines/duck-engine.ts';
import { duckdbJob } from './engines/refresh-jobs.ts';
import { type Box, openBox } from './open-box.ts';
import type { Turn } from './servers/bedrock-server.ts';
import type { Job } from './servers/glue-server.ts';

/** A small shop on AWS in a box, the local engine behind Athena's wire, its tables made by one run of the job. */
export interface ShopInABox {
  readonly box: Box;
  readonly house: House;
  /** What was reported to the log. */
  readonly faults: string[];
  /** What the model does from now on. */
  says(turn: Turn): void;
  /** The next runs of the job end so, after `until`; without an end they do the job's work. */
  readonly runs: { readonly until?: Promise<void>; readonly end?: Awaited<ReturnType<Job>> }[];
  close(): Promise<void>;
}

/** Opens it: the same shop for the same clock. */
export async function openShopInABox(clock: Clock, pace?: Pace): Promise<ShopInABox> {
  const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
  if (!loaded.ok) throw new Error(loaded.message);
  const settings = { zone: 'Europe/Berlin', currency: 'EUR' };
  const engine = duckEngine({ glossary: loaded.glossary, clock });
  const runs: ShopInABox['runs'] = [];
  let turn: Turn = { text: 'I have no idea.' };
  const found = await openBox({
    database: loaded.glossary.database,
    engine,
    job: (buckets) => {
      const work = duckdbJob(buckets, engine.work, { ...settings, aliases: {} });
      return async (run) => {
        const { until, end } = runs.shift() ?? {};
        await until;
        return end ?? work(run);
      };
    },
    model: () => turn,
  });
  const box = found as Box;
  await openSampleShop({ rawDir: box.buckets.raw, seed: 7, zone: settings.zone, clock, days: 4, scale: 0.3 }).topUp();
  // The SDK's own clients read where their services are from the environment.
  Object.assign(process.env, box.environment);
  const faults: string[] = [];
  const house = openHouse(readConfig({ SHOP_TIME_ZONE: settings.zone, SHOP_CURRENCY: settings.currency, ...box.environment }), {
    clock,
    ...(pace ? { pace } : {}),
    report(fault, what) {
      faults.push(`${what}: ${String(fault)} ${String((fault as Error).cause ?? '')}`);
      return 'AS-TEST1';
    },
  });
  await house.refresher.refresh({ trigger: 'cli' });
  return {
    box,
    house,
    faults,
    runs,
    says(next) {
      turn = next;
    },
    async close() {
      await house.close();
      await box.close();
    },
  };
}
