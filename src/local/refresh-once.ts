import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Snapshot } from '../refresh/snapshot.ts';
import type { RefreshEnd, RefreshOptions, Run } from '../services/refresher.ts';
import { emptyRun, failedEnd, faultEnd, keepForLater, type Started } from './refresh-ends.ts';
import { takeLock } from './refresh-lock.ts';
import type { RefreshMarks } from './refresh-marks.ts';
import { listRawFiles, type RawListing } from './refresh-raw-files.ts';
import { runRefresh } from './refresh-run.ts';
import type { RunSettings } from './refresh-stage.ts';
import type { RefreshState, RefreshStore } from './refresh-store.ts';

/** What all runs of one refresher share. */
export interface RefreshHouse {
  readonly rawDir: string;
  readonly marks: RefreshMarks;
  readonly settings: Omit<RunSettings, 'runId'>;
  readonly codeVersion: string;
  readonly now: () => string;
  readonly store: () => Promise<RefreshStore>;
}

/** One run under the lock, from the listing to its end; every end is a value. */
export async function refreshOnce(house: RefreshHouse, options: RefreshOptions): Promise<RefreshEnd> {
  const startedAt = house.now();
  const id = `${startedAt.replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
  const run: Started = { id, startedAt, trigger: options.trigger };
  try {
    const store = await house.store();
    const lock = await takeLock(store.path('refresh.lock'), { since: startedAt, trigger: options.trigger });
    if (lock.kind === 'taken')
      return { kind: 'running', since: lock.by.since, by: `${lock.by.trigger} (process ${lock.by.pid})` };
    try {
      return await lockedRun(store, house, options, run);
    } finally {
      await lock.release();
    }
  } catch (error) {
    return faultEnd(run, house.now(), error);
  }
}

interface Published {
  readonly state: RefreshState;
  readonly snapshot: Snapshot;
}

/** State and snapshot of the last run that this engine published, unless another one has written the tables since. */
export async function lastPublished(store: RefreshStore): Promise<Published | undefined> {
  const snapshot = await store.snapshot();
  const state = snapshot === undefined ? undefined : await store.state(snapshot.version);
  return snapshot === undefined || state === undefined ? undefined : { snapshot, state };
}

/** Files of the listing that are not in the tables as they lie there now. */
export function newFiles(
  listing: RawListing | undefined,
  state: RefreshState | undefined,
  fingerprint: string,
): RawListing['files'] {
  if (state === undefined || state.fingerprint !== fingerprint) return listing?.files ?? [];
  const known = new Map(state.files.map(([key, size, modified]) => [key, `${size} ${modified}`]));
  return (listing?.files ?? []).filter((file) => known.get(file.key) !== `${file.size} ${file.modified}`);
}

const RAW_MISSING = 'The folder with the raw files does not exist or is no folder; set RAW_DIR to where they lie.';

async function lockedRun(store: RefreshStore, house: RefreshHouse, options: RefreshOptions, run: Started): Promise<RefreshEnd> {
  const step = options.onStep ?? (() => undefined);
  try {
    step({ step: 'list' });
    const listing = await listRawFiles(house.rawDir);
    if (listing === undefined) return await giveUp(store, house, failedEnd(run, house.now(), 'raw_missing', RAW_MISSING));
    const before = await lastPublished(store);
    const full = options.full === true || before?.state.fingerprint !== house.marks.staged;
    const rebuild = full || before?.state.tables !== house.marks.tables;
    const files = full ? listing.files : newFiles(listing, before?.state, house.marks.staged);
    step({ step: 'list', files: files.length });
    if (files.length === 0 && before !== undefined && !rebuild) return await nothingNew(store, house, run, listing);
    const { marks, codeVersion, now } = house;
    const settings = { ...house.settings, runId: run.id };
    const waiting = await store.waitingRuns();
    const plan = { settings, marks, codeVersion, now, full, rebuild, before, files, waiting, onStep: step };
    const outcome = await runRefresh(store, {
      ...plan,
      startedAt: run.startedAt,
      trigger: run.trigger,
      unreadable: listing.unreadable,
    });
    if (outcome.kind !== 'published') {
      const code = outcome.kind === 'not_conserved' ? 'not_conserved' : 'fault';
      return await giveUp(store, house, {
        kind: 'failed',
        run: { ...outcome.run, status: 'failed' },
        code,
        message: outcome.message,
      });
    }
    await tidyUp(store, outcome, before);
    return { kind: 'done', run: outcome.run };
  } catch (error) {
    return await giveUp(store, house, faultEnd(run, house.now(), error));
  }
}

// The run is published: what fails from here on (a full disk) takes nothing back, and the next run makes up for it.
async function tidyUp(
  store: RefreshStore,
  outcome: Published & { readonly run: Run },
  before: Published | undefined,
): Promise<void> {
  await store.sweep([outcome, ...(before === undefined ? [] : [before])]).catch(() => undefined);
  await store.keepWaiting([]).catch(() => undefined);
  await store.rememberRun(outcome.run).catch(() => undefined);
}

async function nothingNew(store: RefreshStore, house: RefreshHouse, run: Started, listing: RawListing): Promise<RefreshEnd> {
  const end: Run = { ...emptyRun(run), status: 'nothing_new', finished_at: house.now(), unreadable: listing.unreadable };
  await keepForLater(store, end, house.codeVersion);
  return { kind: 'done', run: end };
}

// What could not be published takes no room; the tables that stand stay as they are. On a full disk even this may fail.
async function giveUp(
  store: RefreshStore,
  house: RefreshHouse,
  end: Extract<RefreshEnd, { kind: 'failed' }>,
): Promise<RefreshEnd> {
  const before = await lastPublished(store).catch(() => undefined);
  await rm(store.temporary(end.run.run_id), { recursive: true, force: true }).catch(() => undefined);
  await store.sweep(before === undefined ? [] : [before]).catch(() => undefined);
  await keepForLater(store, end.run, house.codeVersion).catch(() => undefined);
  return end;
}
