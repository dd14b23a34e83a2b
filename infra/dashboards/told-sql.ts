import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { bounded } from './cube-sql.ts';

/** A data set that is no cube: its SQL, and the form of its columns. */
export interface ToldSet {
  readonly id: string;
  readonly columns: Readonly<Record<string, ColumnForm>>;
  readonly sql: string;
}

/** What a column holds, in QuickSight’s words. */
export type ColumnForm = 'DATETIME' | 'STRING' | 'DECIMAL' | 'INTEGER';

/** Retention by week of the first visit, the refreshes, and what they could not read. */
export function toldSets(glossary: Glossary, zone: string): readonly ToldSet[] {
  const { database } = glossary;
  return [
    {
      id: 'retention',
      columns: { day: 'DATETIME', week: 'INTEGER', users: 'INTEGER', cohort_users: 'INTEGER' },
      sql: retentionSql(glossary, zone),
    },
    {
      id: 'runs',
      columns: {
        day: 'DATETIME',
        status: 'STRING',
        run_trigger: 'STRING',
        runs: 'INTEGER',
        files_read: 'INTEGER',
        records_read: 'INTEGER',
        events: 'INTEGER',
        duplicates: 'INTEGER',
        quarantined: 'INTEGER',
        late_events: 'INTEGER',
        seconds: 'INTEGER',
      },
      sql: `SELECT date_trunc('day', started_at) AS day, status, run_trigger, count(*) AS runs,
  sum(files_read) AS files_read, sum(records_read) AS records_read, sum(events) AS events, sum(duplicates) AS duplicates,
  sum(quarantined) AS quarantined, sum(late_events) AS late_events, sum(date_diff('second', started_at, finished_at)) AS seconds
FROM ${database}.runs
GROUP BY 1, 2, 3`,
    },
    {
      id: 'rejected',
      columns: { day: 'DATETIME', reason: 'STRING', records: 'INTEGER' },
      sql: `SELECT date_parse(dt, '%Y-%m-%d') AS day, reason, count(*) AS records
FROM ${database}.quarantine
WHERE ${bounded('dt')}
GROUP BY 1, 2`,
    },
  ];
}

/** Users of a first week (ISO, in the shop's zone) that came back in the weeks after it. */
function retentionSql({ database }: Glossary, zone: string): string {
  return `WITH visits AS (
  SELECT u.user_pseudo_id,
    date_trunc('week', CAST(with_timezone(u.first_visit_time, 'UTC') AT TIME ZONE '${zone}' AS date)) AS cohort,
    date_trunc('week', CAST(s.dt AS date)) AS came
  FROM ${database}.sessions s
  JOIN ${database}.users u ON u.user_pseudo_id = s.user_pseudo_id
  WHERE s.${bounded('dt')}
    AND NOT s.is_bot
    AND u.first_visit_time >= CAST(current_date - INTERVAL '180' DAY AS timestamp(3))
), counted AS (
  SELECT cohort, date_diff('week', cohort, came) AS week, count(DISTINCT user_pseudo_id) AS users
  FROM visits
  WHERE came >= cohort
  GROUP BY 1, 2
)
SELECT CAST(cohort AS timestamp(3)) AS day, week, users,
  max(CASE WHEN week = 0 THEN users END) OVER (PARTITION BY cohort) AS cohort_users
FROM counted`;
}
