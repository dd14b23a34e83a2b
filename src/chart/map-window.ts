import { type CountryShape, distance, homeland, middle, type Position } from './world.ts';

/** The part of the world that a map shows, as the settings of a Vega projection. */
export interface MapWindow {
  readonly projection: {
    readonly type: string;
    readonly rotate: readonly number[];
    readonly scale: number;
    readonly translate: readonly [number, number];
  };
  readonly world: boolean;
  /** Numeric codes of weighted countries that lie outside the picture. */
  readonly outside: ReadonlySet<string>;
}

/** Size of the map's plot in logical pixels. */
export const mapSize = { width: 470, height: 250 } as const;

/**
 * The smallest window with the countries that carry 95 % of the weight, or with all where that costs little; the whole
 * world where they lie far apart.
 */
export function mapWindow(shapes: readonly CountryShape[], weights: ReadonlyMap<string, number>): MapWindow {
  const drawn = shapes.filter((shape) => weights.has(shape.numeric));
  const narrow = regionOf(heaviest(drawn, weights).flatMap(homeland));
  const whole = regionOf(drawn.flatMap(homeland));
  const region =
    narrow !== undefined && whole !== undefined && whole.projection.scale > narrow.projection.scale * 0.6 ? whole : narrow;
  if (region === undefined) return { projection: worldProjection(shapes), world: true, outside: new Set() };
  const outside = drawn.filter((shape) => {
    const land = homeland(shape);
    return land.filter(region.shows).length < land.length * 0.15;
  });
  return { projection: region.projection, world: false, outside: new Set(outside.map((shape) => shape.numeric)) };
}

/** The smallest window with all places; the whole world where they lie far apart. */
export function placesWindow(shapes: readonly CountryShape[], places: readonly Position[]): Pick<MapWindow, 'projection'> {
  return { projection: regionOf(places)?.projection ?? worldProjection(shapes) };
}

interface Region {
  readonly projection: MapWindow['projection'];
  readonly shows: (position: Position) => boolean;
}

/** A window around positions; undefined where they reach farther than 48 degrees from their middle. */
function regionOf(positions: readonly Position[]): Region | undefined {
  const center = middle(positions);
  const reach = Math.max(0, ...positions.map((position) => distance(position, center)));
  if (positions.length === 0 || reach > 48) return undefined;
  const project = (position: Position) => azimuthalEqualArea(position, center);
  // A small country shows its neighbours, or nobody knows it again.
  const { scale, translate } = fitInto(positions.map(project), reach < 10 ? 1.35 : 1.08, 0.2);
  const projection = { type: 'azimuthalEqualArea', rotate: [round(-center[0]), round(-center[1])], scale, translate };
  const shows = (position: Position) => {
    const [x, y] = project(position);
    const [left, top] = [x * scale + translate[0], translate[1] - y * scale];
    return left > 0 && left < mapSize.width && top > 0 && top < mapSize.height;
  };
  return { projection, shows };
}

function heaviest(shapes: readonly CountryShape[], weights: ReadonlyMap<string, number>): CountryShape[] {
  const ranked = shapes.toSorted((a, b) => weights.get(b.numeric)! - weights.get(a.numeric)!);
  const total = ranked.reduce((sum, shape) => sum + weights.get(shape.numeric)!, 0);
  let carried = 0;
  return ranked.filter((shape) => {
    const needed = carried < total * 0.95;
    carried += weights.get(shape.numeric)!;
    return needed;
  });
}

/** The inhabited world; 11 degrees east in the middle put the cut into the Bering Strait. */
function worldProjection(shapes: readonly CountryShape[]): MapWindow['projection'] {
  const land = shapes
    .flatMap((shape) => shape.pieces.flatMap((piece) => piece[0] ?? []))
    .filter(([, latitude]) => latitude > -56 && latitude < 78);
  const turned = land.map(([longitude, latitude]): Position => [((longitude - 11 + 540) % 360) - 180, latitude]);
  return { type: 'equalEarth', rotate: [-11, 0], ...fitInto(turned.map(equalEarth), 1.01, 0) };
}

function fitInto(
  points: readonly Position[],
  around: number,
  least: number,
): { scale: number; translate: readonly [number, number] } {
  let [left, right, low, high] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const [x, y] of points)
    [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
  const [wide, tall] = [Math.max((right - left) * around, least), Math.max((high - low) * around, least * 0.6)];
  const scale = Math.min(mapSize.width / wide, mapSize.height / tall);
  const [x, y] = [mapSize.width / 2 - ((left + right) / 2) * scale, mapSize.height / 2 + ((low + high) / 2) * scale];
  return { scale: round(scale), translate: [round(x), round(y)] };
}

/** Lambert's azimuthal equal-area projection (Snyder 1987, p. 185) around a centre, in radii. */
function azimuthalEqualArea([longitude, latitude]: Position, center: Position): Position {
  const [l, p, p0] = [(longitude - center[0]) * radian, latitude * radian, center[1] * radian];
  const cosine = Math.sin(p0) * Math.sin(p) + Math.cos(p0) * Math.cos(p) * Math.cos(l);
  const k = Math.sqrt(2 / Math.max(1e-9, 1 + cosine));
  return [k * Math.cos(p) * Math.sin(l), k * (Math.cos(p0) * Math.sin(p) - Math.sin(p0) * Math.cos(p) * Math.cos(l))];
}

/** The Equal Earth projection (Šavrič, Patterson, Jenny 2018), in radii. */
function equalEarth([longitude, latitude]: Position): Position {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const t = Math.asin((Math.sqrt(3) / 2) * Math.sin(latitude * radian));
  const [t2, t6] = [t * t, t ** 6];
  const x = (longitude * radian * Math.cos(t)) / ((Math.sqrt(3) / 2) * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)));
  return [x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))];
}

const radian = Math.PI / 180;

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
