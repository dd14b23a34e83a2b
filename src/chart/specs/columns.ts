import { nameOf, partsOf } from '../chart-series.ts';
import type { Chart } from '../chart-table.ts';
import { numberOf } from '../column-roles.ts';
import { fitText } from '../fit-text.ts';
import { formatValue } from '../format-value.ts';
import { ink, type Measure, size } from '../theme.ts';
import { grainOf, tickNames, timeOf } from '../time-values.ts';
import { type Body, banded, edge, type Json, marks, painted, plotWidth, scaled, widest, words } from './layers.ts';
import { valueAxis, valueAxisLayers } from './value-axis.ts';

/** Columns in natural order over few time buckets, hours, weekdays or bins; the earlier period pale beside, an unfinished last one hollow. */
export function buildColumns(chart: Chart, measure: Measure): Body {
  const columns = columnsOf(chart);
  const { measures, befores } = partsOf(chart.table);
  const column = measures[0]!;
  const values = columns.flatMap((one) => [one.value ?? [], one.before ?? []].flat());
  const axis = valueAxis(values, column.unit, column.currency, false);
  const lines = columnLabels(
    chart,
    columns.map((one) => one.name),
    measure,
  );
  const place = {
    left: edge + widest(axis.labels, measure) + 8,
    right: edge,
    bottom: edge + (lines.some((line) => line[1] !== '') ? 38 : 22),
    height: 182,
    gap: 30,
  };
  const slot = plotWidth(place) / columns.length;
  const tops = columns.map((one) => formatValue(one.value, column.unit, { currency: column.currency, compact: true }));
  const topsFit = widest(tops, measure, size.small) + 4 <= slot && befores.length === 0;
  const x = banded('at', columns.length, 0.3);
  const y = scaled('y', axis.domain);
  const middle = { ...x, bandPosition: 0.5 };
  const texts = (which: 0 | 1) =>
    words(
      lines.map((line, at) => ({ at, text: line[which] })).filter((line) => line.text !== ''),
      { x: middle, y: { value: place.height + 16 + which * 16 } },
      { align: 'center', color: ink.muted },
    );
  const ups = columns.map((one, at) => ({ at, y: one.value ?? 0, text: tops[at]!, down: (one.value ?? 0) < 0 }));
  return {
    ...place,
    layers: [
      ...valueAxisLayers(axis, plotWidth(place)),
      ...columnLayers(columns, { x, y, band: slot * 0.7 }, chart.lastPartial === true),
      texts(0),
      texts(1),
      ...(topsFit
        ? [
            words(
              ups.filter((up) => !up.down),
              { x: middle, y },
              { dy: -9, fontSize: size.small },
            ),
            words(
              ups.filter((up) => up.down),
              { x: middle, y },
              { dy: 10, fontSize: size.small },
            ),
          ]
        : []),
    ],
  };
}

interface Column {
  readonly name: string;
  readonly value: number | null;
  readonly before: number | null;
}

function columnsOf(chart: Chart): Column[] {
  const { axis, measures, befores } = partsOf(chart.table);
  return chart.table.rows.map((row) => ({
    name: nameOf(row[axis!.at]),
    value: numberOf(row[measures[0]!.at]) ?? null,
    before: befores[0] === undefined ? null : (numberOf(row[befores[0].at]) ?? null),
  }));
}

/** Two lines of label under each column; so many are left out that none touch. */
export function columnLabels(chart: Chart, names: readonly string[], measure: Measure): (readonly [string, string])[] {
  const room = 420 / names.length;
  const { axis } = partsOf(chart.table);
  if (axis?.role !== 'time') {
    const long = axis?.role === 'cyclic' && widest(names, measure) + 6 > room;
    const shown = long ? names.map((name) => (/^\d/u.test(name) ? name : name.slice(0, 3))) : names;
    return thin(
      shown.map((name) => [fitText(name, Math.max(room, 38), size.label, measure), ''] as const),
      room,
      measure,
    );
  }
  const times = chart.table.rows.map((row) => timeOf(row[axis.at]) ?? 0);
  const distinct = [...new Set(times)];
  const grain = grainOf(distinct);
  return thin(tickNames(distinct, grain), room, measure);
}

function thin(lines: (readonly [string, string])[], room: number, measure: Measure): (readonly [string, string])[] {
  const step = Math.max(
    1,
    Math.ceil(
      (widest(
        lines.map((line) => line[0]),
        measure,
      ) +
        6) /
        room,
    ),
  );
  return lines.map((line, at) => (at % step === 0 ? line : ['', '']));
}

function columnLayers(
  columns: readonly Column[],
  at: { readonly x: Json; readonly y: Json; readonly band: number },
  lastPartial: boolean,
): Json[] {
  const paired = columns.some((one) => one.before !== null);
  const last = columns.length - 1;
  const filled = columns.flatMap((one, place) => {
    if (one.value === null || (lastPartial && place === last)) return [];
    return [{ at: place, y: one.value, color: one.value < 0 ? ink.negative : ink.single }];
  });
  const open = lastPartial
    ? columns.flatMap((one, place) => (place === last && one.value !== null ? [{ at: place, y: one.value }] : []))
    : [];
  const pale = columns.flatMap((one, place) => (one.before === null ? [] : [{ at: place, y: one.before }]));
  const half = at.band / 2;
  const mark = (side: number) => ({
    type: 'bar',
    cornerRadiusEnd: 2,
    ...(paired ? { width: half - 1, xOffset: (side * half) / 2 } : {}),
  });
  const place = { x: at.x, y: at.y, y2: { datum: 0 } };
  return [
    ...(paired ? [marks(pale, { ...mark(-1), color: ink.before }, place)] : []),
    marks(filled, mark(1), { ...place, fill: painted() }),
    ...(open.length === 0
      ? []
      : [marks(open, { ...mark(1), fill: ink.ground, stroke: ink.single, strokeWidth: 1.4, strokeDash: [4, 3] }, place)]),
  ];
}
