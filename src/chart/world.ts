import { feature } from 'topojson-client';
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' };

/** A position on the globe in degrees: longitude, latitude. */
export type Position = readonly [number, number];

/** A country's shape: its ISO numeric code («» where the atlas has none) and its rings, one list for each piece of land. */
export interface CountryShape {
  readonly numeric: string;
  readonly pieces: readonly (readonly (readonly Position[])[])[];
}

/** The countries of Natural Earth 1:110m without Antarctica: 174 of 250 ISO codes have a shape. */
export function worldShapes(): readonly CountryShape[] {
  const topology = atlas as unknown as Parameters<typeof feature>[0];
  const world = feature(topology, topology.objects.countries!);
  const features = world.type === 'FeatureCollection' ? world.features : [world];
  return features
    .filter((one) => one.id !== '010')
    .map((one) => {
      const { geometry } = one;
      const pieces =
        geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
      return {
        numeric: String(one.id ?? '').padStart(one.id === undefined ? 0 : 3, '0'),
        pieces: pieces as unknown as CountryShape['pieces'],
      };
    });
}

/** The land that people think of: the largest piece and those within 15 degrees of it (France without Guiana, the USA without Hawaii). */
export function homeland(shape: CountryShape): Position[] {
  const pieces = shape.pieces
    .map((piece) => ({ ring: piece[0] ?? [], area: area(piece[0] ?? []) }))
    .sort((a, b) => b.area - a.area);
  const home = middle(pieces[0]?.ring ?? []);
  return pieces.filter((piece, at) => at === 0 || distance(middle(piece.ring), home) < 15).flatMap((piece) => piece.ring);
}

/** The middle of some positions on the globe. */
export function middle(positions: readonly Position[]): Position {
  const sum = [0, 0, 0];
  for (const [longitude, latitude] of positions) {
    const [l, p] = [longitude * radian, latitude * radian];
    sum[0]! += Math.cos(p) * Math.cos(l);
    sum[1]! += Math.cos(p) * Math.sin(l);
    sum[2]! += Math.sin(p);
  }
  return [Math.atan2(sum[1]!, sum[0]!) / radian, Math.atan2(sum[2]!, Math.hypot(sum[0]!, sum[1]!)) / radian];
}

/** The angle between two positions in degrees. */
export function distance(a: Position, b: Position): number {
  const cosine =
    Math.sin(a[1] * radian) * Math.sin(b[1] * radian) +
    Math.cos(a[1] * radian) * Math.cos(b[1] * radian) * Math.cos((a[0] - b[0]) * radian);
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / radian;
}

const radian = Math.PI / 180;

function area(ring: readonly Position[]): number {
  const wide = Math.cos((ring[0]?.[1] ?? 0) * radian);
  return (
    Math.abs(
      ring.reduce((sum, [x, y], at) => sum + x * ring[(at + 1) % ring.length]![1] - ring[(at + 1) % ring.length]![0] * y, 0),
    ) * wide
  );
}
