import { parentPort } from 'node:worker_threads';
import { checkSql } from './guard.ts';
import type { GuardAnswer, GuardJob } from './open-guard.ts';
import type { Catalog } from './safe-sql.ts';

// The thread behind `openGuard`: checks one text at a time. It may be ended at any moment.

const catalogs = new Map<number, Catalog>();

const EMPTY: Catalog = { defaultCatalog: 'c', defaultDatabase: 'd', tables: {}, blockedColumns: [] };

/** What most statements are made of, so that a person's first one finds the parser's cache filled. */
const WARM_UP = [
  `WITH a AS (SELECT s.x, date_trunc('week', y) AS w, count(*) AS n, sum(CASE WHEN z = 'b' THEN 1 ELSE 0 END) AS m
   FROM d.t AS s JOIN u ON s.id = u.id AND u.k IN ('a', 'b') LEFT JOIN v USING (id)
   WHERE s.dt BETWEEN '2026-01-01' AND '2026-01-31' AND NOT u.bot AND (s.q LIKE 'a%' OR s.r IS NOT NULL) GROUP BY 1, 2)
   SELECT a.x, CAST(n AS double) / nullif(m, 0) AS rate, row_number() OVER (PARTITION BY x ORDER BY n DESC) AS place
   FROM a WHERE n >= 10 ORDER BY rate DESC, 1 LIMIT 20`,
  `SELECT t.k, coalesce(max(j['a']), 'none'), count(DISTINCT id) FILTER (WHERE v > 1.5) FROM x CROSS JOIN UNNEST(items) AS t (k)
   WHERE dt >= '2026-01-01' AND day < date '2026-02-01' + interval '1' day GROUP BY t.k HAVING count(*) > 5 UNION ALL SELECT 'a', 'b', 1`,
];

parentPort?.on('message', (job: GuardJob) => {
  if (job.catalog) catalogs.set(job.catalogId, job.catalog);
  const answer = answerTo(job);
  parentPort?.postMessage(answer);
  // A text that could not be read has emptied the parser's cache; fill it again before the next one comes.
  if ('verdict' in answer && !answer.verdict.ok && answer.verdict.code === 'syntax') warmUp();
});

warmUp();
parentPort?.postMessage({ ready: true });

function answerTo({ id, text, catalogId, scope }: GuardJob): GuardAnswer {
  try {
    const verdict = checkSql(text, catalogs.get(catalogId) ?? EMPTY, scope ? { scope } : {});
    // The host has the catalog: it need not come back with every answer.
    return { id, verdict: verdict.ok ? { ok: true, sql: { ...verdict.sql, catalog: EMPTY } } : verdict };
  } catch (cause) {
    return { id, fault: cause };
  }
}

function warmUp(): void {
  for (const text of WARM_UP) checkSql(text, EMPTY);
}
