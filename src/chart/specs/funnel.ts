import { nameOf, partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { fitLabels } from '../fit-text.ts';
import { formatValue } from '../format-value.ts';
import { ink, type Measure, pictureWidth, size } from '../theme.ts';
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
  const { rows, width } = arranged(steps, most, pictureWidth - left - edge, measure);
  const right = pictureWidth - left - width;
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

interface Row {
  readonly at: number;
  readonly value: number;
  readonly text: string;
  readonly inside: boolean;
}

/** The widest bars at which every text fits, inside its bar or behind it; where none do, texts without the share of the first step. */
function arranged(steps: readonly FunnelStep[], most: number, room: number, measure: Measure): { rows: Row[]; width: number } {
  for (const long of [true, false]) {
    for (let width = room - 22; width >= 150; width -= 10) {
      const rows = steps.map((step, at): Row => {
        const text =
          at === 0
            ? step.count
            : `${step.count}  ·  ${step.ofPrevious} of previous${at > 1 && long ? `  ·  ${step.ofFirst} of first` : ''}`;
        const behind = (step.value / most) * width + 8 + measure(text, size.label) <= room;
        return { at, value: step.value, text, inside: !behind };
      });
      const fits = rows.every((row) => !row.inside || measure(row.text, size.label, 600) + 16 <= (row.value / most) * width);
      if (fits) return { rows, width };
    }
  }
  const rows = steps.map((step, at): Row => ({ at, value: step.value, text: step.count, inside: false }));
  return { rows, width: Math.max(120, room - 70) };
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
