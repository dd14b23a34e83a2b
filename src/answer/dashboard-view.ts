import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter } from '../glossary/reading.ts';
import type { Draft } from '../metrics/draft.ts';
import type { DashboardView } from '../services/dashboards.ts';

/**
 * What a dashboard must be narrowed to so that it shows what the answer looked at; undefined where no dashboard can: other
 * filters than «is», segments, bots, hours, two different filters on one dimension.
 */
export function dashboardView(
  { reading, period }: Pick<Draft, 'reading' | 'period'>,
  glossary: Glossary,
): DashboardView | undefined {
  const { filters, segments, bots } = reading;
  const dimensions = filters.map((filter) => filter.dimension);
  const isPlain = filters.every((filter) => filter.op === 'is') && new Set(dimensions).size === dimensions.length;
  if (!isPlain || segments || bots || period.fromTime) return undefined;
  const only = filters.map((filter) => ({ dimension: filter.dimension, values: heldValues(filter, glossary) }));
  return { from: period.from, to: period.to, only };
}

/** Value and group ids → what the data hold, as text. */
function heldValues({ dimension: id, values }: Filter, glossary: Glossary): string[] {
  const dimension = glossary.dimensions[id];
  if (!dimension) return [...values];
  const ids = values.flatMap((value) => dimension.groups[value]?.values ?? [value]);
  return ids.flatMap((value) => {
    if (value === 'unknown') return [dimension.unknown];
    const held = dimension.values[value]?.is ?? value;
    return Array.isArray(held) ? held.map(String) : [String(held)];
  });
}
