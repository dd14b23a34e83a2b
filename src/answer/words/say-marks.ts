import type { DataFacts } from '../../glossary/data-facts.ts';
import type { ResolvedPeriod } from '../../metrics/draft.ts';
import type { Mark } from '../stations.ts';
import { localTime } from './say-footer.ts';
import { sayDay } from './say-value.ts';

/** The marks of faces.md §2, each a bold half and a rest: every sentence that casts doubt on a number stands here. */
export function markPartial(facts: DataFacts, zone: string, today: string, compared: boolean): Mark {
  const until = facts.newestEventTime
    ? `The data reach to ${localTime(facts.newestEventTime, zone, today)}`
    : 'The day is not over';
  const same = compared ? ', so I compared the same hours of both' : '';
  return { code: 'partial', title: 'Today is partial.', text: `${until}${same}. Events sent late can still arrive.` };
}

export function markStale(newest: string, zone: string, today: string): Mark {
  return {
    code: 'stale',
    title: `The data stop at ${localTime(newest, zone, today)}.`,
    text: 'Nothing newer has been refreshed, so amounts are “at least” and the missing days are not in them.',
  };
}

export function markBeyondData(period: ResolvedPeriod, facts: DataFacts): Mark {
  if (!facts.firstDay || !facts.lastDay)
    return { code: 'beyond_data', title: 'There are no data yet.', text: 'A refresh fills the tables.' };
  if (period.beyondData === 'all') {
    return {
      code: 'beyond_data',
      title: 'No data for that time.',
      text: `The data run from ${sayDay(facts.firstDay)} ${facts.firstDay.slice(0, 4)} to ${sayDay(facts.lastDay)} ${facts.lastDay.slice(0, 4)}. The numbers are unknown, not 0.`,
    };
  }
  const edge =
    period.beyondData === 'start'
      ? `begin on ${sayDay(facts.firstDay)} ${facts.firstDay.slice(0, 4)}`
      : `end on ${sayDay(facts.lastDay)} ${facts.lastDay.slice(0, 4)}`;
  return { code: 'beyond_data', title: `The data ${edge}.`, text: 'Only the part of the period that they cover is counted.' };
}

export function markSmallSample({ few, all, units }: { few: number; all: number; units: number }): Mark {
  const what =
    all === 1 ? `It rests on ${units.toLocaleString('en')} units.` : `${few} of ${all} rows rest on fewer than 30 units.`;
  return { code: 'small_sample', title: 'Small sample, too few to judge by.', text: what };
}

export function markUnknownPlace(unknown: number, all: number, label: string): Mark {
  const share = ((unknown / all) * 100).toFixed(1);
  return {
    code: 'unknown_place',
    title: `${share}% have no known place`,
    text: `(${unknown.toLocaleString('en')} of ${all.toLocaleString('en')} ${label.toLowerCase()}). They are a row of their own, and shares are of all.`,
  };
}

export function markRowLimit(rows: number): Mark {
  return {
    code: 'row_limit',
    title: `First ${rows.toLocaleString('en')} rows only.`,
    text: 'There are more; no total and no shares are shown.',
  };
}

export function markUntrue(label: string, isCount: boolean): Mark {
  return {
    code: 'not_complete',
    title: isCount ? `${label} is below zero.` : `${label} is outside 0 to 100%.`,
    text: 'The counts behind it do not fit each other, so the events of this period need a look before the number is used.',
  };
}

export function markCaveat(text: string): Mark {
  const [first, ...rest] = text.split(', ');
  return rest.length > 0
    ? { code: 'caveat', title: `${first}.`, text: capital(`${rest.join(', ')}`) }
    : { code: 'caveat', title: text, text: '' };
}

export function markNoPicture(): Mark {
  return { code: 'no_picture', title: 'No picture this time.', text: 'Drawing it failed; the table is complete.' };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function markModelSql(): Mark {
  return {
    code: 'model_sql',
    title: 'A model wrote this SQL.',
    text: 'It was checked to read only, but no definition of the house stands behind these numbers. Read it before you rely on them.',
  };
}

/** SQL that was approved with its days in it; either end may be open. */
export function markFixedDays(from: string | undefined, to: string | undefined): Mark {
  const days = [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
  return { code: 'caveat', title: `The days stand in the SQL: ${days}.`, text: 'They are not counted from today.' };
}
