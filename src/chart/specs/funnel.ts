import { nameOf, partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { fitLabels } from '../fit-text.ts';
import { formatValue } from '../format-value.ts';
import { ink, type Measure, size } from '../theme.ts';
import { type Body, banded, edge, marks, scaled, widest, words } from './layers.ts';

/** Left-aligned bars, one for each step, with the share of the step before and of the first. */
export function buildFunnel(chart: Chart, measure: Measure): Body {
  const steps = funnelSteps(chart);
  const labels = fitLabels(
    steps.map((step) => step.name),
    150,
    size.label,
    measure,
  );
  const most = Math.max(...steps.map((step) => step.value), 1);
  const left = edge + widest(labels, measure) + 6;
  const texts = steps.map((step, at) =>
    at === 0 ? step.count : `${step.count}  ·  ${step.ofPrevious} of previous${at > 1 ? `  ·  ${step.ofFirst} of first` : ''}`,
  );
  const width = 500 - left - 37;
  const rows = steps.map((step, at) => {
    const text = texts[at]!;
    const long = (step.value / most) * width;
    const inside = long + measure(text, size.label, 600) + 8 > width + 30 && measure(text, size.label, 600) + 16 < long;
    return { at, value: step.value, text, inside };
  });
  const spill = rows
    .filter((row) => !row.inside)
    .map((row) => (row.value / most) * width + measure(row.text, size.label) + 8 - width);
  const right = Math.min(260, Math.max(37, edge + Math.max(0, ...spill)));
  const y = banded('at', steps.length, 0.38);
  const x = scaled('value', [0, most]);
  const middle = { ...y, bandPosition: 0.5 };
  return {
    left,
    right,
    bottom: edge,
    height: steps.length * 38.5,
    gap: 12,
    layers: [
      words(
        labels.map((text, at) => ({ at, text })),
        { y: middle, x: { value: -6 } },
        { align: 'right' },
      ),
      marks(rows, { type: 'bar', color: ink.single, cornerRadiusEnd: 2 }, { x, x2: { datum: 0 }, y }),
      words(
        rows.filter((row) => row.inside),
        { y: middle, x },
        { align: 'right', dx: -8, color: ink.ground, fontWeight: 600 },
      ),
      words(
        rows.filter((row) => !row.inside),
        { y: middle, x },
        { align: 'left', dx: 8 },
      ),
    ],
  };
}

/** A step of a funnel with its shares in words. */
export interface FunnelStep {
  readonly name: string;
  readonly value: number;
  readonly count: string;
  readonly ofPrevious: string;
  readonly ofFirst: string;
}

/** The steps in their order, with the shares of the previous and of the first step («–» where that is nothing). */
export function funnelSteps(chart: Chart): FunnelStep[] {
  const { axis, measures } = partsOf(chart.table);
  const column = measures[0]!;
  const values = chart.table.rows.map((row) => numberOf(row[column.at]) ?? 0);
  return chart.table.rows.map((row, at) => ({
    name: nameOf(row[axis!.at]),
    value: values[at]!,
    count: formatValue(values[at], column.unit, { currency: column.currency, compact: true }),
    ofPrevious: share(values[at]!, values[at - 1]),
    ofFirst: share(values[at]!, values[0]),
  }));
}

function share(part: number, whole: number | undefined): string {
  if (whole === undefined || whole === 0) return '–';
  return formatValue(part / whole, 'share');
}
