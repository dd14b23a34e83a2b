import { altText } from './alt-text.ts';
import { distinctCount, type Facts, numbersOf, readFacts } from './chart-facts.ts';
import type { Chart, ChartIntent, ChartTable } from './chart-table.ts';
import { cleanText } from './fit-text.ts';
import { axisPlace, grouped } from './shape-rows.ts';
import { barsWay } from './ways/bars.ts';
import { bubblesWay } from './ways/bubbles.ts';
import { columnsWay } from './ways/columns.ts';
import { funnelWay } from './ways/funnel.ts';
import { groupedWay } from './ways/grouped-bars.ts';
import { heatWay } from './ways/heat.ts';
import { histogramWay } from './ways/histogram.ts';
import { lineWay } from './ways/line.ts';
import { mapWay } from './ways/map.ts';
import { scatterWay } from './ways/scatter.ts';
import { stackedWay } from './ways/stacked.ts';
import { dimensions, type Way } from './ways/way.ts';

/** The picture that fits a result, or undefined where a number or the table says it better: the first rule that matches decides. */
export function chooseChart(table: ChartTable, intent: ChartIntent): Chart | undefined {
  const { placed, left } = withPlaces(table, intent);
  const facts = readFacts(placed, intent);
  const rule = rules.find((one) => one.when(facts) && (one.draw === 'none' || ways[one.draw].fits(facts)));
  if (rule === undefined || rule.draw === 'none') return undefined;
  const shaped = ways[rule.draw].shape(facts);
  const bare = {
    type: rule.draw,
    rule: rule.id,
    title: cleanText(intent.title),
    subtitle: subtitleOf(facts, [...shaped.notes, ...left], shaped.table),
    others: (Object.keys(ways) as Chart['type'][]).filter((type) => type !== rule.draw && ways[type].fits(facts)),
    table: shaped.table,
    ...(intent.lastPartial === true && facts.time.length > 0 ? { lastPartial: true } : {}),
    ...(shaped.otherLast === true ? { otherLast: true } : {}),
  };
  return { ...bare, altText: altText(bare) };
}

/** Rows without a time (or offset) have no place on such an axis: they are left out, and that is said. */
function withPlaces(table: ChartTable, intent: ChartIntent): { placed: ChartTable; left: readonly string[] } {
  const { time, offset } = readFacts(table, intent);
  const rows = table.rows.filter((row) =>
    [...time, ...offset].every((column) => axisPlace(row[column.at], column.role) !== undefined),
  );
  const count = table.rows.length - rows.length;
  if (count === 0) return { placed: table, left: [] };
  return {
    placed: { ...table, rows },
    left: [`left out: ${grouped(count)} ${count === 1 ? 'row' : 'rows'} without a ${time.length > 0 ? 'time' : 'place'}`],
  };
}

interface Rule {
  readonly id: string;
  readonly when: (facts: Facts) => boolean;
  readonly draw: Chart['type'] | 'none';
}

const rules: readonly Rule[] = [
  { id: 'U1', when: wants('none'), draw: 'none' },
  { id: 'N1', when: (facts) => facts.table.rows.length === 0, draw: 'none' },
  { id: 'N2', when: (facts) => facts.drawn.length === 0 && facts.latitude === undefined, draw: 'none' },
  { id: 'N3', when: (facts) => facts.drawn.length > 0 && numbersOf(facts, facts.drawn[0]!).length === 0, draw: 'none' },
  { id: 'K1', when: (facts) => facts.table.rows.length === 1, draw: 'none' },
  { id: 'U2', when: wants('map'), draw: 'map' },
  { id: 'U3', when: wants('funnel'), draw: 'funnel' },
  { id: 'U4', when: wants('share'), draw: 'stacked' },
  { id: 'U5', when: wants('bars', 'top'), draw: 'bars' },
  { id: 'U6', when: wants('bars'), draw: 'columns' },
  { id: 'U7', when: wants('bars'), draw: 'grouped_bars' },
  { id: 'U8', when: wants('line'), draw: 'line' },
  {
    id: 'K2',
    when: (facts) => facts.table.rows.length === 2 && facts.time.length > 0 && dimensions(facts).length === 1,
    draw: 'none',
  },
  { id: 'G1', when: (facts) => facts.latitude !== undefined, draw: 'bubbles' },
  {
    id: 'H1',
    when: (facts) =>
      facts.offset.length === 1 &&
      dimensions(facts).length === 2 &&
      dimensions(facts).every((column) => distinctCount(facts, column) >= 3),
    draw: 'heat',
  },
  { id: 'F1', when: (facts) => facts.step.length === 1, draw: 'funnel' },
  { id: 'F2', when: (facts) => facts.step.length === 1, draw: 'grouped_bars' },
  { id: 'T0', when: (facts) => facts.offset.length === 1, draw: 'line' },
  { id: 'N7', when: (facts) => facts.time.length > 0 && facts.id.length > 0 && facts.category.length > 1, draw: 'none' },
  {
    id: 'T1',
    when: (facts) =>
      facts.time.length === 1 && facts.drawn.length === 1 && facts.drawn[0]!.additive && facts.table.rows.length <= 12,
    draw: 'columns',
  },
  { id: 'T2', when: (facts) => facts.time.length === 1, draw: 'line' },
  { id: 'T3', when: (facts) => facts.time.length === 1 && facts.drawn.length === 1, draw: 'columns' },
  { id: 'T4', when: (facts) => facts.time.length === 1, draw: 'grouped_bars' },
  { id: 'N8', when: (facts) => facts.time.length > 0, draw: 'none' },
  {
    id: 'G2',
    when: (facts) => !wants('top')(facts) && facts.country.length === 1 && distinctCount(facts, facts.country[0]!) >= 8,
    draw: 'map',
  },
  {
    id: 'S1',
    when: (facts) =>
      facts.measures.length >= 2 &&
      facts.table.rows.length >= 30 &&
      dimensions(facts).every((column) => column.role === 'id') &&
      !wants('top')(facts),
    draw: 'scatter',
  },
  {
    id: 'D1',
    when: (facts) => dimensions(facts).every((column) => column.role === 'id') && !wants('top')(facts),
    draw: 'histogram',
  },
  { id: 'D3', when: (facts) => facts.bin.length + facts.cyclic.length === 1 && dimensions(facts).length === 1, draw: 'columns' },
  { id: 'D4', when: (facts) => facts.cyclic.length >= 1 && dimensions(facts).length === 2, draw: 'line' },
  {
    id: 'C4',
    when: (facts) => facts.drawn.length >= 2 && facts.before.every((column) => column === undefined),
    draw: 'grouped_bars',
  },
  { id: 'X0', when: (facts) => facts.cyclic.length === 2, draw: 'heat' },
  { id: 'C1', when: () => true, draw: 'bars' },
  { id: 'X1', when: (facts) => facts.drawn[0]?.additive === true && facts.table.rows.length > 12, draw: 'stacked' },
  { id: 'X2', when: () => true, draw: 'grouped_bars' },
  { id: 'X3', when: () => true, draw: 'heat' },
];

const ways: Record<Chart['type'], Way> = {
  line: lineWay,
  columns: columnsWay,
  bars: barsWay,
  grouped_bars: groupedWay,
  stacked: stackedWay,
  funnel: funnelWay,
  map: mapWay,
  heat: heatWay,
  histogram: histogramWay,
  scatter: scatterWay,
  bubbles: bubblesWay,
};

function wants(...what: readonly NonNullable<ChartIntent['wants']>[]): (facts: Facts) => boolean {
  return (facts) => facts.intent.wants !== undefined && what.includes(facts.intent.wants);
}

function subtitleOf(facts: Facts, notes: readonly string[], drawn: ChartTable): string {
  const before = drawn.columns.find((column) => column.before === true);
  const said = cleanText(facts.intent.subtitle)
    .split(' · ')
    .filter((part) => before !== undefined || !/^pale\b/iu.test(part));
  const pale = before !== undefined && !said.some((part) => /\bpale\b/iu.test(part)) ? [`pale: ${cleanText(before.label)}`] : [];
  const cut = facts.table.truncated ? [`first ${grouped(facts.table.rows.length)} rows`] : [];
  return [...said, ...onlyDrawn(facts, drawn), ...cut, ...notes, ...pale].filter((part) => part !== '').join(' · ');
}

/** Of several measures, the ones that the picture shows. */
function onlyDrawn(facts: Facts, drawn: ChartTable): string[] {
  const shown = drawn.columns.filter((column) => column.role === 'measure' && column.before !== true);
  if (shown.length === 0 || shown.length >= facts.measures.length) return [];
  return [`drawn: ${shown.map((column) => cleanText(column.label)).join(' and ')}`];
}
