import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { EVENT_COLUMNS, ITEM_COLUMNS, RAW_RECORD_COLUMNS } from '../refresh/reader/raw-columns.ts';
import type { Snapshot } from '../refresh/snapshot.ts';
import { ruleTables, TRANSFORM_NAMES, transform } from '../refresh/transforms.ts';
import type { Clock } from '../services/clock.ts';
import type { RefreshEnd, Refresher, RefreshFault, RefreshOptions, Run } from '../services/refresher.ts';
import { takeLock } from './refresh-lock.ts';
import { listRawFiles, type RawListing } from './refresh-raw-files.ts';
import { runRefresh } from './refresh-run.ts';
import type { RunSettings } from './refresh-stage.ts';
import { openRefreshStore, type RefreshState, type RefreshStore, readJson } from './refresh-store.ts';

/** Where the raw files lie, where the tables go, and what they mean. */
export interface DuckdbRefresherOptions {
  readonly rawDir: string;
  readonly dataDir: string;
  /** IANA zone of the shop: it decides to which day an event belongs. */
  readonly zone: string;
  /** ISO 4217 code of the shop's own currency. */
  readonly currency: string;
  /** Sent event name → ours. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Sent attribute name → ours. */
  readonly attributeAliases?: Readonly<Record<string, string>>;
  /** A file of address ranges with their places. */
  readonly geoRanges?: string;
  /** `one`: items carry the stock as their quantity, so each counts as one unit. */
  readonly unitsPerItem?: 'quantity' | 'one';
  readonly clock: Clock;
  readonly codeVersion: string;
}

/** Changes when the reader means something else by the same raw file. */
const READER_VERSION = 1;

/** Brings raw files of a folder into Parquet tables of another, with DuckDB in this process; Glue's counterpart. */
export function openDuckdbRefresher(options: DuckdbRefresherOptions): Refresher {
  const opened: { store?: Promise<RefreshStore> } = {};
  const store = () => {
    opened.store ??= openRefreshStore(options.dataDir);
    return opened.store;
  };
  const mark = fingerprint(options);
  const current: { run?: Promise<RefreshEnd> } = {};
  return {
    pending: async () => {
      const listing = await listRawFiles(options.rawDir);
      const before = await lastState(await store());
      const files = newFiles(listing, before?.state, mark);
      return { files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) };
    },
    refresh: (refresh) => {
      current.run ??= lockedRun(options, mark, store, refresh).finally(() => {
        delete current.run;
      });
      return current.run;
    },
    freshness: async () => {
      const opened = await store();
      const snapshot = await opened.snapshot();
      const last = await readJson<{ finished_at: string }>(opened.path('state/last-run.json'));
      return {
        firstDay: snapshot?.firstDay ?? null,
        lastDay: snapshot?.lastDay ?? null,
        newestEventTime: snapshot?.newestEventTime ?? null,
        lastRunAt: last?.finished_at ?? snapshot?.writtenAt ?? null,
        dataVersion: snapshot?.version ?? 'empty',
      };
    },
  };
}

async function lastState(store: RefreshStore): Promise<{ state: RefreshState; snapshot: Snapshot } | undefined> {
  const snapshot = await store.snapshot();
  return snapshot === undefined ? undefined : { snapshot, state: await store.state(snapshot.version) };
}

function newFiles(listing: RawListing | undefined, state: RefreshState | undefined, mark: string): RawListing['files'] {
  if (state === undefined || state.fingerprint !== mark) return listing?.files ?? [];
  const known = new Map(state.files.map(([key, size, modified]) => [key, `${size} ${modified}`]));
  return (listing?.files ?? []).filter((file) => known.get(file.key) !== `${file.size} ${file.modified}`);
}

async function lockedRun(
  options: DuckdbRefresherOptions,
  mark: string,
  open: () => Promise<RefreshStore>,
  refresh: RefreshOptions,
): Promise<RefreshEnd> {
  const startedAt = options.clock.now();
  const run = { id: `${startedAt.replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`, startedAt };
  let store: RefreshStore;
  try {
    store = await open();
  } catch (error) {
    return failed(
      run,
      options,
      refresh,
      'fault',
      'The data folder cannot be used; check that it exists and may be written to.',
      error,
    );
  }
  const lock = await takeLock(store.path('refresh.lock'), { since: startedAt, trigger: refresh.trigger });
  if (lock.kind === 'taken') return { kind: 'running', since: lock.by.since, by: `${lock.by.trigger} (process ${lock.by.pid})` };
  try {
    return await oneRun(store, options, mark, refresh, run);
  } finally {
    await lock.release();
  }
}

interface Started {
  readonly id: string;
  readonly startedAt: string;
}

async function oneRun(
  store: RefreshStore,
  options: DuckdbRefresherOptions,
  mark: string,
  refresh: RefreshOptions,
  run: Started,
): Promise<RefreshEnd> {
  const step = refresh.onStep ?? (() => undefined);
  try {
    step({ step: 'list' });
    const listing = await listRawFiles(options.rawDir);
    if (listing === undefined) {
      return await keepFailure(
        store,
        options,
        failed(
          run,
          options,
          refresh,
          'raw_missing',
          'The folder with the raw files does not exist or is no folder; set RAW_DIR to where they lie.',
        ),
      );
    }
    const before = await lastState(store);
    const full = refresh.full === true || before?.state.fingerprint !== mark;
    const files = full ? listing.files : newFiles(listing, before?.state, mark);
    step({ step: 'list', files: files.length });
    if (files.length === 0 && before !== undefined && !full) return await nothingNew(store, options, refresh, run, listing);
    const outcome = await runRefresh(store, {
      settings: settingsOf(options, run.id),
      fingerprint: mark,
      startedAt: run.startedAt,
      now: () => options.clock.now(),
      trigger: refresh.trigger,
      codeVersion: options.codeVersion,
      full,
      before,
      files,
      unreadable: listing.unreadable,
      waiting: await store.waitingRuns(),
      onStep: step,
    });
    if (outcome.kind === 'not_conserved')
      return await keepFailure(store, options, {
        kind: 'failed',
        run: outcome.run,
        code: 'not_conserved',
        message: outcome.message,
      });
    await store.keepWaiting([]);
    await rememberRun(store, outcome.run);
    await store.sweep([outcome, ...(before === undefined ? [] : [before])]);
    return { kind: 'done', run: outcome.run };
  } catch (error) {
    return await keepFailure(store, options, faultEnd(run, options, refresh, error));
  }
}

async function nothingNew(
  store: RefreshStore,
  options: DuckdbRefresherOptions,
  refresh: RefreshOptions,
  run: Started,
  listing: RawListing,
): Promise<RefreshEnd> {
  const end: Run = {
    ...emptyRun(run, refresh),
    status: 'nothing_new',
    finished_at: options.clock.now(),
    unreadable: listing.unreadable,
  };
  await store.keepWaiting([...(await store.waitingRuns()), { ...end, code_version: options.codeVersion }]);
  await rememberRun(store, end);
  return { kind: 'done', run: end };
}

async function rememberRun(store: RefreshStore, run: Run): Promise<void> {
  await writeFile(store.path('state/last-run.json'), JSON.stringify(run));
}

function emptyRun(run: Started, refresh: RefreshOptions): Run {
  return {
    run_id: run.id,
    run_trigger: refresh.trigger,
    status: 'failed',
    started_at: run.startedAt,
    finished_at: run.startedAt,
    files_read: 0,
    records_read: 0,
    events: 0,
    duplicates: 0,
    quarantined: 0,
    late_events: 0,
    reasons: {},
    partitions_written: [],
    newest_event_time: null,
    unreadable: [],
  };
}

type FailedEnd = Extract<RefreshEnd, { kind: 'failed' }> & { readonly cause?: unknown };

function failed(
  run: Started,
  options: DuckdbRefresherOptions,
  refresh: RefreshOptions,
  code: RefreshFault,
  message: string,
  cause?: unknown,
): FailedEnd {
  return {
    kind: 'failed',
    run: { ...emptyRun(run, refresh), finished_at: options.clock.now() },
    code,
    message,
    ...(cause === undefined ? {} : { cause }),
  };
}

function faultEnd(run: Started, options: DuckdbRefresherOptions, refresh: RefreshOptions, error: unknown): FailedEnd {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left|disk is full|max_temp_directory_size/i.test(String(error))) {
    return failed(
      run,
      options,
      refresh,
      'disk_full',
      'The disk of the data folder is full; nothing was changed. Make room and run the refresh again.',
      error,
    );
  }
  return failed(
    run,
    options,
    refresh,
    'fault',
    'The refresh stopped with a fault of its own; nothing was changed. Run it again; if it stops again, look into the log.',
    error,
  );
}

// What could not be published takes no room; the tables that stand stay as they are.
async function keepFailure(store: RefreshStore, options: DuckdbRefresherOptions, end: FailedEnd): Promise<RefreshEnd> {
  const before = await lastState(store).catch(() => undefined);
  await rm(store.temporary(end.run.run_id), { recursive: true, force: true });
  await store.sweep(before === undefined ? [] : [before]).catch(() => undefined);
  await store
    .keepWaiting([...(await store.waitingRuns().catch(() => [])), { ...end.run, code_version: options.codeVersion }])
    .catch(() => undefined);
  await rememberRun(store, end.run).catch(() => undefined);
  return end;
}

function settingsOf(options: DuckdbRefresherOptions, runId: string): RunSettings {
  return {
    runId,
    zone: options.zone,
    currency: options.currency,
    unitsPerItem: options.unitsPerItem ?? 'quantity',
    aliases: options.aliases,
    attributeAliases: options.attributeAliases ?? {},
    geoRanges: options.geoRanges,
  };
}

function fingerprint(options: DuckdbRefresherOptions): string {
  const { zone, currency, aliases, attributeAliases, unitsPerItem, geoRanges } = options;
  const geo = geoRanges === undefined ? null : fileMark(geoRanges);
  const texts = TRANSFORM_NAMES.map((name) => transform(name));
  const columns = [RAW_RECORD_COLUMNS, EVENT_COLUMNS, ITEM_COLUMNS];
  const all = [
    READER_VERSION,
    zone,
    currency,
    aliases,
    attributeAliases ?? {},
    unitsPerItem ?? 'quantity',
    geo,
    texts,
    columns,
    ruleTables(),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 24);
}

function fileMark(path: string): string {
  try {
    const facts = statSync(path);
    return `${facts.size} ${facts.mtimeMs}`;
  } catch {
    return 'missing';
  }
}
