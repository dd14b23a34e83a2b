import type { Facts } from './chart-facts.ts';
import { nameOf } from './chart-series.ts';
import { numberOf } from './column-roles.ts';
import { type Country, countryOf } from './country-names.ts';
import { formatValue } from './format-value.ts';
import { mapWindow } from './map-window.ts';
import { keep, type Shaped, sorted } from './shape-rows.ts';
import { worldShapes } from './world.ts';

/** Rows joined to countries (two-letter codes, one row each, greatest first), with notes on every value that the map cannot show. */
export function shapeMap(facts: Facts): Shaped {
  const measure = facts.drawn[0]!;
  const { columns } = keep(facts, [facts.country[0]!], [measure]);
  const [country, value] = [columns[0]!, columns.find((column) => column.before !== true && column.role === 'measure')!];
  const joined = join(facts);
  const shapes = worldShapes();
  const drawable = new Set(shapes.map((shape) => shape.numeric));
  const weights = new Map(joined.countries.map((one) => [one.country.numeric, weightOf(facts, one.value)]));
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
  const rows = joined.countries.map((one) => [one.country.code, one.value]);
  return {
    table: sorted({ columns: [country, value], rows, truncated: facts.table.truncated }, (row) => numberOf(row[1]), 'down'),
    notes,
  };
}

interface Joined {
  readonly countries: readonly { readonly country: Country; readonly value: number }[];
  readonly strangers: readonly string[];
  /** The value of rows without a place; undefined where there are none. */
  readonly unknown: number | undefined;
  readonly total: number;
}

function join(facts: Facts): Joined {
  const [at, valueAt] = [facts.country[0]!.at, facts.drawn[0]!.at];
  const values = new Map<string, { country: Country; value: number }>();
  const strangers: string[] = [];
  let unknown: number | undefined;
  let total = 0;
  for (const row of facts.table.rows) {
    const value = numberOf(row[valueAt]);
    if (value === undefined) continue;
    total += value;
    const name = nameOf(row[at]);
    const country = countryOf(name);
    if (country !== undefined) {
      const earlier = values.get(country.code);
      if (earlier === undefined) values.set(country.code, { country, value });
      // Two spellings of one country add up where the measure may; else the first, larger row stands.
      else if (facts.drawn[0]!.additive) earlier.value += value;
    } else if (row[at] === null || /^\(?(unknown|not set|none|n\/a|no known place|other|empty)\)?$/iu.test(name))
      unknown = (unknown ?? 0) + value;
    else strangers.push(name);
  }
  return { countries: [...values.values()], strangers, unknown, total };
}

/** What decides the zoom: the amount itself; where amounts do not add up, every country counts the same. */
function weightOf(facts: Facts, value: number): number {
  return facts.drawn[0]!.additive ? Math.max(0, value) : 1;
}

function listed(what: string, names: readonly string[], share: string): string[] {
  if (names.length === 0) return [];
  const text = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
  return [`${what}: ${text}${share}`];
}
