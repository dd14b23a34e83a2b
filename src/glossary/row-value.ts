import type { Glossary, Measure } from './glossary-schema.ts';

interface RowValue {
  readonly sql: string;
  /** Condition of the rows that have it. */
  readonly where?: string;
}

/**
 * SQL of what one row of the table adds to a metric («revenue» of an order, «duration_seconds» of a session), or undefined
 * where the metric is no sum or average of its rows. A hidden metric of the same label may hold it for that table.
 */
export function rowValue(metric: string, table: string, glossary: Glossary): RowValue | undefined {
  const named = glossary.metrics[metric];
  if (!named) return undefined;
  const own = ownValue(metric, table, glossary);
  if (own) return own;
  const twin = Object.entries(glossary.metrics).find(
    ([id, m]) => id !== metric && m.hidden && m.label === named.label && ownValue(id, table, glossary),
  );
  return twin && ownValue(twin[0], table, glossary);
}

function ownValue(id: string, table: string, glossary: Glossary): RowValue | undefined {
  const metric = glossary.metrics[id];
  const source = metric?.ratio ? glossary.metrics[metric.ratio.of] : metric;
  const over = metric?.ratio ? glossary.metrics[metric.ratio.over] : undefined;
  // «units per order»: what is summed and what is counted are of the same rows.
  if (metric?.ratio && (over?.measure?.table !== source?.measure?.table || !countsRows(over?.measure))) return undefined;
  const { measure } = source ?? {};
  if (!measure || measure.table !== table || measure.each || measure.withoutOrderWithinDays) return undefined;
  const found =
    /^sum\((\w+)\)$/u.exec(measure.value) ??
    /^avg\(CAST\((\w+) AS double\)\)$/u.exec(measure.value) ??
    /^approx_percentile\(CAST\((\w+) AS double\), [\d.]+\)$/u.exec(measure.value);
  return found ? { sql: found[1]!, ...(measure.where === undefined ? {} : { where: measure.where }) } : undefined;
}

function countsRows(measure: Measure | undefined): boolean {
  return measure !== undefined && /^count\((?!DISTINCT)/u.test(measure.value);
}
