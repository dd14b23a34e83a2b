import { chooseChart } from '../chart/choose-chart.ts';
import { formatSql } from '../sql/format-sql.ts';
import type { LineOptions } from './line.ts';
import { paintChart } from './paint-chart.ts';
import type { PresentWorld } from './present.ts';
import { usdOf } from './price.ts';
import type { Answer, Brief, Fetched, Mark, ShownTable, Smaller } from './stations.ts';
import { sayAdvice } from './words/say-advice.ts';
import { completeTo, sayFooter } from './words/say-footer.ts';
import { markRowLimit } from './words/say-marks.ts';
import { sayBytes } from './words/say-value.ts';

/** An engineer's rows: values as the engine returned them, no interpretation, the limit never hidden (faces.md m). */
export async function presentSql(
  fetched: Fetched,
  brief: Brief,
  world: PresentWorld,
  options: LineOptions,
  times: Record<string, number>,
  smaller?: Smaller,
): Promise<Answer> {
  const { result, sql } = fetched;
  const { facts, today } = brief;
  const marks: Mark[] = result.truncated ? [markRowLimit(result.rows.length)] : [];
  const picture = await paint(fetched, world, options, times);
  if (picture.mark) marks.push(picture.mark);
  const price = {
    estimatedBytes: fetched.estimatedBytes,
    scannedBytes: result.scannedBytes,
    usd: usdOf(sql, result.scannedBytes),
    billed: world.billed,
  };
  const advice = sayAdvice(sql, result.scannedBytes, smaller);
  return {
    kind: 'answer',
    id: brief.question.id,
    question: brief.question.text,
    headline: sayRows(fetched),
    more: saySize(fetched, world.billed),
    marks,
    readAs: 'SQL as written',
    footer: sayFooter({ facts, today, zone: world.zone, price, ms: result.ms }),
    columns: result.columns,
    rows: result.rows,
    truncated: result.truncated,
    ...(result.rows.length > 0 ? { table: tableOf(result) } : {}),
    ...(picture.chart ? { chart: picture.chart } : {}),
    ...(picture.png ? { png: picture.png } : {}),
    sql: formatSql(sql.text),
    counted: [],
    notes: advice.map(({ sentence }) => sentence),
    ...(advice.length > 0 ? { advice } : {}),
    next: [],
    freshness: {
      completeTo: completeTo(facts, today),
      lastRun: facts.lastRunAt,
      partial: false,
      newestEventTime: facts.newestEventTime,
      dataVersion: facts.dataVersion,
    },
    price,
    ms: times,
  };
}

function sayRows({ result, sql: { tables } }: Fetched): string {
  const n = result.rows.length;
  const from = tables.length > 0 ? ` from ${tables.map((table) => table.split('.').at(-1)).join(', ')}` : '';
  return `${n.toLocaleString('en')} ${n === 1 ? 'row' : 'rows'}${from}.`;
}

function saySize({ result, estimatedBytes }: Fetched, billed: boolean): string {
  return billed
    ? `${sayBytes(result.scannedBytes)} read, ${sayBytes(estimatedBytes)} estimated.`
    : `About ${sayBytes(estimatedBytes)} on Athena, by the files’ sizes.`;
}

function tableOf({ columns, rows }: Fetched['result']): ShownTable {
  return {
    caption: 'Rows as the engine returned them',
    header: columns.map((c) => c.name),
    rows: rows.map((row) => row.map(asReturned)),
  };
}

async function paint(
  { result }: Fetched,
  world: PresentWorld,
  options: LineOptions,
  times: Record<string, number>,
): ReturnType<typeof paintChart> {
  const table = {
    columns: result.columns.map((c) => ({ name: c.name, label: c.name, type: c.type })),
    rows: result.rows,
    truncated: result.truncated,
  };
  const chart = options.noPicture
    ? undefined
    : chooseChart(table, { title: 'Result of the SQL', subtitle: `${result.rows.length.toLocaleString('en')} rows` });
  return chart ? paintChart(chart, world, times) : {};
}

function asReturned(value: unknown): { text: string; value?: number } {
  if (value === null || value === undefined) return { text: '–' };
  if (typeof value === 'number') return { text: String(value).replace(/^-/, '−'), value };
  if (typeof value === 'object') return { text: JSON.stringify(value) };
  return { text: String(value) };
}
