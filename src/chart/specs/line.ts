import { partsOf, type Series, seriesOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { fitText } from '../fit-text.ts';
import { formatValue } from '../format-value.ts';
import { ink, type Measure, paler, seriesColors, seriesDashes, size } from '../theme.ts';
import { type Grain, grainOf, isNext, tickNames, tickTimes } from '../time-values.ts';
import { type Body, edge, type Json, marks, plotWidth, scaled, widest, words } from './layers.ts';
import { valueAxis, valueAxisLayers } from './value-axis.ts';

/** Lines over time or over an offset: gaps stay open, names stand at the line's end, the earlier period is pale, an unfinished end dashed. */
export function buildLine(chart: Chart, measure: Measure): Body {
  const all = seriesOf(chart);
  const series = all.filter((one) => one.points.some((point) => point.y !== null));
  const times = [...new Set(series.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => a - b);
  const overTime = partsOf(chart.table).axis?.role === 'time';
  const grain = overTime ? grainOf(times) : undefined;
  const values = series.flatMap((one) => one.points.flatMap((point) => point.y ?? []));
  const first = series[0]!;
  const axis = valueAxis(values, first.unit, first.currency, true);
  const ends = endLabels(series, chart.lastPartial === true, measure);
  const ticks = xTicks(times, grain);
  const twoLines = ticks.some((tick) => tick.lines[1] !== '');
  const place = {
    left: edge + widest(axis.labels, measure) + 8,
    right: Math.max(
      edge +
        widest(
          ends.map((end) => end.text),
          measure,
          size.label,
          600,
        ) +
        10,
      edge + measure(ticks.at(-1)?.lines[0] ?? '', size.label) / 2,
    ),
    bottom: edge + (twoLines ? 38 : 22),
    height: 182,
    gap: 26,
  };
  const x = scaled('x', [times[0]!, times.at(-1)! === times[0] ? times[0]! + 1 : times.at(-1)!]);
  const y = scaled('y', axis.domain);
  const strokes = [...series.filter((one) => one.before), ...series.filter((one) => !one.before)];
  const slots = new Set(series.map((one) => one.slot)).size;
  const single = slots === 1;
  const color = (slot: number) =>
    single
      ? ink.single
      : chart.otherLast === true && slot === slots - 1
        ? ink.otherLine
        : seriesColors[slot % seriesColors.length]!;
  return {
    ...place,
    note: axis.note,
    layers: [
      ...valueAxisLayers(axis, plotWidth(place)),
      ...tickLayers(ticks, x, place.height),
      ...strokes.flatMap((one) =>
        strokeLayers(one, { x, y }, grain, { color, single, partial: chart.lastPartial === true, last: times.at(-1)! }),
      ),
      ...endLayers(ends, axis.domain, place.height, plotWidth(place), color),
    ],
  };
}

interface Tick {
  readonly x: number;
  readonly lines: readonly [string, string];
}

function xTicks(times: readonly number[], grain: Grain | undefined): Tick[] {
  if (grain === undefined) {
    const step = Math.max(1, Math.ceil(times.length / 12));
    return times.filter((_, at) => at % step === 0).map((time) => ({ x: time, lines: [String(time), ''] }));
  }
  const most = grain === 'month' || grain === 'quarter' || grain === 'year' ? 7 : 5;
  const { times: shown, grain: named } = tickTimes(times, grain, most);
  const names = tickNames(shown, named);
  return shown.map((time, at) => ({ x: time, lines: names[at]! }));
}

function tickLayers(ticks: readonly Tick[], x: Json, height: number): Json[] {
  const line = (which: 0 | 1) =>
    words(
      ticks.map((tick) => ({ x: tick.x, text: tick.lines[which] })),
      { x, y: { value: height + 17 + which * 16 } },
      { align: 'center', color: ink.muted },
    );
  const small = marks(
    ticks.map((tick) => ({ x: tick.x })),
    { type: 'rule', color: ink.zero, strokeWidth: 1 },
    {
      x,
      y: { value: height },
      y2: { value: height + 5 },
    },
  );
  return ticks.some((tick) => tick.lines[1] !== '') ? [small, line(0), line(1)] : [small, line(0)];
}

interface Stroke {
  readonly color: (slot: number) => string;
  readonly single: boolean;
  readonly partial: boolean;
  readonly last: number;
}

function strokeLayers(
  series: Series,
  at: { readonly x: Json; readonly y: Json },
  grain: Grain | undefined,
  stroke: Stroke,
): Json[] {
  const strong = stroke.color(series.slot);
  const color = series.before ? paler(strong, 0.55) : strong;
  const dash = stroke.single || series.before ? [] : seriesDashes[series.slot % seriesDashes.length]!;
  const width = series.before ? 1.2 : 2.2;
  const end = series.points.at(-1);
  const open = stroke.partial && !series.before && end?.x === stroke.last && end.y !== null;
  const whole = segments(open ? series.points.slice(0, -1) : series.points, grain);
  const line = (values: readonly object[], strokeDash: readonly number[], opacity = 1) =>
    marks(
      values,
      { type: 'line', color, strokeWidth: width, strokeDash, opacity, strokeJoin: 'round' },
      { ...at, detail: { field: 'part', type: 'ordinal' } },
    );
  const alone = whole.filter((point) => whole.filter((other) => other.part === point.part).length === 1);
  const before = series.points.at(-2);
  const tail =
    open && before?.y != null
      ? [
          line(
            [
              { ...before, part: 0 },
              { ...end, part: 0 },
            ],
            [2, 3],
            0.75,
          ),
        ]
      : [];
  return [
    line(whole, dash),
    ...tail,
    ...(alone.length === 0 ? [] : [marks(alone, { type: 'point', filled: true, color, size: 22, opacity: 1 }, at)]),
    ...(open
      ? [
          marks(
            [end],
            { type: 'point', filled: true, fill: ink.ground, stroke: color, strokeWidth: 1.6, size: 40, opacity: 1 },
            at,
          ),
        ]
      : []),
  ];
}

function segments(points: Series['points'], grain: Grain | undefined): { x: number; y: number; part: number }[] {
  const present = points.flatMap((point) => (point.y === null ? [] : [{ x: point.x, y: point.y }]));
  const steps = points.slice(1).map((point, at) => grain === undefined || isNext(points[at]!.x, point.x, grain));
  // Where most buckets are missing there is no rhythm to break, and dots alone would hide the course.
  const rhythmic = steps.filter((step) => !step).length <= steps.length * 0.4;
  const missing = new Set(points.filter((point) => point.y === null).map((point) => point.x));
  let part = 0;
  return present.map((point, at) => {
    const previous = present[at - 1];
    const hole = previous !== undefined && [...missing].some((x) => x > previous.x && x < point.x);
    const jump = previous !== undefined && rhythmic && grain !== undefined && !isNext(previous.x, point.x, grain);
    if (hole || jump) part += 1;
    return { ...point, part };
  });
}

interface End {
  readonly text: string;
  readonly y: number;
  readonly slot: number;
}

function endLabels(series: readonly Series[], partial: boolean, measure: Measure): End[] {
  const current = series.filter((one) => !one.before);
  return current.map((one) => {
    const last = one.points.findLast((point) => point.y !== null)!;
    const value = partial ? '' : formatValue(last.y, one.unit, { currency: one.currency, compact: true });
    const name = current.length === 1 ? '' : fitText(one.name, 110, size.label, measure, 600);
    return { text: [name, value].filter((part) => part !== '').join(' '), y: last.y!, slot: one.slot };
  });
}

function endLayers(
  ends: readonly End[],
  domain: readonly [number, number],
  height: number,
  width: number,
  color: (slot: number) => string,
): Json[] {
  const apart = 17;
  const placed = ends
    .filter((end) => end.text !== '')
    .map((end) => ({ ...end, top: height - ((end.y - domain[0]) / (domain[1] - domain[0])) * height }))
    .sort((a, b) => a.top - b.top);
  placed.forEach((end, at) => {
    if (at > 0) end.top = Math.max(end.top, placed[at - 1]!.top + apart);
  });
  placed.toReversed().forEach((end, at, list) => {
    end.top = Math.min(end.top, at === 0 ? height : list[at - 1]!.top - apart);
  });
  return placed.map((end) =>
    words(
      [{ text: end.text }],
      { x: { value: width + 8 }, y: { value: end.top } },
      {
        align: 'left',
        fontWeight: 600,
        color: color(end.slot),
      },
    ),
  );
}
