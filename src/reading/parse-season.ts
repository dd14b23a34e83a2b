import { Temporal } from 'temporal-polyfill';
import { easterSunday } from '../glossary/easter.ts';
import { yearAt } from './parse-date.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

interface Choice {
  readonly label: string;
  readonly text: string;
}

/**
 * «last summer», «since the winter», «mother's day»: stretches whose dates differ from country to country, with the dates
 * that they can be in words. They are asked back. `today` is yyyy-MM-dd in the shop's zone.
 */
export function seasonAt(tokens: readonly Token[], at: number, today: string): Found<readonly Choice[]> | undefined {
  const since = after(tokens, at, 'since');
  const start =
    after(
      tokens,
      since ?? at,
      'in the',
      'during the',
      'over the',
      'for the',
      'of the',
      'in',
      'during',
      'over',
      'for',
      'on',
      'the',
    ) ??
    since ??
    at;
  const lead = after(tokens, start, 'this past', 'last', 'past', 'previous', 'this', 'current');
  const name = seasonNamed(tokens, lead ?? start) ?? dayNamed(tokens, lead ?? start);
  if (!name) return undefined;
  const year = yearAt(tokens, name.to);
  // «did orders fall» is no autumn.
  if (name.value === 'fall' && lead === undefined && !year && start === at) return undefined;
  const isLast = lead !== undefined && wordAt(tokens, start) !== 'this' && wordAt(tokens, start) !== 'current';
  const choices = choicesOf(name.value, year?.value, isLast, Temporal.PlainDate.from(today));
  const sinceThat = choices.map((c) => ({ label: `Since ${c.label}`, text: `since ${c.text.replace(/ to .*$/u, '')}` }));
  return { value: since ? sinceThat : choices, to: year?.to ?? name.to };
}

/** The words of a season or of holidays, that explicit dates beside them explain: «autumn (mar-may)». */
export function seasonWords(tokens: readonly Token[], at: number): number | undefined {
  const start = after(tokens, at, 'in the', 'during the', 'over the', 'the', 'in', 'over', 'during', 'this', 'last', 'our') ?? at;
  // «did orders fall from sept to oct»
  if (start === at && wordAt(tokens, at) === 'fall') return undefined;
  const season =
    seasonNamed(tokens, start)?.to ?? after(tokens, start, 'easter', 'christmas', 'half - term', 'half term', 'school', 'bank');
  const noun = after(
    tokens,
    season ?? start,
    'school holidays',
    'holidays',
    'holiday season',
    'holiday',
    'vacation',
    'season',
    'break',
    'sale period',
    'promo period',
  );
  const to = noun ?? (seasonNamed(tokens, start) ? season : undefined);
  return to === undefined ? undefined : (yearAt(tokens, to)?.to ?? to);
}

function seasonNamed(tokens: readonly Token[], at: number): Found<string> | undefined {
  const to = lookUp(firstMonths, wordAt(tokens, at)) === undefined ? undefined : at + 1;
  const isName = /^(?:campaigns?|sale|sales|collection|promo|promotion|offers?|deals?|catalogue?)$/u.test(
    wordAt(tokens, to ?? at),
  );
  return to && !isName && !tokens[to]?.underscored ? { value: wordAt(tokens, at), to } : undefined;
}

function dayNamed(tokens: readonly Token[], at: number): Found<string> | undefined {
  const mothers = after(tokens, at, "mother's day", "mothers' day", 'mothers day', 'mother day');
  if (mothers) return { value: 'mother', to: mothers };
  const fathers = after(tokens, at, "father's day", "fathers' day", 'fathers day', 'father day');
  return fathers ? { value: 'father', to: fathers } : undefined;
}

/** First month of a season north and south of the equator. */
const firstMonths: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 9],
  springtime: [3, 9],
  summer: [6, 12],
  summertime: [6, 12],
  autumn: [9, 3],
  fall: [9, 3],
  winter: [12, 6],
};

function choicesOf(name: string, year: number | undefined, isLast: boolean, today: Temporal.PlainDate): Choice[] {
  const season = lookUp(firstMonths, name);
  if (season)
    return season.map((month) => {
      const from = latest((y) => Temporal.PlainDate.from({ year: y, month, day: 1 }), year, today, isLast ? 3 : 0);
      const to = from.add({ months: 2 });
      const text = `${monthNames[from.month - 1]} ${from.year} to ${monthNames[to.month - 1]} ${to.year}`;
      return { label: text, text };
    });
  const days = name === 'mother' ? [secondSundayOfMay, motheringSunday] : [thirdSundayOfJune, ascension, firstSundayOfSeptember];
  return days.map((day) => {
    const date = latest(day, year, today, 0);
    const text = `${date.day} ${monthNames[date.month - 1]} ${date.year}`;
    return { label: text, text };
  });
}

/** In the year that was said, else the latest that has begun, or that is over by so many months. */
function latest(
  dayIn: (year: number) => Temporal.PlainDate,
  year: number | undefined,
  today: Temporal.PlainDate,
  months: number,
): Temporal.PlainDate {
  if (year !== undefined) return dayIn(year);
  const isOver = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(day.add({ months }), today) <= 0;
  return isOver(dayIn(today.year)) ? dayIn(today.year) : dayIn(today.year - 1);
}

function sunday(year: number, month: number, nth: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return first.add({ days: ((7 - first.dayOfWeek) % 7) + 7 * (nth - 1) });
}

function easter(year: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, ...easterSunday(year) });
}

const secondSundayOfMay = (year: number) => sunday(year, 5, 2);
const motheringSunday = (year: number) => easter(year).subtract({ days: 21 });
const thirdSundayOfJune = (year: number) => sunday(year, 6, 3);
const ascension = (year: number) => easter(year).add({ days: 39 });
const firstSundayOfSeptember = (year: number) => sunday(year, 9, 1);

const monthNames: readonly string[] =
  'January,February,March,April,May,June,July,August,September,October,November,December'.split(',');
