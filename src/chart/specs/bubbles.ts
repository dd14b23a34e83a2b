import type { Chart } from '../chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from '../column-roles.ts';
import { formatValue } from '../format-value.ts';
import { mapSize, placesWindow } from '../map-window.ts';
import { ink, type Measure, size } from '../theme.ts';
import { worldShapes } from '../world.ts';
import { type Body, edge, marks, pixel, words } from './layers.ts';

/** Places on a map, zoomed to them: area of a bubble by value, the greatest drawn first, three sizes explained below. */
export function buildBubbles(chart: Chart, measure: Measure): Body {
  const { places, column } = placesOf(chart);
  const shapes = worldShapes();
  const window = placesWindow(
    shapes,
    places.map((place) => [place.longitude, place.latitude]),
  );
  const most = Math.max(...places.map((place) => place.value), 0) || 1;
  const area = (value: number) => Math.max(6, (value / most) * 620);
  const features = shapes.map((shape) => ({
    type: 'Feature',
    geometry: { type: 'MultiPolygon', coordinates: shape.pieces },
  }));
  const bubbles = places.map((place) => ({ ...place, area: column === undefined ? 40 : area(place.value) }));
  const y = mapSize.height + 26;
  let x = 0;
  const legend = (column === undefined ? [] : [most, most / 4, most / 20]).map((value) => {
    const text = formatValue(Number(value.toPrecision(2)), column!.unit, { currency: column!.currency, compact: true });
    const here = { area: area(value), x: x + 14, y, textX: x + 32, text };
    x += 32 + measure(text, size.label) + 22;
    return here;
  });
  const mark = { type: 'circle', filled: true, fill: ink.single, fillOpacity: 0.5, stroke: ink.ground, strokeWidth: 0.8 };
  return {
    left: edge,
    right: edge,
    bottom: legend.length === 0 ? edge : 52,
    height: mapSize.height,
    gap: 14,
    projection: { ...window.projection },
    layers: [
      marks(features, { type: 'geoshape', fill: ink.noData, stroke: ink.border, strokeWidth: 0.7, clip: true }, {}),
      marks(
        bubbles,
        { ...mark, clip: true },
        {
          longitude: { field: 'longitude', type: 'quantitative' },
          latitude: { field: 'latitude', type: 'quantitative' },
          size: { field: 'area', type: 'quantitative', scale: null },
        },
      ),
      marks(legend, mark, { x: pixel('x'), y: pixel('y'), size: { field: 'area', type: 'quantitative', scale: null } }),
      words(legend, { x: pixel('textX'), y: pixel('y') }, { align: 'left' }),
    ],
  };
}

interface Place {
  readonly longitude: number;
  readonly latitude: number;
  readonly value: number;
}

function placesOf(chart: Chart): { readonly places: Place[]; readonly column: KnownColumn | undefined } {
  const columns = knowColumns(chart.table);
  const at = (role: KnownColumn['role']) => columns.find((one) => one.role === role);
  const column = at('measure');
  const places = chart.table.rows.flatMap((row) => {
    const [longitude, latitude] = [numberOf(row[at('longitude')!.at]), numberOf(row[at('latitude')!.at])];
    const value = column === undefined ? 1 : numberOf(row[column.at]);
    return longitude === undefined || latitude === undefined || value === undefined
      ? []
      : [{ longitude, latitude, value: Math.max(0, value) }];
  });
  return { places, column };
}
