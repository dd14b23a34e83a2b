import { transform } from '../refresh/transforms.ts';
import { literal, parquet, type Sql } from './refresh-engine.ts';
import type { RefreshState, RefreshStore, StagedPart } from './refresh-store.ts';

/** What a run's records turned out to be, and which days and rows they touch. */
export interface Identity {
  readonly events: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly lateEvents: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly newestEventMs: number | null;
  /** Rows of all days that stand in `events` after this run. */
  readonly accepted: number;
  readonly ids: readonly string[];
  readonly losers: string | null;
  /** Days with rows that came, went, won or lost; for the quarantine likewise. */
  readonly days: readonly string[];
  readonly rejectedDays: readonly string[];
}

const MOST_ID_FILES = 24;
const NO_IDS = 'SELECT CAST(NULL AS BIGINT) AS h, CAST(NULL AS BIGINT) AS rid, CAST(NULL AS VARCHAR) AS dt WHERE false';
const NO_LOSERS =
  'SELECT CAST(NULL AS BIGINT) AS rid, CAST(NULL AS BIGINT) AS h, CAST(NULL AS VARCHAR) AS dt, CAST(NULL AS VARCHAR) AS kind WHERE false';

/**
 * Finds out for the run's new rows which are events, which are copies of known ones (first ingest wins, over all data) and
 * which rows left with an older version of their file. Leaves the temporary tables `losers` (rid, h, dt, kind) and `changed`
 * (rid, dt, user_pseudo_id, sid) behind.
 *
 * Ids are compared by 63 bits of their MD5 first and by their text where those agree.
 */
export async function settleIdentity(
  sql: Sql,
  store: RefreshStore,
  run: {
    readonly id: string;
    readonly before: RefreshState;
    readonly parts: readonly StagedPart[];
    /** Files of this run that could not be read to their end. */
    readonly broken: readonly string[];
    /** Older versions of files that this run read anew. */
    readonly replaced: readonly { readonly key: string; readonly run: string }[];
  },
): Promise<Identity> {
  const { before, parts } = run;
  const allParts = [...before.parts, ...parts];
  await dropRows(sql, store, run);
  await sql.run(
    `CREATE OR REPLACE TEMP VIEW new_rows AS SELECT * FROM ${recordsOf(store, parts)} n ANTI JOIN dropped d ON d.rid = n.rid`,
  );
  await sql.run('CREATE OR REPLACE TEMP TABLE new_ids AS SELECT h, rid, dt FROM new_rows WHERE reason IS NULL');
  await sql.run(
    `CREATE OR REPLACE TEMP VIEW old_ids AS SELECT * FROM ${parquet(before.ids.map(store.path), NO_IDS)} o ANTI JOIN dropped d ON d.rid = o.rid`,
  );
  await findCopies(sql, store, allParts, before.ids.length === 0);
  await settleLosers(sql, store, before);
  const counts = await countRun(sql, before.nextRid);
  const changed = await findChanged(sql, store, allParts, before.ids.length === 0);
  const ids = await writeIds(sql, store, run.id, before.ids, await sql.count('SELECT count(*) FROM dropped WHERE good'));
  const losers = (await sql.count('SELECT count(*) FROM losers')) > 0 ? `derived/losers-${run.id}.parquet` : null;
  if (losers !== null)
    await sql.run(
      `COPY (SELECT * FROM losers ORDER BY rid) TO ${literal(store.path(losers))} (FORMAT parquet, COMPRESSION snappy)`,
    );
  return { ...counts, ...changed, ids, losers };
}

/** FROM clause over the records of staged parts. */
export function recordsOf(store: RefreshStore, parts: readonly StagedPart[]): string {
  return parquet(
    parts.map((part) => store.path(part.records)),
    NO_RECORDS,
  );
}

// Columns of a staged part for when there is none; kept short: only what the queries over no parts name.
const NO_RECORDS = `SELECT CAST(NULL AS BIGINT) AS rid, CAST(NULL AS BIGINT) AS h, CAST(NULL AS VARCHAR) AS reason, CAST(NULL AS VARCHAR) AS dt,
  CAST(NULL AS VARCHAR) AS event_id, CAST(NULL AS BIGINT) AS ingest_ms, CAST(NULL AS VARCHAR) AS source_file, CAST(NULL AS BIGINT) AS line_number,
  CAST(NULL AS INT) AS item_number, CAST(NULL AS VARCHAR) AS user_pseudo_id, CAST(NULL AS VARCHAR) AS sdk_session_id, CAST(NULL AS BIGINT) AS event_ms,
  CAST(NULL AS BOOLEAN) AS is_late WHERE false`;

async function dropRows(sql: Sql, store: RefreshStore, run: Parameters<typeof settleIdentity>[2]): Promise<void> {
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE dropped (rid BIGINT, h BIGINT, dt VARCHAR, good BOOLEAN, ours BOOLEAN, user_pseudo_id VARCHAR, sid VARCHAR)`,
  );
  const select = (parts: readonly StagedPart[], keys: readonly string[], ours: boolean) =>
    `INSERT INTO dropped SELECT rid, h, dt, reason IS NULL, ${ours}, user_pseudo_id, coalesce(sdk_session_id, '') FROM ${recordsOf(store, parts)}
     WHERE source_file IN (${keys.map(literal).join(', ')})`;
  if (run.broken.length > 0) await sql.run(select(run.parts, run.broken, true));
  for (const old of new Set(run.replaced.map((file) => file.run))) {
    const keys = run.replaced.filter((file) => file.run === old).map((file) => file.key);
    const parts = run.before.parts.filter((part) => part.run === old);
    if (parts.length > 0) await sql.run(select(parts, keys, false));
  }
  // rows of this run that were dropped before they were ever accepted are no ids of old
  if (run.before.losers !== null) {
    await sql.run(
      `DELETE FROM dropped WHERE rid IN (SELECT rid FROM ${parquet([store.path(run.before.losers)], NO_LOSERS)} WHERE kind = 'dropped')`,
    );
  }
}

async function findCopies(sql: Sql, store: RefreshStore, parts: readonly StagedPart[], first: boolean): Promise<void> {
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE touched_hashes AS SELECT DISTINCT h FROM (SELECT h FROM new_ids UNION ALL SELECT h FROM dropped WHERE good AND NOT ours)`,
  );
  const known = first
    ? 'new_ids'
    : '(SELECT * FROM old_ids o WHERE o.h IN (SELECT h FROM touched_hashes) UNION ALL SELECT * FROM new_ids)';
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE candidates AS SELECT h, rid, dt FROM ${known} k WHERE h IN (SELECT h FROM ${known} GROUP BY h HAVING count(*) > 1)`,
  );
  const days = new Set((await sql.rows('SELECT DISTINCT dt FROM candidates')).map((row) => String(row.dt)));
  const near = parts.filter((part) => part.days.some((day) => days.has(day)));
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE copies AS SELECT r.rid, r.h, r.dt, r.event_id, r.ingest_ms, r.source_file, r.line_number, r.item_number
     FROM ${recordsOf(store, near)} r WHERE r.reason IS NULL AND r.rid IN (SELECT rid FROM candidates)`,
  );
}

async function settleLosers(sql: Sql, store: RefreshStore, before: RefreshState): Promise<void> {
  const old = before.losers === null ? `(${NO_LOSERS})` : parquet([store.path(before.losers)], NO_LOSERS);
  await sql.run(`CREATE OR REPLACE TEMP TABLE old_losers AS SELECT * FROM ${old}`);
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE losers AS
     SELECT * FROM old_losers WHERE kind = 'dropped' OR (h NOT IN (SELECT h FROM touched_hashes) AND rid NOT IN (SELECT rid FROM dropped))
     UNION ALL SELECT c.rid, c.h, c.dt, 'duplicate' FROM copies c WHERE c.rid IN (${transform('losers')})
     UNION ALL SELECT rid, h, dt, 'dropped' FROM dropped`,
  );
}

async function countRun(
  sql: Sql,
  firstRid: number,
): Promise<Pick<Identity, 'events' | 'duplicates' | 'quarantined' | 'lateEvents' | 'reasons' | 'newestEventMs' | 'accepted'>> {
  const reasons = Object.fromEntries(
    (await sql.rows('SELECT reason, count(*) AS n FROM new_rows WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason')).map(
      (row) => [String(row.reason), Number(row.n)],
    ),
  );
  const single = await sql.count('SELECT count(*) FROM new_ids WHERE rid NOT IN (SELECT rid FROM copies)');
  const firstSeen = await sql.count(
    `SELECT count(*) FROM (SELECT event_id FROM copies GROUP BY event_id HAVING min(rid) >= ${firstRid})`,
  );
  const known = await sql.count(`SELECT count(*) FROM copies WHERE rid >= ${firstRid}`);
  const events = single + firstSeen;
  const [row] = await sql.rows(
    'SELECT count(*) FILTER (WHERE is_late) AS late, max(CASE WHEN event_ms - ingest_ms <= 300000 THEN event_ms END) AS newest FROM new_rows WHERE reason IS NULL AND rid NOT IN (SELECT rid FROM losers)',
  );
  const total = await sql.count('SELECT (SELECT count(*) FROM old_ids) + (SELECT count(*) FROM new_ids)');
  return {
    events,
    duplicates: known - firstSeen,
    quarantined: Object.values(reasons).reduce((sum, n) => sum + n, 0),
    lateEvents: Number(row?.late ?? 0),
    reasons,
    newestEventMs: row?.newest === null || row?.newest === undefined ? null : Number(row.newest),
    accepted: total - (await sql.count("SELECT count(*) FROM losers WHERE kind = 'duplicate'")),
  };
}

async function findChanged(
  sql: Sql,
  store: RefreshStore,
  parts: readonly StagedPart[],
  first: boolean,
): Promise<Pick<Identity, 'days' | 'rejectedDays'>> {
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE flipped AS
     (SELECT rid, dt FROM losers WHERE kind = 'duplicate' EXCEPT SELECT rid, dt FROM old_losers WHERE kind = 'duplicate')
     UNION ALL (SELECT rid, dt FROM old_losers WHERE kind = 'duplicate' EXCEPT SELECT rid, dt FROM losers WHERE kind = 'duplicate')`,
  );
  const flippedDays = new Set((await sql.rows('SELECT DISTINCT dt FROM flipped')).map((row) => String(row.dt)));
  const near = first ? [] : parts.filter((part) => part.days.some((day) => flippedDays.has(day)));
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE changed AS
     SELECT rid, dt, user_pseudo_id, coalesce(sdk_session_id, '') AS sid FROM new_rows WHERE reason IS NULL ${first ? 'AND false' : ''}
     UNION ALL SELECT rid, dt, user_pseudo_id, coalesce(sdk_session_id, '') FROM ${recordsOf(store, near)} WHERE rid IN (SELECT rid FROM flipped)
     UNION ALL SELECT rid, dt, user_pseudo_id, sid FROM dropped WHERE good AND NOT ours`,
  );
  const days = await sql.rows('SELECT dt FROM changed UNION SELECT dt FROM new_ids ORDER BY dt');
  const rejected = await sql.rows(
    'SELECT dt FROM new_rows WHERE reason IS NOT NULL UNION SELECT dt FROM dropped WHERE NOT good AND NOT ours ORDER BY dt',
  );
  return { days: days.map((row) => String(row.dt)), rejectedDays: rejected.map((row) => String(row.dt)) };
}

async function writeIds(
  sql: Sql,
  store: RefreshStore,
  run: string,
  old: readonly string[],
  dropped: number,
): Promise<readonly string[]> {
  const path = `derived/ids-${run}.parquet`;
  const compact = dropped > 0 || old.length >= MOST_ID_FILES;
  const rows = compact ? 'SELECT * FROM old_ids UNION ALL SELECT * FROM new_ids' : 'SELECT * FROM new_ids';
  await sql.run(`COPY (${rows}) TO ${literal(store.path(path))} (FORMAT parquet, COMPRESSION snappy)`);
  return compact ? [path] : [...old, path];
}
