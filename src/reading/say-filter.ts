import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter } from '../glossary/reading.ts';
import { heldAs, nameOfValue } from './lexicon.ts';
import { listOf } from './list-of.ts';
import { dayParts } from './parse-hours.ts';

/** A filter in words that the grammar reads back: «mobile only», «without channel Direct», «brand Samsung only». */
export function sayFilter(filter: Filter, glossary: Glossary, only: boolean): string {
  const dimension = glossary.dimensions[filter.dimension];
  const names = filter.values.map((v) => (dimension ? nameOfValue(dimension, v) : v));
  if (filter.dimension === 'weekday') return `${filter.op === 'is' ? 'on' : 'without'} ${listOf(names.map((n) => `${n}s`))}`;
  if (filter.dimension === 'hour') return sayHours(filter.values.map(Number));
  const plain =
    dimension !== undefined &&
    filter.values.every((v) => v !== 'unknown' && (v in dimension.values || v in dimension.groups || dimension.countries));
  const named = listOf(
    plain
      ? names
      : names.map((n) =>
          (/^[\p{L}\p{N} _&-]+$/u.test(n) && filter.dimension !== 'search_term') || /^\/./u.test(n) ? n : `"${n}"`,
        ),
  );
  const cue = plain && heldAs(dimension, filter.values[0]!) !== 'Other' ? '' : `${label(filter, glossary)} `;
  if (filter.op === 'is') return `${cue}${named}${only ? ' only' : ''}`;
  if (filter.op === 'is_not') return `without ${cue}${named}`;
  const verb = {
    contains: 'containing',
    not_contains: 'not containing',
    starts_with: 'starting with',
    at_least: 'at least',
    at_most: 'at most',
    more_than: 'over',
    less_than: 'under',
  }[filter.op];
  return `${label(filter, glossary)} ${verb} "${names.join(' ')}"`;
}

/** Hours of the day in words: «in the morning», «after 18:00», «between 9:00 and 17:00». */
function sayHours(hours: readonly number[]): string {
  const part = Object.entries(dayParts).find(([, own]) => own.join() === hours.join());
  if (part) return part[0] === 'night' ? 'at night' : `in the ${part[0]}`;
  const from = hours[0] ?? 0;
  const to = (hours.at(-1) ?? 23) + 1;
  if (to === 24) return `after ${from}:00`;
  return from === 0 ? `before ${to}:00` : `between ${from}:00 and ${to}:00`;
}

function label(filter: Filter, glossary: Glossary): string {
  return glossary.dimensions[filter.dimension]?.label ?? filter.dimension;
}
