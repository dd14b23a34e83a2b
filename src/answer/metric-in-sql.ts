import type { Glossary } from '../glossary/glossary-schema.ts';
import type { SafeSql } from '../sql/safe-sql.ts';

/** Functions that make one number of many rows. */
const AGGREGATE =
  /\b(?:count(?:_if)?|sum|avg|approx_distinct|approx_percentile|geometric_mean|reduce_agg|array_agg|set_agg|map_agg|multimap_agg|histogram)\s*\(/i;

/**
 * The metric that a model's SQL counts by a formula of its own, or undefined: one that the question's words name and any
 * aggregate, or an aggregate that the glossary defines. A formula is the house's: money has a currency and valid orders,
 * users and sessions leave bots out. Lists of rows and counts over several tables are no metrics.
 */
export function metricInSql(sql: SafeSql, named: readonly string[], glossary: Glossary): string | undefined {
  if (!AGGREGATE.test(sql.text)) return undefined;
  if (named[0] !== undefined) return named[0];
  const text = normalised(sql.text);
  const isSimple = sql.tables.length === 1 && !/\bjoin\b|\bunion\b|\bintersect\b|\bexcept\b/.test(text) && selects(text) === 1;
  const found = Object.entries(glossary.metrics).find(([, { hidden, measure, unit }]) => {
    if (hidden || !measure || !sql.tables.some((table) => table.endsWith(`.${measure.table.toLowerCase()}`))) return false;
    const formula = normalised(measure.value);
    return unit === 'count' ? isSimple && counts(text, formula) : text.includes(formula);
  });
  return sumOfMetric(text, glossary) ?? moneyIn(sql, text, glossary) ?? found?.[0];
}

/** Columns of rollups and of sessions are named as the metric that they hold a part of. */
function sumOfMetric(text: string, glossary: Glossary): string | undefined {
  const summed = [...text.matchAll(/\b(?:sum|avg)\((?:cast\()?([a-z_]\w*)/g)].map(([, column]) => column!);
  return summed.find((column) => Object.hasOwn(glossary.metrics, column));
}

/** Any sum or average over a column that some metric of money is made of. */
function moneyIn(sql: SafeSql, text: string, glossary: Glossary): string | undefined {
  return Object.entries(glossary.metrics).find(([, { unit, measure }]) => {
    const column = unit === 'money' && measure ? /\((?:cast\()?([a-z_]\w*)/.exec(normalised(measure.value))?.[1] : undefined;
    if (column === undefined || !measure) return false;
    const isRead = sql.columns.some((name) => name.endsWith(`.${measure.table.toLowerCase()}.${column}`));
    return isRead && new RegExp(`\\b(?:sum|avg|approx_percentile)\\([^()]*(?:\\([^()]*)*\\b${column}\\b`).test(text);
  })?.[0];
}

/** One table counted by rows in any of the usual ways is the metric of its rows. */
function counts(text: string, formula: string): boolean {
  return (
    text.includes(formula) ||
    (formula === 'count(*)' && /\bcount\((?:\d+|'[^']*')\)|\bcount_if\(|\b(?:sum|avg)\((?:cast\()?(?:1\)|case\b|if\()/.test(text))
  );
}

/** Lower case, without blanks around signs, without the qualifiers of columns and without quotes of names. */
function normalised(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('"', '')
    .replace(/\b[a-z_]\w*\.(?=[a-z_])/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),*]) ?/g, '$1');
}

function selects(text: string): number {
  return text.match(/\bselect\b/g)?.length ?? 0;
}
