import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import { duckdbJob, sparkJob } from './engines/refresh-jobs.ts';
import { type Box, openBox } from './open-box.ts';
import type { Turn } from './servers/bedrock-server.ts';

/**
 * `npm run box`: AWS in a box, and the app in it with the playground. Real Trino behind Athena's wire, real PySpark behind
 * Glue's where `BOX_PYTHON` names a Python that has it, else the local refresh in its place. The first tables are made by a
 * first `/refresh` (or by the line «refresh» here). Faults are switched on by lines on standard input; «help» lists them.
 */
const settings = { zone: process.env.SHOP_TIME_ZONE ?? 'UTC', currency: process.env.SHOP_CURRENCY ?? 'EUR' };
const clock = { now: () => new Date().toISOString() };
const work = mkdtempSync(join(tmpdir(), 'box-'));
const python = process.env.BOX_PYTHON;
// Spark on a laptop takes a minute for little; DuckDB takes seconds for more.
const size = python ? { days: 10, scale: 0.05 } : { days: 35, scale: 0.2 };
let modelSays: Turn = { text: 'I have no idea.' };

const box = await openBox({
  database: 'shop',
  job: (buckets) =>
    python ? sparkJob(python, buckets, settings) : duckdbJob(buckets, join(work, 'job'), { ...settings, aliases: {} }),
  model: () => modelSays,
});
if (typeof box === 'string') {
  console.error(`The box can't be opened: ${box}.`);
  process.exit(1);
}

console.error('Athena is a real Trino, Glue runs', python ? 'real PySpark.' : 'the local refresh (set BOX_PYTHON for PySpark).');
const shop = openSampleShop({ rawDir: box.buckets.raw, seed: 1, zone: settings.zone, clock, ...size });
const { events } = await shop.topUp();
console.error(
  `The sample shop has sent ${events.toLocaleString('en')} records. Ask for /refresh in the playground, or write refresh.`,
);
const root = fileURLToPath(new URL('../../', import.meta.url));
const app = spawn(process.execPath, ['--import', './src/hooks.ts', 'src/main.ts'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, ...box.environment, DATA_DIR: join(work, 'data') },
});
const live = shop.live(15_000);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => console.error(obey(line.trim(), box)));
app.once('exit', () => void close());
process.once('SIGINT', () => app.kill('SIGINT'));
process.once('SIGTERM', () => app.kill('SIGTERM'));

async function close(): Promise<void> {
  lines.close();
  await live.stop().catch(() => {});
  await (box as Box).close();
  rmSync(work, { recursive: true, force: true });
  process.exit(0);
}

/** One line → what was done, as a sentence. */
function obey(line: string, { athena, glue, environment }: Box): string {
  const [word = '', count = '1'] = line.split(/\s+/);
  const faults: Readonly<Record<string, readonly [string, () => void]>> = {
    throttle: [`The next ${count} starts of queries are throttled.`, () => (athena.faults.throttledStarts = Number(count))],
    lose: [`The next ${count} answers to starts are lost.`, () => (athena.faults.lostStarts = Number(count))],
    blink: [`The next ${count} looks at queries fail.`, () => (athena.faults.failingLooks = Number(count))],
    queue: ['Queries stay in the queue until «well».', () => (athena.faults.isQueueStuck = true)],
    expire: ['Credentials are expired until «well».', () => (athena.faults.areCredentialsExpired = true)],
    system: [
      'The next query fails by a fault of Athena’s own, and succeeds when it is asked again.',
      () => athena.faults.nextFailures.push({ reason: 'INTERNAL_ERROR: a node was lost', category: 1 }),
    ],
    exhaust: [
      'The next query exhausts Athena’s resources.',
      () => athena.faults.nextFailures.push({ reason: 'Query exhausted resources at this scale factor', category: 2, type: 3 }),
    ],
    deny: ['Glue refuses everything until «well».', () => (glue.faults.isAccessDenied = true)],
    mumble: ['The model says only words.', () => (modelSays = { text: 'I have no idea.' })],
    busy: ['The model is throttled.', () => (modelSays = { error: 'ThrottlingException', status: 429 })],
    well: [
      'Everything is well again.',
      () =>
        Object.assign(athena.faults, { isQueueStuck: false, areCredentialsExpired: false }) &&
        Object.assign(glue.faults, { isAccessDenied: false }),
    ],
    refresh: [
      'The job has been started, as the schedule would.',
      () => void startRun(environment.AWS_ENDPOINT_URL_GLUE ?? '', environment.AWS_REFRESH_JOB ?? ''),
    ],
  };
  const found = faults[word];
  if (!found)
    return Object.entries(faults)
      .map(([name, [words]]) => `${name.padEnd(9)} ${words}`)
      .join('\n');
  found[1]();
  return found[0];
}

async function startRun(endpoint: string, job: string): Promise<void> {
  const body = JSON.stringify({ JobName: job, Arguments: { '--trigger': 'schedule' } });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSGlue.StartJobRun' };
  await fetch(endpoint, { method: 'POST', body, headers });
}
