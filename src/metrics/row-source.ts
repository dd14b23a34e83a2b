import type { Filter } from '../glossary/reading.ts';
import { addDays, dayStart, type TimeSql } from './bucket-sql.ts';
import { type DimensionPath, dimensionPath, numberPath, SESSIONS, sessionPath, USERS } from './dimension-sql.ts';
import { comparesNumbers, filterSql } from './filter-sql.ts';
import type { Frame } from './frame.ts';
import { bracket, identifier, indent, literal, selectText } from './sql-text.ts';

/** Days (inclusive) that a table is read over, and where inside them in UTC. */
export interface Bounds {
  readonly from: string;
  readonly to: string;
  readonly fromTime?: string | undefined;
  readonly toTime?: string | undefined;
}

/**
 * One table with what is looked up for its rows. Lookups are LEFT JOINs on a key that the other table holds once, so a row
 * stays one row; their columns are named `via_…`, so that no bare column of a formula becomes ambiguous.
 */
export interface RowSource {
  readonly time: TimeSql;
  /** SQL of a dimension for the rows. */
  dimension(id: string): string;
  filter(filter: Filter): string;
  /** Boolean SQL: true for rows of bots; undefined where nobody can tell. */
  bot(): string | undefined;
  bounds(): readonly string[];
  /** FROM, to be called last: it holds the lookups that were asked for. */
  from(alias?: string): string;
}

/** Opens a table for the rows within `bounds`. */
export function openRows(table: string, bounds: Bounds, frame: Frame, ownTime?: string): RowSource {
  const { glossary, zone } = frame;
  const facts = glossary.tables[table]!;
  const partition = ownTime === undefined ? facts.partition : undefined;
  const timeColumn = ownTime ?? facts.time ?? '';
  const local = `CAST(${timeColumn} AT TIME ZONE ${literal(zone)} AS date)`;
  const time = { day: partition ? `CAST(${identifier(partition)} AS date)` : local, time: timeColumn };
  const lookups = { session: new Map<string, string>(), user: new Map<string, string>() };

  const pathOf = frame.bySession ? sessionPath : dimensionPath;
  const fill = (sql: string) => sql.replaceAll('{day}', time.day).replaceAll('{time}', time.time).replaceAll('{zone}', zone);
  const reach = (name: string, path: DimensionPath): string => {
    if (path.through === 'own') return fill(path.sql);
    lookups[path.through].set(`via_${name}`, path.sql);
    return identifier(`via_${name}`);
  };
  return {
    time,
    dimension: (id) => reach(id, pathOf(glossary.dimensions[id]!, table, glossary)!),
    filter: (filter) => {
      const dimension = glossary.dimensions[filter.dimension]!;
      const numbers = comparesNumbers(filter) && dimension.numbers !== undefined;
      const path = numbers ? numberPath(dimension, table, glossary)! : pathOf(dimension, table, glossary)!;
      return filterSql(reach(numbers ? `${filter.dimension}_number` : filter.dimension, path), filter, dimension);
    },
    bot: () => {
      if (facts.bot) return facts.bot;
      const [through, other] = facts.session ? (['session', SESSIONS] as const) : (['user', USERS] as const);
      const bot = (facts.session ?? facts.user) && glossary.tables[other]?.bot;
      return bot ? `coalesce(${reach('is_bot', { through, sql: bot })}, false)` : undefined;
    },
    bounds: () => boundsSql(bounds, partition, timeColumn, zone),
    from: (alias) => fromSql(table, bounds, frame, lookups, alias),
  };
}

/** Conditions on the partition and, where the time is finer than a day, on the timestamp. */
function boundsSql(bounds: Bounds, partition: string | undefined, time: string, zone: string): readonly string[] {
  const fromTime = bounds.fromTime ?? (partition ? undefined : dayStart(bounds.from, zone));
  const toTime = bounds.toTime ?? (partition ? undefined : dayStart(addDays(bounds.to, 1), zone));
  return [
    ...(partition ? [daysSql(partition, bounds.from, bounds.to)] : []),
    ...(fromTime && time ? [`${time} >= ${instantLiteral(fromTime)}`] : []),
    ...(toTime && time ? [`${time} < ${instantLiteral(toTime)}`] : []),
  ];
}

/** Plain and in one piece, so that the guard finds the days and the price follows them. */
export function daysSql(partition: string, from: string, to: string): string {
  return `${identifier(partition)} BETWEEN '${from}' AND '${to}'`;
}

function instantLiteral(instant: string): string {
  return `TIMESTAMP '${instant.slice(0, 19).replace('T', ' ')}'`;
}

type Lookups = { readonly session: ReadonlyMap<string, string>; readonly user: ReadonlyMap<string, string> };

function fromSql(table: string, bounds: Bounds, frame: Frame, lookups: Lookups, alias?: string): string {
  const { glossary } = frame;
  const facts = glossary.tables[table]!;
  const joins = [
    joinSql(SESSIONS, glossary.tables[SESSIONS]?.session, facts.session, lookups.session, 's'),
    joinSql(USERS, glossary.tables[USERS]?.user, facts.user, lookups.user, 'u'),
  ];
  const name = `${glossary.database}.${identifier(table)}${alias === undefined ? '' : ` AS ${alias}`}`;
  return [name, ...joins.filter((join) => join !== undefined)].join('\n');

  function joinSql(
    other: string,
    key: string | undefined,
    own: string | undefined,
    columns: ReadonlyMap<string, string>,
    alias: string,
  ): string | undefined {
    if (columns.size === 0 || !key || !own) return undefined;
    const partition = glossary.tables[other]!.partition;
    // A session belongs to the day it began, and may hold events of the day after.
    const days = partition ? [daysSql(partition, addDays(bounds.from, -1), addDays(bounds.to, 1))] : [];
    const select = selectText({
      columns: [{ sql: key, as: `via_${other}` }, ...[...columns].map(([as, sql]) => ({ sql, as }))],
      from: `${glossary.database}.${identifier(other)}`,
      where: days,
    });
    return `LEFT JOIN (\n${indent(select)}\n) AS ${alias} ON ${alias}.${identifier(`via_${other}`)} = ${own}`;
  }
}

/** Conditions of one side's filters, each in brackets where it needs them. */
export function filtersSql(filters: readonly Filter[], rows: RowSource): readonly string[] {
  return filters.map((filter) => bracket(rows.filter(filter)));
}
