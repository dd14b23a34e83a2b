import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RefreshEnd, RefreshFault, RefreshOptions, RefreshStep, Run } from '../services/refresher.ts';
import type { DuckdbRefresherOptions } from './duckdb-refresher.ts';
import { failedEnd, type Started } from './refresh-ends.ts';
import { takeLock } from './refresh-lock.ts';

const JOB = fileURLToPath(new URL('../../infra/glue/run_local.py', import.meta.url));
const KEPT_LINES = 60;

/**
 * One refresh by the Glue job itself, on a Spark of this machine: the same raw files into the same folder of tables as
 * DuckDB's, its book-keeping in `DATA_DIR/spark`. Where the other engine wrote the tables last, everything is read again.
 * `python` is one that has PySpark.
 */
export async function refreshWithSpark(
  options: DuckdbRefresherOptions & { readonly python: string },
  asked: RefreshOptions,
): Promise<RefreshEnd> {
  const startedAt = options.clock.now();
  const run: Started = {
    id: `${startedAt.replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`,
    startedAt,
    trigger: asked.trigger,
  };
  await mkdir(join(options.dataDir, 'spark'), { recursive: true });
  const lock = await takeLock(join(options.dataDir, 'refresh.lock'), { since: startedAt, trigger: asked.trigger });
  if (lock.kind === 'taken') return { kind: 'running', since: lock.by.since, by: `${lock.by.trigger} (process ${lock.by.pid})` };
  try {
    const args = await sparkArguments(options, { ...asked, runId: run.id });
    return endOf(await follow(spawn(options.python, [JOB, '--tied', ...args]), asked.onStep), run, options.clock.now());
  } finally {
    await lock.release();
  }
}

/** What the job is told; writes the owner's names beside its book-keeping. */
export async function sparkArguments(
  options: Omit<DuckdbRefresherOptions, 'clock'>,
  asked: { readonly full?: boolean; readonly trigger: string; readonly runId: string },
): Promise<readonly string[]> {
  const vocabulary = join(options.dataDir, 'spark', 'vocabulary.json');
  const units = options.unitsPerItem ?? 'quantity';
  const names = { event_aliases: options.aliases, attribute_aliases: options.attributeAliases ?? {}, units_per_item: units };
  await mkdir(join(options.dataDir, 'spark'), { recursive: true });
  await writeFile(vocabulary, JSON.stringify(names));
  const settings: Readonly<Record<string, string>> = {
    raw: options.rawDir,
    results: join(options.dataDir, 'results'),
    state: join(options.dataDir, 'spark'),
    zone: options.zone,
    currency: options.currency,
    trigger: asked.trigger,
    full: String(asked.full ?? false),
    'geo-ranges': options.geoRanges ?? '',
    'code-version': options.codeVersion,
    JOB_RUN_ID: asked.runId,
    vocabulary,
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

interface Followed {
  /** The last line of the job's output that is an account: Java may warn there too. */
  readonly account: Record<string, unknown> | undefined;
  /** The last lines that were no steps: for the log. */
  readonly said: readonly string[];
}

async function follow(job: ChildProcess, onStep: RefreshOptions['onStep']): Promise<Followed> {
  const said: string[] = [];
  let account: Record<string, unknown> | undefined;
  createInterface({ input: job.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const told = parsed(line);
    if (told?.status !== undefined) account = told;
  });
  createInterface({ input: job.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    const step = parsed(line);
    if (step?.step !== undefined) onStep?.(step as unknown as RefreshStep);
    else said.push(line);
    if (said.length > KEPT_LINES) said.shift();
  });
  await new Promise<void>((resolve) => {
    job.on('error', (fault) => {
      said.push(String(fault));
      resolve();
    });
    job.on('close', () => resolve());
  });
  return { account, said };
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function endOf({ account, said }: Followed, run: Started, finishedAt: string): RefreshEnd {
  if (account?.status === 'succeeded' || account?.status === 'nothing_new')
    return { kind: 'done', run: account as unknown as Run };
  const code = (account?.code ?? 'fault') as RefreshFault;
  const words = typeof account?.message === 'string' ? account.message : 'The refresh on Spark stopped with a fault of its own.';
  return failedEnd(run, finishedAt, code, words, new Error('the job on Spark failed', { cause: said.join('\n') }));
}
