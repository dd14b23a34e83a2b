import { transform } from '../refresh/transforms.ts';
import { inList, literal, parquet, type Sql } from './refresh-engine.ts';
import { recordsOf } from './refresh-identity.ts';
import type { DayFile, RefreshStore, StagedPart } from './refresh-store.ts';

/** Small per-day tables over all data, from which sessions over midnight, bots, orders and users are found. */
export interface DayTables {
  readonly spans: readonly DayFile[];
  readonly purchases: readonly DayFile[];
}

const MOST_DAY_FILES = 24;

/** Parts that hold good rows of any of the days. */
export function partsOfDays(parts: readonly StagedPart[], days: ReadonlySet<string>): readonly StagedPart[] {
  return parts.filter((part) => part.days.some((day) => days.has(day)));
}

/** SELECT of the accepted rows of some days: good, and not lost to another copy. Needs the table `losers`. */
export function acceptedSql(store: RefreshStore, parts: readonly StagedPart[], days: ReadonlySet<string>, columns = '*'): string {
  return `SELECT ${columns} FROM ${recordsOf(store, partsOfDays(parts, days))} r ANTI JOIN losers l ON l.rid = r.rid
    WHERE r.reason IS NULL AND r.dt IN ${inList(days)}`;
}

/**
 * Rebuilds `spans` and `purchases` of the changed days and leaves both, as they were and as they are, as temporary tables
 * (`old_spans`, `spans`, `old_purchases`, `purchases`), with what follows from them: `bot_users`, `counted_orders` and their
 * old forms.
 */
export async function rebuildDayTables(
  sql: Sql,
  store: RefreshStore,
  run: {
    readonly id: string;
    readonly parts: readonly StagedPart[];
    readonly days: readonly string[];
    readonly before: DayTables;
  },
): Promise<DayTables> {
  const days = new Set(run.days);
  await sql.run(`CREATE OR REPLACE TEMP VIEW accepted AS ${acceptedSql(store, run.parts, days)}`);
  const after: Record<string, readonly DayFile[]> = {};
  for (const name of ['spans', 'purchases'] as const) {
    if (days.size > 0) await sql.run(`CREATE OR REPLACE TEMP TABLE new_${name} AS ${transform(name)}`);
    const old = run.before[name];
    if (old.length > 0) await sql.run(`CREATE OR REPLACE TEMP VIEW old_${name} AS ${dayFilesSql(store, old)}`);
    else
      await sql.run(
        `CREATE OR REPLACE TEMP TABLE old_${name} AS ${days.size > 0 ? `SELECT * FROM new_${name} WHERE false` : EMPTY[name]}`,
      );
    const fresh = days.size > 0 ? `UNION ALL SELECT * FROM new_${name}` : '';
    await sql.run(
      `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT * FROM old_${name} WHERE dt NOT IN ${inList(days.size > 0 ? days : [''])} ${fresh}`,
    );
    after[name] = await writeDayFile(sql, store, { table: name, run: run.id, days, before: old });
  }
  for (const [suffix, spans, purchases] of [
    ['old_', 'old_spans', 'old_purchases'],
    ['', 'spans', 'purchases'],
  ] as const) {
    await sql.run(`CREATE OR REPLACE TEMP TABLE ${suffix}bot_users AS ${over(transform('bot_users'), 'spans', spans)}`);
    await sql.run(
      `CREATE OR REPLACE TEMP TABLE ${suffix}counted_orders AS ${over(transform('counted_orders'), 'purchases', purchases)}`,
    );
  }
  return { spans: after.spans ?? [], purchases: after.purchases ?? [] };
}

// The same text over another table of the same shape.
function over(text: string, name: string, other: string): string {
  return name === other ? text : `WITH ${name} AS (SELECT * FROM ${other}) ${text.replace(/^--[^\n]*\n/gm, '')}`;
}

const EMPTY = {
  spans: `SELECT '' AS user_pseudo_id, '' AS sid, '' AS dt, 0::BIGINT AS first_ms, 0::BIGINT AS last_ms, 0::BIGINT AS credible_ms, 0::BIGINT AS events,
    0::BIGINT AS first_visit_ms, 0::BIGINT AS first_touch_ms, '' AS user_id WHERE false`,
  purchases: `SELECT 0::BIGINT AS rid, '' AS event_id, '' AS event_name, '' AS order_id, 0::BIGINT AS event_ms, TIMESTAMP '2000-01-01' AS event_time,
    0::BIGINT AS ingest_ms, '' AS source_file, 0::BIGINT AS line_number, 0::INT AS item_number, '' AS user_pseudo_id, '' AS user_id, '' AS sid,
    0::DECIMAL(18,2) AS value, 0::DECIMAL(18,2) AS tax, 0::DECIMAL(18,2) AS shipping, '' AS currency, '' AS coupon, '' AS payment_type,
    0::INT AS item_count, 0::BIGINT AS units, false AS is_valid, '' AS dt WHERE false`,
} as const;

/** SELECT over all live days of day files; there must be one file at least. */
export function dayFilesSql(store: RefreshStore, files: readonly DayFile[]): string {
  return files
    .map((file) => `SELECT * FROM ${parquet([store.path(file.path)], '')} WHERE dt IN ${inList(file.live)}`)
    .join(' UNION ALL ');
}

/** Writes the rows of `days` of a temporary table (of all days, when files grew many) and says which files now count. */
export async function writeDayFile(
  sql: Sql,
  store: RefreshStore,
  write: {
    readonly table: string;
    readonly run: string;
    readonly days: ReadonlySet<string>;
    readonly before: readonly DayFile[];
  },
): Promise<readonly DayFile[]> {
  if (write.days.size === 0) return write.before;
  const path = `derived/${write.table}-${write.run}.parquet`;
  const left = write.before
    .map((file) => ({ path: file.path, live: file.live.filter((day) => !write.days.has(day)) }))
    .filter((file) => file.live.length > 0);
  const all = left.length >= MOST_DAY_FILES;
  const where = all ? '' : `WHERE dt IN ${inList(write.days)}`;
  await sql.run(
    `COPY (SELECT * FROM ${write.table} ${where} ORDER BY dt) TO ${literal(store.path(path))} (FORMAT parquet, COMPRESSION snappy)`,
  );
  const live = [...new Set([...write.days, ...(all ? left.flatMap((file) => file.live) : [])])].sort();
  return [...(all ? [] : left), { path, live }];
}

/**
 * The days whose tables must be built again: those with changed rows, and every day of a session that changed, of an id that
 * became or ceased to be a bot, and of a session that won or lost an order. Leaves the table `again`: the users for whose sake
 * it must be; all rows of others on these days stay as they are, since no table of days looks beyond a user.
 */
export async function daysToBuild(sql: Sql, changedDays: readonly string[]): Promise<readonly string[]> {
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE touched AS
     SELECT DISTINCT user_pseudo_id, sid, dt FROM changed
     UNION SELECT user_pseudo_id, sid, dt FROM (SELECT rid, is_valid, user_pseudo_id, sid, dt FROM old_counted_orders EXCEPT SELECT rid, is_valid, user_pseudo_id, sid, dt FROM counted_orders)
     UNION SELECT user_pseudo_id, sid, dt FROM (SELECT rid, is_valid, user_pseudo_id, sid, dt FROM counted_orders EXCEPT SELECT rid, is_valid, user_pseudo_id, sid, dt FROM old_counted_orders)`,
  );
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE other_bots AS (SELECT bot_user FROM bot_users EXCEPT SELECT bot_user FROM old_bot_users)
     UNION (SELECT bot_user FROM old_bot_users EXCEPT SELECT bot_user FROM bot_users)`,
  );
  await sql.run('CREATE OR REPLACE TEMP TABLE again AS SELECT user_pseudo_id FROM touched UNION SELECT bot_user FROM other_bots');
  const rows = await sql.rows(
    `SELECT DISTINCT dt FROM (
       ${sessionDays('old_spans')} UNION ${sessionDays('spans')}
       UNION SELECT dt FROM touched
       UNION SELECT s.dt FROM spans s WHERE s.user_pseudo_id IN (SELECT bot_user FROM other_bots)
     ) ORDER BY dt`,
  );
  return [...new Set([...changedDays, ...rows.map((row) => String(row.dt))])].sort();
}

// Days over which the touched sessions reach: by the SDK's id wherever it occurs; without one as far as no gap of 30 minutes parts them.
function sessionDays(spans: string): string {
  return `SELECT s.dt FROM ${spans} s JOIN touched t ON t.user_pseudo_id = s.user_pseudo_id AND t.sid = s.sid WHERE s.sid <> ''
    UNION SELECT c.dt FROM (${chainsSql(spans, 'touched')}) c JOIN (
      SELECT d.user_pseudo_id, d.chain FROM (${chainsSql(spans, 'touched')}) d JOIN touched t ON t.user_pseudo_id = d.user_pseudo_id AND t.sid = '' AND t.dt = d.dt
    ) hit ON hit.user_pseudo_id = c.user_pseudo_id AND hit.chain = c.chain`;
}

// A day's stretch may reach beyond those that begin after it: what a wrong clock put ahead is filed under the day it came.
function chainsSql(spans: string, users: string): string {
  return `SELECT user_pseudo_id, dt, sum(opens) OVER (PARTITION BY user_pseudo_id ORDER BY first_ms, dt ROWS UNBOUNDED PRECEDING) AS chain FROM (
    SELECT user_pseudo_id, dt, first_ms, CASE WHEN first_ms - max(last_ms) OVER (PARTITION BY user_pseudo_id ORDER BY first_ms, dt ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) <= 1800000 THEN 0 ELSE 1 END AS opens
    FROM ${spans} WHERE sid = '' AND user_pseudo_id IN (SELECT user_pseudo_id FROM ${users} WHERE sid = '')) linked`;
}

/** Days in groups that fit in memory: neighbouring days of at most `most` rows together. */
export async function dayGroups(sql: Sql, days: readonly string[], most: number): Promise<readonly (readonly string[])[]> {
  const sizes = new Map(
    (await sql.rows('SELECT dt, sum(events) AS n FROM spans GROUP BY dt')).map((row) => [String(row.dt), Number(row.n)]),
  );
  const groups: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const day of days) {
    const n = sizes.get(day) ?? 0;
    if (size + n > most) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(day);
    size += n;
  }
  return groups;
}

/**
 * Loads the accepted rows of a group of days as `accepted`, with the rows on other days of the sessions that reach into it
 * (marked by their `dt`), so that every session of the group is whole. `whose`: all users, or those of the table `again`.
 */
export async function loadGroup(
  sql: Sql,
  store: RefreshStore,
  parts: readonly StagedPart[],
  group: readonly string[],
  whose: 'all' | 'again',
): Promise<void> {
  const days = new Set(group);
  const again = whose === 'all' ? '' : 'AND user_pseudo_id IN (SELECT user_pseudo_id FROM again)';
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE group_users AS SELECT DISTINCT user_pseudo_id, sid, dt FROM spans WHERE dt IN ${inList(days)} ${again}`,
  );
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE beyond AS SELECT DISTINCT s.user_pseudo_id, s.sid, s.dt FROM spans s JOIN group_users g ON g.user_pseudo_id = s.user_pseudo_id AND g.sid = s.sid
       WHERE s.sid <> '' AND s.dt NOT IN ${inList(days)}
     UNION SELECT DISTINCT c.user_pseudo_id, '', c.dt FROM (${chainsSql('spans', 'group_users')}) c JOIN (
       SELECT DISTINCT d.user_pseudo_id, d.chain FROM (${chainsSql('spans', 'group_users')}) d JOIN group_users g ON g.user_pseudo_id = d.user_pseudo_id AND g.sid = '' AND g.dt = d.dt
     ) hit ON hit.user_pseudo_id = c.user_pseudo_id AND hit.chain = c.chain WHERE c.dt NOT IN ${inList(days)}`,
  );
  const others = new Set((await sql.rows('SELECT DISTINCT dt FROM beyond')).map((row) => String(row.dt)));
  const more =
    others.size === 0
      ? ''
      : `UNION ALL SELECT r.* FROM (${acceptedSql(store, parts, others)}) r
         WHERE EXISTS (SELECT 1 FROM beyond b WHERE b.user_pseudo_id = r.user_pseudo_id AND b.sid = coalesce(r.sdk_session_id, '') AND b.dt = r.dt)`;
  await sql.run(`CREATE OR REPLACE TEMP VIEW accepted AS ${acceptedSql(store, parts, days)} ${again} ${more}`);
  const near = partsOfDays(parts, days).flatMap((part) => (part.items === null ? [] : [store.path(part.items)]));
  await sql.run(
    `CREATE OR REPLACE TEMP VIEW accepted_items AS SELECT * FROM ${parquet(near, NO_ITEMS)} i WHERE i.dt IN ${inList(days)}`,
  );
}

const NO_ITEMS = `SELECT 0::BIGINT AS item_rid, '' AS dt, 0::INT AS item_position, '' AS product_id, '' AS product_name, '' AS brand, '' AS category,
  '' AS category2, '' AS category3, '' AS variant, 0::DECIMAL(18,2) AS price, 0::INT AS quantity, '' AS currency, '' AS coupon, '' AS list_name,
  0::INT AS list_position WHERE false`;
