import { nameOf, partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { fitLabels } from '../fit-text.ts';
import { valueWriter } from '../format-value.ts';
import { ink, type Measure, size } from '../theme.ts';
import { type Body, banded, edge, type Json, marks, painted, plotWidth, scaled, widest, words } from './layers.ts';

/** Horizontal bars in the order of the rows: the value at the bar's end, negatives red to the left, «Other» grey, the earlier period as a pale strip. */
export function buildBars(chart: Chart, measure: Measure): Body {
  const bars = barsOf(chart);
  const labels = fitLabels(
    bars.map((bar) => bar.name),
    205,
    size.label,
    measure,
  );
  const domain = barDomain(bars);
  const lengths = valueRoom(bars, domain, measure);
  const place = {
    left: edge + widest(labels, measure) + 8 + lengths.left,
    right: edge + lengths.right,
    bottom: edge,
    height: bars.length * 27.5,
    gap: 14,
  };
  const y = banded('at', bars.length, 0.36);
  const x = scaled('value', domain);
  const lefts = bars.filter((bar) => bar.value !== null && bar.value < 0);
  const rights = bars.filter((bar) => bar.value === null || bar.value >= 0);
  return {
    ...place,
    layers: [
      words(
        labels.map((text, at) => ({ at, text })),
        { y: centred(y), x: { value: -8 - lengths.left } },
        { align: 'right' },
      ),
      ...barLayers(bars, x, y),
      ...zeroLine(domain, place.height, plotWidth(place)),
      words(rights, { y: centred(y), x: scaled('end', domain) }, { align: 'left', dx: 6 }),
      words(lefts, { y: centred(y), x: scaled('end', domain) }, { align: 'right', dx: -6 }),
    ],
  };
}

interface Bar {
  readonly at: number;
  readonly name: string;
  readonly value: number | null;
  readonly before: number | null;
  readonly text: string;
  /** Where its text stands on the value scale. */
  readonly end: number;
  readonly color: string;
}

function barsOf(chart: Chart): Bar[] {
  const { axis, measures, befores } = partsOf(chart.table);
  const column = measures[0]!;
  const format = { currency: column.currency, compact: true };
  const values = chart.table.rows.map((row) => numberOf(row[column.at]) ?? null);
  const write = valueWriter(values, column.unit, format);
  return chart.table.rows.map((row, at) => {
    const value = values[at] ?? null;
    const before = befores[0] === undefined ? null : (numberOf(row[befores[0].at]) ?? null);
    const text = value === null ? 'no data' : write(value);
    const other = chart.otherLast === true && at === chart.table.rows.length - 1;
    const color = other ? ink.other : value !== null && value < 0 ? ink.negative : ink.single;
    const end = value === null || value >= 0 ? Math.max(value ?? 0, before ?? 0) : Math.min(value, before ?? 0);
    return { at, name: axis === undefined ? '' : nameOf(row[axis.at]), value, before, text, end, color };
  });
}

function barDomain(bars: readonly Bar[]): readonly [number, number] {
  const ends = bars.flatMap((bar) => [bar.value ?? 0, bar.before ?? 0]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return low === high ? [0, 1] : [low, high];
}

function valueRoom(bars: readonly Bar[], domain: readonly [number, number], measure: Measure): { left: number; right: number } {
  const span = domain[1] - domain[0];
  // A short bar leaves room for its own text; 160 px is the least that a plot keeps.
  const over = (bar: Bar, free: number) => Math.max(0, measure(bar.text, size.label) + 8 - free * 160);
  const right = bars.filter((bar) => (bar.value ?? 0) >= 0).map((bar) => over(bar, (domain[1] - bar.end) / span));
  const left = bars.filter((bar) => (bar.value ?? 0) < 0).map((bar) => over(bar, (bar.end - domain[0]) / span));
  return { left: Math.max(0, ...left), right: Math.max(0, ...right) };
}

function barLayers(bars: readonly Bar[], x: Json, y: Json): Json[] {
  const pale = bars.flatMap((bar) => (bar.before === null ? [] : [{ at: bar.at, value: bar.before }]));
  const drawn = bars.flatMap((bar) => (bar.value === null ? [] : [{ at: bar.at, value: bar.value, color: bar.color }]));
  const x2 = { datum: 0 };
  const fill = painted();
  const mark = { type: 'bar', cornerRadiusEnd: 2 };
  if (pale.length === 0) return [marks(drawn, mark, { x, x2, y, fill })];
  return [
    marks(pale, { ...mark, color: ink.before }, { x, x2, y }),
    marks(drawn, { ...mark, height: { band: 0.5 } }, { x, x2, y, fill }),
  ];
}

function zeroLine(domain: readonly [number, number], height: number, width: number): Json[] {
  if (domain[0] === 0) return [];
  const at = ((0 - domain[0]) / (domain[1] - domain[0])) * width;
  return [
    marks(
      [{}],
      { type: 'rule', color: ink.zero, strokeWidth: 1.2 },
      { x: { value: at }, y: { value: 0 }, y2: { value: height } },
    ),
  ];
}

function centred(y: Json): Json {
  return { ...y, bandPosition: 0.5 };
}
