import type { Chart } from '../chart-table.ts';
import { fitLabels } from '../fit-text.ts';
import { formatValue } from '../format-value.ts';
import { ink, type Measure, size, textOn } from '../theme.ts';
import { type Body, banded, edge, marks, plotWidth, scaled, widest, words } from './layers.ts';
import { legendAbove } from './legend.ts';
import { colorOf, type Whole } from './whole.ts';

/** Horizontal bars of parts, one bar for each name, the total behind it; a part says its value where it has the room. */
export function buildStackedRows(chart: Chart, whole: Whole, measure: Measure): Body {
  const { names, parts, places, value } = whole;
  const write = (amount: number) => formatValue(amount, value.unit, { currency: value.currency, compact: true });
  const ends = places.map((_, at) => Math.max(0, ...parts.filter((part) => part.at === at).map((part) => part.high)));
  const totals = value.unit === 'share' ? [] : ends.map((end, at) => ({ at, x: end, text: write(end) }));
  const labels = fitLabels(places, 170, size.label, measure);
  const left = edge + widest(labels, measure) + 8;
  const behind = widest(
    totals.map((total) => total.text),
    measure,
  );
  const place = { left, right: edge + (behind === 0 ? 0 : behind + 8), bottom: edge, height: places.length * 30 };
  const legend = legendAbove(
    names.map((name, at) => ({ name, color: colorOf(chart, names, at) })),
    left,
    6,
    measure,
  );
  const most = Math.max(...ends) || 1;
  const scale = plotWidth(place) / most;
  const drawn = parts.map((part) => {
    const color = colorOf(chart, names, part.series);
    return {
      at: part.at,
      x: part.low,
      end: part.high,
      middle: (part.low + part.high) / 2,
      color,
      text: write(part.high - part.low),
      ink: textOn(color),
    };
  });
  const said = drawn.filter((part) => (part.end - part.x) * scale >= measure(part.text, size.small) + 10);
  const y = banded('at', places.length, 0.28);
  const middle = { ...y, bandPosition: 0.5 };
  const domain = [0, most] as const;
  const color = (field: string) => ({ field, type: 'nominal', scale: null });
  return {
    ...place,
    gap: legend.height + 16,
    layers: [
      ...legend.layers,
      words(
        labels.map((text, at) => ({ at, text })),
        { y: middle, x: { value: -8 } },
        { align: 'right' },
      ),
      marks(
        drawn,
        { type: 'bar', stroke: ink.ground, strokeWidth: 0.8 },
        { x: scaled('x', domain), x2: { field: 'end' }, y, fill: color('color') },
      ),
      words(said, { x: scaled('middle', domain), y: middle, color: color('ink') }, { align: 'center', fontSize: size.small }),
      words(totals, { x: scaled('x', domain), y: middle }, { align: 'left', dx: 6 }),
    ],
  };
}
