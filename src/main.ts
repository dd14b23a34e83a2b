import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { WebAPIRequestError } from '@slack/web-api';
import { pino } from 'pino';
import { type Config, ConfigFault, readConfig } from './config.ts';
import { GlossaryFault } from './glossary/glossary-fault.ts';
import { openAliveFile } from './open-alive-file.ts';
import { type House, openHouse } from './open-house.ts';
import { MemoryFault, openLocalMemory } from './open-local-memory.ts';
import { checkSlackSettings, openSlack, SlackSettingsFault, type SlackWorld } from './open-slack.ts';
import { reference } from './reference.ts';
import { ownerOfRawDir } from './sample/raw-files.ts';
import { openSampleShop, type SampleShop } from './sample/sample-shop.ts';
import type { Clock } from './services/clock.ts';
import type { Memory } from './services/memory.ts';
import { SocketFault } from './slack/keep-connected.ts';

/** What keeps the app from starting; its message is one sentence for the one who runs it. */
class StartFault extends Error {}

const clock: Clock = { now: () => new Date().toISOString() };
const say = (line: string) => console.error(line);
const stepWords = {
  list: 'finding new files',
  stage: 'reading them',
  build: 'rebuilding the days they touch',
  publish: 'putting the tables in place',
} as const;

try {
  await start();
} catch (fault) {
  console.error(sentenceOf(fault));
  process.exit(1);
}

/** Configuration → house → data → doors. A first start fills the tables before it prints the address, a later one after. */
async function start(): Promise<void> {
  const config = readConfig();
  await checkWorld(config);
  const log = pino({ level: config.LOG_LEVEL }, pino.destination(2));
  const report = (fault: unknown, what: string) => {
    const ref = reference();
    log.error({ reference: ref, what, err: fault }, 'a fault');
    return ref;
  };
  const own = config.WAREHOUSE === 'local' ? await openLocalMemory(config.DATA_DIR, clock) : undefined;
  let house: House | undefined;
  try {
    house = openHouse(config, { clock, report, ...(own ? { memory: own } : {}) });
    await openDoors(house, { log, report }, own);
  } catch (fault) {
    await house?.close();
    await own?.close();
    throw fault;
  }
}

async function openDoors(house: House, { log, report }: Pick<SlackWorld, 'log' | 'report'>, own: Memory | undefined) {
  const { config } = house;
  const memory = own ?? house.memory!;
  // On AWS the raw files are the shop's own, and the job has a clock of its own: a start must not cost a run.
  const isLocal = config.WAREHOUSE === 'local';
  const pace = { behindMs: 20 * 60_000 };
  const shop = isLocal ? await sampleShop(house, pace) : undefined;
  const isFirst = isLocal && (await house.refresher.freshness()).lastRunAt === null;
  if (isFirst) await fill(house, shop, say, report);
  if (isFirst) pace.behindMs = 0;

  const manifestText = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
  const slack = await openSlack(house, { memory, report, log, manifestText });
  const alive = openAliveFile({ dataDir: config.DATA_DIR, clock, downSince: slack.downSince, log });
  console.log(slack.url ? `Askstream is open at ${slack.url}` : 'Askstream is connected to Slack.');

  if (isLocal && !isFirst) {
    void fill(house, shop, () => {}, report)
      .catch((fault: unknown) => report(fault, 'first refresh'))
      .finally(() => {
        pace.behindMs = 0;
      });
  }
  const live = shop?.live(15_000);
  const hourly = setInterval(() => {
    if (!isLocal) return;
    house.refresher.refresh({ trigger: 'schedule' }).catch((fault: unknown) => report(fault, 'hourly refresh'));
  }, 3_600_000);
  closeOnSignal(async () => {
    clearInterval(hourly);
    alive.close();
    await live?.stop();
    await slack.close();
    await house.close();
    await own?.close();
  });
}

/** What can be known to be wrong before anything long begins: the raw folder, Slack's settings, the port. */
async function checkWorld(config: Config): Promise<void> {
  if (config.RAW_DIR !== undefined && !existsSync(config.RAW_DIR)) {
    throw new StartFault(
      `The folder RAW_DIR=${config.RAW_DIR} doesn't exist. Name one that does, or leave RAW_DIR out for the sample shop.`,
    );
  }
  checkSlackSettings(config);
  const listens = !config.SLACK_BOT_TOKEN || !config.SLACK_APP_TOKEN;
  if (!listens) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(config.PORT, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/**
 * The sample shop, unless a folder holds somebody's own files. Its first files stop some minutes before now, and the rest
 * arrive once the app is open, as a shop's would: so `/refresh` has something to bring from the first minute on.
 */
async function sampleShop({ config, rawDir }: House, pace: { readonly behindMs: number }): Promise<SampleShop | undefined> {
  const owner = await ownerOfRawDir(rawDir);
  if (owner === 'other' || (config.RAW_DIR !== undefined && owner !== 'sample')) return undefined;
  const behind: Clock = { now: () => new Date(Date.parse(clock.now()) - pace.behindMs).toISOString() };
  return openSampleShop({ rawDir, seed: 1, zone: config.SHOP_TIME_ZONE, clock: behind });
}

async function fill(
  house: House,
  shop: SampleShop | undefined,
  tell: (line: string) => void,
  report: SlackWorld['report'],
): Promise<void> {
  let shown = -1;
  const files = await shop?.topUp((done, total) => {
    const tenth = total === 0 ? 10 : Math.floor((done / total) * 10);
    if (tenth > shown) tell(`Making the sample shop: ${tenth * 10}%`);
    shown = Math.max(shown, tenth);
  });
  if (files)
    tell(`The sample shop has written ${files.files.toLocaleString('en')} files, ${files.events.toLocaleString('en')} records.`);
  const end = await house.refresher.refresh({
    trigger: 'start',
    onStep: ({ step, records, partitions }) =>
      tell(`Refreshing: ${stepWords[step]}${counted(records, 'records')}${counted(partitions, 'days')}`),
  });
  if (end.kind === 'failed') {
    const ref = report(new Error(end.message, { cause: (end as { cause?: unknown }).cause }), 'refresh');
    tell(`${end.message} The app opens with the data it has. Reference ${ref}.`);
  }
  if (end.kind === 'done') tell(`The tables hold ${end.run.events.toLocaleString('en')} new events.`);
}

function counted(n: number | undefined, what: string): string {
  return n === undefined ? '' : `, ${n.toLocaleString('en')} ${what}`;
}

/** A second signal ends at once. */
function closeOnSignal(close: () => Promise<void>): void {
  let closing = false;
  const end = () => {
    if (closing) process.exit(1);
    closing = true;
    close().then(
      () => process.exit(0),
      (fault: unknown) => {
        console.error(sentenceOf(fault));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function sentenceOf(fault: unknown): string {
  for (let f: unknown = fault; f instanceof Error; f = f.cause) {
    if (
      f instanceof ConfigFault ||
      f instanceof GlossaryFault ||
      f instanceof SlackSettingsFault ||
      f instanceof StartFault ||
      f instanceof SocketFault ||
      f instanceof MemoryFault
    )
      return f.message;
    const { code, port } = f as NodeJS.ErrnoException & { port?: number };
    if (code === 'EADDRINUSE') return `Port ${port} is taken. Set PORT to another one, or to 0 for any free one.`;
    if (f instanceof WebAPIRequestError) return 'Slack can’t be reached. Look at the network, then start again.';
    const word = (f as { data?: { error?: string } }).data?.error;
    if (word === 'invalid_auth' || word === 'not_authed' || word === 'account_inactive')
      return 'Slack refuses the bot token. Copy SLACK_BOT_TOKEN anew from your app’s page, OAuth & Permissions.';
  }
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
