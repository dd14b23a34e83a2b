import { chooseChart } from '../chart/choose-chart.ts';
import type { Painter } from '../chart/open-painter.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Draft } from '../metrics/draft.ts';
import { sayReading } from '../reading/say-reading.ts';
import type { Dashboards } from '../services/dashboards.ts';
import { formatSql } from '../sql/format-sql.ts';
import { chartIntent, chartTable } from './chart-input.ts';
import type { Checked } from './check.ts';
import { dashboardView } from './dashboard-view.ts';
import type { LineOptions } from './line.ts';
import { paintChart } from './paint-chart.ts';
import { priceOf } from './price.ts';
import type { Answer, Brief } from './stations.ts';
import { sayCounted, sayNotes } from './words/say-counted.ts';
import { findWords } from './words/say-finding.ts';
import { completeTo, sayFooter, sayZone } from './words/say-footer.ts';
import { nextQuestions } from './words/say-next.ts';
import { shownTable } from './words/say-table.ts';

export interface PresentWorld {
  readonly glossary: Glossary;
  readonly painter: Painter;
  readonly zone: string;
  /** Prices are billed on Athena, and only told on the local engine. */
  readonly billed: boolean;
  readonly dashboards?: Dashboards;
  readonly onFault: (fault: unknown, what: string) => void;
}

/** Checked → Answer: sentence, marks, table, picture, and the receipt. A failed picture costs a mark, never the answer. */
export async function present(
  checked: Checked,
  brief: Brief,
  world: PresentWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Answer> {
  const { draft, result } = checked;
  const totals = checked.asides.totals;
  const finding = findWords(draft, result, totals);
  const readAs = readingLine(checked, world);
  const picture = await paint(checked, readAs, world, options, times);
  const table = shownTable(draft, result, totals, caption(readAs));
  const price = sumPrice(checked, world.billed);
  const { facts, today } = brief;
  return {
    kind: 'answer',
    id: brief.question.id,
    question: brief.question.text,
    reading: draft.reading,
    ...finding,
    marks: picture.mark ? [...checked.marks, picture.mark] : checked.marks,
    readAs,
    footer: sayFooter({ facts, today, period: draft.period, zone: world.zone, price, ms: times.total ?? sum(times) }),
    columns: result.columns,
    rows: result.rows,
    truncated: result.truncated,
    ...(table && (result.rows.length > 1 || draft.columns.filter((c) => c.role === 'metric').length > 1) ? { table } : {}),
    ...(picture.chart ? { chart: picture.chart } : {}),
    ...(picture.png ? { png: picture.png } : {}),
    ...dashboardOf(draft, world),
    sql: formatSql(checked.sql.text),
    counted: [...sayCounted(draft, world.glossary), ...checked.passed],
    notes: sayNotes(draft, checked.asides),
    next: nextQuestions(draft.reading, world.glossary),
    freshness: {
      completeTo: completeTo(facts, today),
      lastRun: facts.lastRunAt,
      partial: draft.period.partial,
      newestEventTime: facts.newestEventTime,
      dataVersion: facts.dataVersion,
    },
    price,
    ms: times,
  };
}

function dashboardOf(draft: Draft, { dashboards, glossary }: PresentWorld): Pick<Answer, 'dashboard'> {
  const view = dashboards && dashboardView(draft, glossary);
  const address = view && dashboards.linkTo(view);
  return address ? { dashboard: address } : {};
}

/** «conversion rate by device · 25 Oct – 23 Nov against 25 Sep – 24 Oct 2026 · Berlin time · without bots». */
function readingLine({ draft }: Checked, { glossary, zone }: PresentWorld): string {
  const { reading, period, before } = draft;
  const standard = reading.period === undefined ? 'no period named, so the last 28 complete days, ' : '';
  const when = before ? `${period.label} against ${before.label}` : period.label;
  const money = draft.columns.find((c) => c.unit === 'money' && c.currency)?.currency;
  const bots = reading.bots === 'include' ? 'bots included' : reading.bots === 'only' ? 'bots only' : 'without bots';
  const assumed = reading.assumed?.length ? [reading.assumed.join('; ')] : [];
  return [
    sayReading(reading, glossary),
    `${standard}${when}`,
    ...(money ? [`in ${money}`] : []),
    ...assumed,
    sayZone(zone),
    bots,
  ].join(' · ');
}

async function paint(
  checked: Checked,
  readAs: string,
  world: PresentWorld,
  options: LineOptions,
  times: Record<string, number>,
): ReturnType<typeof paintChart> {
  const chart = chooseChart(chartTable(checked.draft, checked.result), chartIntent(checked.draft, readAs, checked.result));
  if (!chart || options.noPicture) return chart ? { chart } : {};
  options.onState?.({ state: 'drawing' });
  return paintChart(chart, world, times);
}

function sumPrice({ estimatedBytes, result, asides }: Checked, billed: boolean) {
  const results = [result, ...Object.values(asides)];
  const scannedBytes = results.reduce((n, r) => n + r.scannedBytes, 0);
  return { estimatedBytes, scannedBytes, usd: results.reduce((n, r) => n + priceOf(r.scannedBytes).usd, 0), billed };
}

function caption(readAs: string): string {
  const [what = '', when = ''] = readAs.split(' · ');
  const text = `${what.charAt(0).toUpperCase()}${what.slice(1)}, ${when.replace('no period named, so the ', '')}`;
  return [...text].length > 150 ? `${[...text].slice(0, 149).join('')}…` : text;
}

function sum(times: Readonly<Record<string, number>>): number {
  return Object.values(times).reduce((a, b) => a + b, 0);
}
