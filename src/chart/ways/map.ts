import { type Facts, isUnique } from '../chart-facts.ts';
import { nameOf } from '../chart-series.ts';
import type { ChartColumn } from '../chart-table.ts';
import { type KnownColumn, numberOf } from '../column-roles.ts';
import { type Country, countryOf } from '../country-names.ts';
import { formatValue } from '../format-value.ts';
import { mapWindow } from '../map-window.ts';
import { keep, type Shaped, sorted } from '../shape-rows.ts';
import { worldShapes } from '../world.ts';
import { hasValues, rest, type Way } from './way.ts';

/** Countries, one row each; at least two, and 80 % of the names must be countries. */
export const mapWay: Way = { fits: fitsMap, shape: shapeMap };

function fitsMap(facts: Facts): boolean {
  const [country] = facts.country;
  if (country === undefined || rest(facts, country).length > 0 || !hasValues(facts, 1) || !isUnique(facts, country)) return false;
  const present = facts.table.rows.filter((row) => row[country.at] !== null);
  const joined = present.filter((row) => countryOf(String(row[country.at])) !== undefined);
  return joined.length >= 2 && joined.length >= present.length * 0.8;
}

/**
 * Rows joined to countries: two-letter code, value, and the weight that decides the zoom (as `text`); one row each, greatest
 * first, with notes on every value that the map cannot show.
 */
function shapeMap(facts: Facts): Shaped {
  const measure = facts.drawn[0]!;
  const { columns } = keep(facts, [facts.country[0]!], [measure]);
  const [country, value] = [columns[0]!, columns.find((column) => column.before !== true && column.role === 'measure')!];
  const joined = join(facts);
  const shapes = worldShapes();
  const drawable = new Set(shapes.map((shape) => shape.numeric));
  const weights = new Map(joined.countries.map((one) => [one.country.numeric, one.weight]));
  const { outside } = mapWindow(shapes, weights);
  const shown = joined.countries.filter((one) => drawable.has(one.country.numeric));
  const small = joined.countries.filter((one) => !drawable.has(one.country.numeric)).map((one) => one.country.name);
  const beyond = shown.filter((one) => outside.has(one.country.numeric));
  const total = joined.total;
  const share = (part: number) =>
    measure.additive && !facts.table.truncated && total > 0 ? ` (${formatValue(part / total, 'share')})` : '';
  const notes = [
    ...(joined.unknown === undefined ? [] : [`left out: no known place${share(joined.unknown)}`]),
    ...listed(
      'outside the picture',
      beyond.map((one) => one.country.name),
      share(beyond.reduce((sum, one) => sum + one.value, 0)),
    ),
    ...listed('not on the map', [...small, ...joined.strangers], ''),
  ];
  const weight: ChartColumn = { name: 'weight', label: 'Weight', type: 'double', role: 'text', unit: 'number', additive: true };
  const rows = joined.countries.map((one) => [one.country.code, one.value, one.weight]);
  const shaped = { columns: [country, value, weight], rows, truncated: facts.table.truncated };
  return { table: sorted(shaped, (row) => numberOf(row[1]), 'down'), notes };
}

interface Place {
  readonly country: Country;
  value: number;
  weight: number;
}

interface Joined {
  readonly countries: readonly Place[];
  readonly strangers: readonly string[];
  /** The value of rows without a place; undefined where there are none. */
  readonly unknown: number | undefined;
  readonly total: number;
}

function join(facts: Facts): Joined {
  const [at, measure, weigher] = [facts.country[0]!.at, facts.drawn[0]!, weigherOf(facts)];
  const places = new Map<string, Place>();
  const strangers: string[] = [];
  let unknown: number | undefined;
  let total = 0;
  for (const row of facts.table.rows) {
    const value = numberOf(row[measure.at]);
    if (value === undefined) continue;
    total += value;
    const name = nameOf(row[at]);
    const country = countryOf(name);
    if (country !== undefined)
      addTo(
        places,
        { country, value, weight: weigher === undefined ? 1 : Math.max(0, numberOf(row[weigher.at]) ?? 0) },
        measure.additive,
      );
    else if (row[at] === null || noPlace.test(name)) unknown = (unknown ?? 0) + value;
    else strangers.push(name);
  }
  return { countries: [...places.values()], strangers, unknown, total };
}

const noPlace = /^\(?(unknown|not set|none|n\/a|no known place|other|empty)\)?$/iu;

/** Two spellings of one country add up where the measure may; else the row of the greater weight stands. */
function addTo(places: Map<string, Place>, place: Place, additive: boolean): void {
  const earlier = places.get(place.country.code);
  if (earlier === undefined) places.set(place.country.code, place);
  else if (additive) {
    earlier.value += place.value;
    earlier.weight += place.weight;
  } else if (place.weight > earlier.weight) places.set(place.country.code, place);
}

/** What decides the zoom: the amount itself, for a rate the first count beside it; where there is none, every country counts the same. */
function weigherOf(facts: Facts): KnownColumn | undefined {
  return facts.columns.find(
    (column) =>
      column.additive && ['count', 'money', 'number'].includes(column.unit) && ['measure', 'text'].includes(column.role),
  );
}

function listed(what: string, names: readonly string[], share: string): string[] {
  if (names.length === 0) return [];
  const text = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
  return [`${what}: ${text}${share}`];
}
