import type { Period } from '../glossary/period.ts';
import { months } from './calendar-words.ts';
import { dayNumber, parseDate } from './parse-date.ts';
import { type Point, parsePoint } from './parse-point.ts';
import { sure } from './sure-point.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «from X to Y», «between X and Y», «3-9 nov», «oct 25 - nov 23», «may to july». */
export function range(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const between = after(tokens, at, 'between');
  const from = between ?? after(tokens, at, 'from');
  const start = from ?? at;
  const first = dayPair(tokens, start) ?? sure(parsePoint(tokens, start, today));
  if (!first) return undefined;
  const link =
    after(
      tokens,
      first.to,
      ...(between ? ['and'] : ['up to', 'to', 'until', 'till', 'til', 'through', 'thru', '-', '. .', '. . .']),
    ) ?? hyphen(tokens, first.to);
  if (link === undefined) {
    if (!from || between) return undefined;
    const on = after(tokens, first.to, 'onwards', 'onward', 'on', 'until now', 'till now', 'to date');
    return on ? { value: { type: 'range', from: first.value }, to: on } : undefined;
  }
  const now = after(tokens, link, 'now', 'today', 'date');
  if (now) return { value: { type: 'range', from: first.value }, to: now };
  const second = sure(parsePoint(tokens, link, today));
  if (!second) return undefined;
  const [a, b] = sameMonth(first.value, second.value);
  return { value: { type: 'range', from: a, to: b }, to: second.to };
}

/** «may-july», «q1-q3», «kw40-kw44»: the tokeniser leaves no dash inside a word. */
function hyphen(tokens: readonly Token[], at: number): number | undefined {
  const word = wordAt(tokens, at);
  return tokens[at]?.glued && (lookUp(months, word) || /^(?:q[1-4]|(?:kw|cw|w|wk)\d{1,2})$/u.test(word)) ? at : undefined;
}

/** The bare day before a range's dash: «3-9 nov», «3 to 9 november». */
function dayPair(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const day = dayNumber(tokens, wordAt(tokens, at) === 'the' ? at + 1 : at);
  if (!day) return undefined;
  const stop = wordAt(tokens, day.to) === '.' ? day.to + 1 : day.to;
  const link = after(tokens, stop, '-', 'to', 'until', 'till', 'through', 'and', 'bis');
  const end = link ? parseDate(tokens, link) : undefined;
  if (!end || !('type' in end.value) || end.value.day === undefined || end.value.month === undefined) return undefined;
  return {
    value: { type: 'calendar', ...(end.value.year ? { year: end.value.year } : {}), month: end.value.month, day: day.value },
    to: stop,
  };
}

/** «nov 3-9»: the second is a day of the first's month; a year said once holds for both. */
function sameMonth(a: Point, b: Point): [Point, Point] {
  if (a.type === 'calendar' && b.type === 'calendar' && b.year !== undefined && a.year === undefined) {
    const wraps = (a.month ?? (a.quarter ?? 1) * 3) > (b.month ?? (b.quarter ?? 1) * 3);
    return [{ ...a, year: wraps ? b.year - 1 : b.year }, b];
  }
  const isWinter = a.type === 'named' && /^(?:christmas|christmas_eve)$/u.test(a.name);
  if (a.type === 'named' && a.year === undefined && !isWinter && 'year' in b && b.year !== undefined)
    return [{ ...a, year: b.year }, b];
  return [a, b];
}
