import { mkdir, rm } from 'node:fs/promises';
import type { Snapshot } from '../refresh/snapshot.ts';
import { TABLES } from '../refresh/tables.ts';
import type { RefreshStep, Run } from '../services/refresher.ts';
import { daysToBuild, rebuildDayTables } from './refresh-days.ts';
import { openRefreshEngine, type RefreshEngine, type Sql } from './refresh-engine.ts';
import { loadGeoRanges } from './refresh-geo.ts';
import { type Identity, settleIdentity } from './refresh-identity.ts';
import type { RefreshMarks } from './refresh-marks.ts';
import type { ListedFile, ReadFile } from './refresh-readers.ts';
import { buildRollups } from './refresh-rollups.ts';
import { writeRuns } from './refresh-runs.ts';
import { type RunSettings, settingsSql, stageFiles } from './refresh-stage.ts';
import type { RefreshState, RefreshStore, StagedPart, StoredRun } from './refresh-store.ts';
import { buildDays, buildQuarantine, buildUsersAndOrders, type TableFiles } from './refresh-tables.ts';

/** What one run is given. */
export interface RunPlan {
  readonly settings: RunSettings;
  readonly marks: RefreshMarks;
  readonly startedAt: string;
  readonly now: () => string;
  readonly trigger: string;
  readonly codeVersion: string;
  /** Everything is read again; the tables that stand are replaced. */
  readonly full: boolean;
  /** All tables are built again, from staged rows where not everything is read again. */
  readonly rebuild: boolean;
  readonly before: { readonly state: RefreshState; readonly snapshot: Snapshot } | undefined;
  /** New and changed files. */
  readonly files: readonly ListedFile[];
  readonly unreadable: Run['unreadable'];
  readonly waiting: readonly StoredRun[];
  readonly onStep: (step: RefreshStep) => void;
}

export type RunOutcome =
  | { readonly kind: 'published'; readonly run: Run; readonly state: RefreshState; readonly snapshot: Snapshot }
  | { readonly kind: 'not_conserved' | 'bad_setting'; readonly run: Run; readonly message: string };

/** A state in which nothing was read yet. */
export function emptyState(marks: RefreshMarks): RefreshState {
  return {
    version: '',
    fingerprint: marks.staged,
    tables: marks.tables,
    files: [],
    parts: [],
    ids: [],
    losers: null,
    nextRid: 1,
    spans: [],
    purchases: [],
    orderSessions: [],
    accepted: 0,
  };
}

/**
 * One run from raw files to a published snapshot. Nothing that readers see changes before the last step; a crash anywhere
 * leaves only files that nothing names, which a later run removes.
 */
export async function runRefresh(store: RefreshStore, plan: RunPlan): Promise<RunOutcome> {
  const id = plan.settings.runId;
  const temporary = store.temporary(id);
  await mkdir(`${temporary}/spill`, { recursive: true });
  const engine = await openRefreshEngine({ temporary: `${temporary}/spill` });
  try {
    const sql = await engine.connect();
    await sql.run(settingsSql(plan.settings));
    const problem = await loadGeoRanges(sql, plan.settings.geoRanges, temporary);
    if (problem !== undefined) return { kind: 'bad_setting', run: countedRun(plan, [], NOTHING), message: problem };
    const end = await steps(engine, sql, store, plan);
    sql.close();
    return end;
  } finally {
    engine.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

async function steps(engine: RefreshEngine, sql: Sql, store: RefreshStore, plan: RunPlan): Promise<RunOutcome> {
  const id = plan.settings.runId;
  const before = plan.full || plan.before === undefined ? emptyState(plan.marks) : plan.before.state;
  plan.onStep({ step: 'stage', files: plan.files.length, records: 0 });
  const staged = await stageFiles({ engine, store, settings: plan.settings, firstRid: before.nextRid }, plan.files, (records) =>
    plan.onStep({ step: 'stage', files: plan.files.length, records }),
  );
  const broken = staged.files.filter((file) => file.fault !== null);
  const replaced = replacedFiles(before, staged.files);
  const identity = await settleIdentity(sql, store, {
    id,
    before,
    parts: staged.parts,
    broken: broken.map((file) => file.key),
    replaced,
  });
  const counted = countedRun(plan, staged.files, identity);
  const problem = conservationProblem(counted);
  if (problem !== undefined)
    return { kind: 'not_conserved', run: { ...counted, status: 'failed', finished_at: plan.now() }, message: problem };
  const parts = [...before.parts, ...staged.parts];
  const first = plan.rebuild || before.ids.length === 0;
  const changed = first ? allDays(parts) : identity;
  const stands = first ? emptyState(plan.marks) : before;
  const dayTables = await rebuildDayTables(sql, store, { id, parts, days: changed.days, before: stands });
  const days = first ? changed.days : await daysToBuild(sql, identity.days);
  plan.onStep({ step: 'build', partitions: 0 });
  const build = { parts, days, rejectedDays: changed.rejectedDays, first, orderSessions: stands.orderSessions };
  const tables = await buildTables(sql, store, plan, build);
  const rows = (tables.files.events ?? []).reduce((sum, file) => sum + file.rows, 0);
  if (rows !== identity.accepted) {
    const message = `The table events would hold ${rows} rows where ${identity.accepted} events were accepted.`;
    return { kind: 'not_conserved', run: { ...counted, status: 'failed', finished_at: plan.now() }, message };
  }
  plan.onStep({ step: 'publish', partitions: days.length });
  const run: Run = { ...counted, finished_at: plan.now(), partitions_written: changedDays(plan, tables.files) };
  const runsBefore = plan.before?.snapshot.tables.runs?.files ?? [];
  const files = {
    ...tables.files,
    runs: [await writeRuns(sql, store, runsBefore, [...plan.waiting, { ...run, code_version: plan.codeVersion }])],
  };
  const state: RefreshState = {
    version: id,
    fingerprint: plan.marks.staged,
    tables: plan.marks.tables,
    files: manifest(before, plan.files, staged.files, id),
    parts,
    ids: identity.ids,
    losers: identity.losers,
    nextRid: staged.nextRid,
    ...dayTables,
    orderSessions: tables.orderSessions,
    accepted: identity.accepted,
  };
  const snapshot = await snapshotOf(sql, plan, run, files);
  await store.publish(state, snapshot);
  return { kind: 'published', run, state, snapshot };
}

function allDays(parts: readonly StagedPart[]): Pick<Identity, 'days' | 'rejectedDays'> {
  const sorted = (days: readonly string[]) => [...new Set(days)].sort();
  return { days: sorted(parts.flatMap((part) => part.days)), rejectedDays: sorted(parts.flatMap((part) => part.rejectedDays)) };
}

function replacedFiles(before: RefreshState, read: readonly ReadFile[]): readonly { key: string; run: string }[] {
  const known = new Map(before.files.map(([key, , , run]) => [key, run]));
  return read.flatMap((file) => {
    const run = known.get(file.key);
    return run === undefined || file.fault !== null ? [] : [{ key: file.key, run }];
  });
}

type Counts = Pick<Identity, 'events' | 'duplicates' | 'quarantined' | 'lateEvents' | 'reasons' | 'newestEventMs'>;
const NOTHING: Counts = { events: 0, duplicates: 0, quarantined: 0, lateEvents: 0, reasons: {}, newestEventMs: null };

function countedRun(plan: RunPlan, read: readonly ReadFile[], identity: Counts): Run {
  const whole = read.filter((file) => file.fault === null);
  return {
    run_id: plan.settings.runId,
    run_trigger: plan.trigger,
    status: 'succeeded',
    started_at: plan.startedAt,
    finished_at: plan.startedAt,
    files_read: whole.length,
    records_read: whole.reduce((sum, file) => sum + file.records, 0),
    events: identity.events,
    duplicates: identity.duplicates,
    quarantined: identity.quarantined,
    late_events: identity.lateEvents,
    reasons: identity.reasons,
    partitions_written: [],
    newest_event_time: identity.newestEventMs === null ? null : new Date(identity.newestEventMs).toISOString(),
    unreadable: [
      ...plan.unreadable,
      ...read.flatMap((file) => (file.fault === null ? [] : [{ file: file.key, reason: file.fault }])),
    ],
  };
}

function conservationProblem(run: Run): string | undefined {
  const ends = run.events + run.duplicates + run.quarantined;
  if (ends === run.records_read) return undefined;
  return `${run.records_read} records were read but ${ends} came out as events, duplicates or quarantined.`;
}

async function buildTables(
  sql: Sql,
  store: RefreshStore,
  plan: RunPlan,
  build: {
    readonly parts: RefreshState['parts'];
    readonly days: readonly string[];
    readonly rejectedDays: readonly string[];
    /** Nothing stands that could be kept. */
    readonly first: boolean;
    readonly orderSessions: RefreshState['orderSessions'];
  },
): Promise<{ readonly files: TableFiles; readonly orderSessions: RefreshState['orderSessions'] }> {
  const id = plan.settings.runId;
  const old = build.first ? {} : tableFiles(plan.before?.snapshot);
  const { parts, days, rejectedDays, orderSessions } = build;
  const whose = build.first ? 'all' : 'again';
  const built = await buildDays(sql, store, { id, parts, days, files: old, orderSessions, whose }, (partitions) =>
    plan.onStep({ step: 'build', partitions }),
  );
  const files = await buildUsersAndOrders(sql, store, {
    id,
    files: { ...old, ...built.files },
    whose,
  });
  const quarantine = await buildQuarantine(sql, store, { id, parts, days: rejectedDays, files: old.quarantine ?? [] });
  const rolled = await buildRollups(sql, store, { id, before: old, files });
  return { files: { ...rolled, quarantine }, orderSessions: built.orderSessions };
}

function tableFiles(snapshot: Snapshot | undefined): TableFiles {
  return Object.fromEntries(Object.entries(snapshot?.tables ?? {}).map(([name, table]) => [name, table.files]));
}

function changedDays(plan: RunPlan, files: TableFiles): readonly string[] {
  const id = plan.settings.runId;
  const days = Object.values(files).flatMap((list) =>
    list.filter((file) => file.path.includes(id)).flatMap((file) => file.partition.dt ?? []),
  );
  return [...new Set(days)].sort();
}

function manifest(
  before: RefreshState,
  listed: readonly ListedFile[],
  read: readonly ReadFile[],
  run: string,
): RefreshState['files'] {
  const whole = new Set(read.filter((file) => file.fault === null).map((file) => file.key));
  const fresh = listed.filter((file) => whole.has(file.key)).map((file) => [file.key, file.size, file.modified, run] as const);
  return [...before.files.filter(([key]) => !whole.has(key)), ...fresh];
}

async function snapshotOf(sql: Sql, plan: RunPlan, run: Run, files: TableFiles): Promise<Snapshot> {
  const days = (files.events ?? []).map((file) => file.partition.dt ?? '').sort();
  const newest = await sql.rows('SELECT max(credible_ms) AS newest FROM spans');
  const newestMs = newest[0]?.newest;
  return {
    version: run.run_id,
    writtenAt: run.finished_at,
    zone: plan.settings.zone,
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
    newestEventTime: newestMs === null || newestMs === undefined ? null : new Date(Number(newestMs)).toISOString(),
    tables: Object.fromEntries(
      Object.entries(TABLES).map(([name, table]) => [
        name,
        { ...table, files: [...(files[name] ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1)) },
      ]),
    ),
  };
}
