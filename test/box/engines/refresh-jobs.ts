import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDuckdbRefresher } from '../../../src/local/duckdb-refresher.ts';
import type { SparkSession } from '../../engines/spark/spark-session.ts';
import type { Job } from '../servers/glue-server.ts';
import { copyTables } from './copy-tables.ts';

/** Folders that are the buckets of the box. */
export interface Buckets {
  readonly raw: string;
  readonly results: string;
  readonly state: string;
}

/** The real job's script under real PySpark, as Glue calls it. */
export function sparkJob(python: string, buckets: Buckets, settings: { zone: string; currency: string }): Job {
  const script = fileURLToPath(new URL('../../../infra/glue/refresh_job.py', import.meta.url));
  return async ({ id, args }) => {
    const child = spawn(python, [script, ...jobArguments(id, args, buckets, settings)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', PYSPARK_PYTHON: python, SPARK_LOCAL_IP: '127.0.0.1' },
    });
    let tail = '';
    child.stderr.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-2000);
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    return code === 0 ? { state: 'SUCCEEDED' } : { state: 'FAILED', message: tail };
  };
}

/** The same job under a Spark that is started already: its second run costs no start. */
export function sparkSessionJob(spark: SparkSession, buckets: Buckets, settings: { zone: string; currency: string }): Job {
  return async ({ id, args }) => {
    const { status } = await spark.run(jobArguments(id, args, buckets, settings));
    return status === 'failed' || status === 'died' ? { state: 'FAILED', message: spark.said() } : { state: 'SUCCEEDED' };
  };
}

/** The local refresh in Spark's place, where there is no PySpark: the same transforms, laid out and told as the job does. */
export function duckdbJob(
  buckets: Buckets,
  work: string,
  settings: { zone: string; currency: string; aliases: Readonly<Record<string, string>> },
): Job {
  const clock = { now: () => new Date().toISOString() };
  const refresher = openDuckdbRefresher({ rawDir: buckets.raw, dataDir: work, ...settings, clock, codeVersion: 'box' });
  return async ({ id, args }) => {
    const tell = (value: object) => {
      mkdirSync(join(buckets.state, 'runs'), { recursive: true });
      writeFileSync(join(buckets.state, 'runs', `${id}.json`), JSON.stringify(value));
    };
    const end = await refresher.refresh({
      trigger: 'schedule',
      full: args['--full'] === 'true',
      onStep: (step) => tell({ status: 'running', ...step }),
    });
    if (end.kind === 'running') throw new Error('two runs at once');
    if (end.kind === 'done') {
      copyTables(work, buckets.results);
      mkdirSync(join(buckets.state, 'manifest'), { recursive: true });
      writeFileSync(join(buckets.state, 'manifest', `${id}.json`), JSON.stringify(rawFiles(buckets.raw)));
    }
    tell({ ...end.run, run_id: id, run_trigger: args['--trigger'], ...(end.kind === 'failed' ? { code: end.code } : {}) });
    return { state: end.kind === 'done' ? 'SUCCEEDED' : 'FAILED' };
  };
}

/** Every raw file as a manifest names it: key, size, time. */
function rawFiles(folder: string): [string, number, number][] {
  return (readdirSync(folder, { recursive: true }) as string[]).flatMap((name) => {
    const facts = statSync(join(folder, name));
    return facts.isFile() ? [[name, facts.size, facts.mtimeMs] as [string, number, number]] : [];
  });
}

function jobArguments(
  id: string,
  args: Readonly<Record<string, string>>,
  { raw, results, state }: Buckets,
  { zone, currency }: { zone: string; currency: string },
): string[] {
  const given = { '--JOB_RUN_ID': id, ...args, '--raw': raw, '--results': results, '--state': state };
  return Object.entries({ ...given, '--zone': zone, '--currency': currency }).flat();
}
