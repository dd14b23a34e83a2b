import type { DataFacts } from '../glossary/data-facts.ts';
import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, Filter } from '../glossary/reading.ts';

/** A list of learned values that is this long may be cut: what is not in it may be in the data. */
const VALUES_KEPT = 2000;

const COMPARING: ReadonlySet<Filter['op']> = new Set(['at_least', 'at_most', 'more_than', 'less_than']);

/**
 * What the grammar would never say and a model may: a metric that is only a part of others, a value that neither the glossary
 * nor the data have, an order by what is not shown. One sentence about the first, or undefined.
 */
export function modelDoubt(reading: DataReading, glossary: Glossary, facts: DataFacts): string | undefined {
  const filters = [...reading.filters, ...(reading.segments ?? []).flatMap((segment) => segment.filters)];
  const doubt = filters.map((filter) => filterDoubt(filter, glossary, facts)).find((found) => found !== undefined);
  if (doubt || reading.kind !== 'metric') return doubt;
  // Its label would be a model's own words above a number.
  if (reading.made) return 'Metrics that are made of others are not in the vocabulary.';

  const hidden = [...reading.metrics, ...reading.having.map((h) => h.metric)].find((id) => glossary.metrics[id]?.hidden);
  if (hidden) return `The vocabulary has no metric ${hidden}.`;
  const known = ['time', ...reading.metrics, ...reading.dimensions];
  if (reading.order && !known.includes(reading.order.by))
    return `The order is by ${reading.order.by}, which is neither time nor one of the reading's metrics and dimensions.`;
  return undefined;
}

function filterDoubt({ dimension: id, op, values }: Filter, glossary: Glossary, facts: DataFacts): string | undefined {
  const dimension = glossary.dimensions[id]!;
  if (COMPARING.has(op)) {
    const isOneNumber = values.length === 1 && isNumber(values[0]!);
    return isOneNumber ? undefined : `A filter on ${id} with ${op} takes exactly one number.`;
  }
  if (values.some((value) => value.trim() === '')) return `A filter on ${id} has an empty value.`;
  if (op !== 'is' && op !== 'is_not')
    return dimension.kind === 'text' && !dimension.countries
      ? undefined
      : `A filter on ${id} takes whole values: ${op} is for text.`;
  const lost = values.find(
    (value) => !isValue(value, dimension, facts.values[id] ?? []) && !(isOpen(dimension) && isSomewhere(value, glossary, facts)),
  );
  return lost === undefined ? undefined : `The dimension ${id} has no value “${lost}”. Use a value that is listed, or ask back.`;
}

function isValue(value: string, dimension: Dimension, learned: readonly string[]): boolean {
  if (value === 'unknown' || Object.hasOwn(dimension.values, value) || Object.hasOwn(dimension.groups, value)) return true;
  if (dimension.kind === 'boolean') return /^(?:true|false)$/i.test(value);
  if (dimension.kind === 'number') return isNumber(value);
  // Weekdays are listed; what is not goes round with the hours of a day.
  if (dimension.kind === 'cyclic') return /^(?:1?\d|2[0-3])$/.test(value) && Object.keys(dimension.values).length === 0;
  if (dimension.countries) return isCountry(value);
  if (dimension.learn) {
    const wanted = value.toLowerCase();
    return learned.length >= VALUES_KEPT || learned.some((known) => known.toLowerCase() === wanted);
  }
  return false;
}

/** «first channel» has no values of its own: they are those of another dimension. */
function isOpen({ kind, learn, countries, values }: Dimension): boolean {
  return kind === 'text' && !learn && !countries && Object.keys(values).length === 0;
}

function isSomewhere(value: string, glossary: Glossary, facts: DataFacts): boolean {
  const wanted = value.toLowerCase();
  // As a column holds it: ids mean something only to their own dimension.
  const held = Object.values(glossary.dimensions).flatMap(({ values }) =>
    Object.entries(values).flatMap(([id, { is }]) => [is ?? id].flat().map(String)),
  );
  return [...held, ...Object.values(facts.values).flat()].some((one) => one.toLowerCase() === wanted);
}

function isCountry(code: string): boolean {
  if (!/^[a-z]{2}$/i.test(code)) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code.toUpperCase()) !== undefined;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text.replaceAll(',', '')));
}
