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

/** The smallest window with the countries that carry 95 % of the weight; the whole world where they lie far apart. */
export function mapWindow(shapes: readonly CountryShape[], weights: ReadonlyMap<string, number>): MapWindow {
  const drawn = shapes.filter((shape) => weights.has(shape.numeric));
  const positions = heaviest(drawn, weights).flatMap(homeland);
  const center = middle(positions);
  const reach = Math.max(0, ...positions.map((position) => distance(position, center)));
  if (positions.length === 0 || reach > 48) return { ...worldWindow(), world: true, outside: new Set() };
  const project = (position: Position) => azimuthalEqualArea(position, center);
  const { scale, translate } = fitInto(positions.map(project), 0.2);
  const visible = ([x, y]: Position) => {
    const [left, top] = [x * scale + translate[0], translate[1] - y * scale];
    return left > 0 && left < mapSize.width && top > 0 && top < mapSize.height;
  };
  const outside = drawn.filter((shape) => !visible(project(middle(homeland(shape))))).map((shape) => shape.numeric);
  const projection = { type: 'azimuthalEqualArea', rotate: [round(-center[0]), round(-center[1])], scale, translate };
  return { projection, world: false, outside: new Set(outside) };
}

/** The smallest window with all places; the whole world where they lie far apart. */
export function placesWindow(places: readonly Position[]): Pick<MapWindow, 'projection'> {
  const center = middle(places);
  if (places.length === 0 || places.some((place) => distance(place, center) > 48)) return worldWindow();
  const { scale, translate } = fitInto(
    places.map((place) => azimuthalEqualArea(place, center)),
    0.1,
  );
  return { projection: { type: 'azimuthalEqualArea', rotate: [round(-center[0]), round(-center[1])], scale, translate } };
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

function worldWindow(): Pick<MapWindow, 'projection'> {
  // 12 degrees east keeps the cut in the Bering Strait; 56 south to 78 north are the lands that shops sell to.
  const corners: Position[] = [-180, -90, 0, 90, 180].flatMap((longitude) =>
    [-56, 0, 78].map((latitude): Position => [longitude * 0.94, latitude]),
  );
  const { scale, translate } = fitInto(corners.map(equalEarth), 0);
  return { projection: { type: 'equalEarth', rotate: [-11, 0], scale, translate } };
}

function fitInto(points: readonly Position[], least: number): { scale: number; translate: readonly [number, number] } {
  const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    mapSize.width / Math.max((right - left) * 1.08, least),
    mapSize.height / Math.max((high - low) * 1.08, least * 0.6),
  );
  return {
    scale: round(scale),
    translate: [round(mapSize.width / 2 - ((left + right) / 2) * scale), round(mapSize.height / 2 + ((low + high) / 2) * scale)],
  };
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
