import type { Sense } from './meaning.ts';
import { timeAt } from './parse-schedule.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «after 6pm», «before 9», «between 9 and 17h», «in the morning», «at night»: the hours that are meant. */
export function parseHours(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const part = after(tokens, at, 'in the', 'at', 'during the', 'by');
  const hours = part
    ? lookUp(dayParts, wordAt(tokens, part).replace(/s$/u, ''))
    : lookUp(dayParts, wordAt(tokens, at).replace(/s$/u, ''));
  if (hours) return { value: { type: 'hours', values: hours }, to: (part ?? at) + 1 };
  const lunch = after(tokens, part ?? at, 'lunch time', 'lunch hour', 'lunch break', 'lunch');
  if (lunch) return { value: { type: 'hours', values: dayParts.lunchtime! }, to: lunch };
  const dashed = dashedHours(tokens, after(tokens, at, 'at', 'from', 'between') ?? at);
  if (dashed) return dashed;
  const late = after(tokens, at, 'after', 'from');
  const early = after(tokens, at, 'before', 'until', 'till');
  const between = after(tokens, at, 'between', 'from');
  const first = timeAt(tokens, between ?? at);
  const bare = between ? numberAt(tokens, between) : undefined;
  const link = between ? after(tokens, first?.to ?? bare?.to ?? at, 'and', 'to', '-') : undefined;
  const second = link ? timeAt(tokens, link) : undefined;
  if (between && link && second)
    return {
      value: { type: 'hours', values: hoursFrom(first?.value.hour ?? bare?.value ?? 0, second.value.hour) },
      to: second.to,
    };
  const plain = wordAt(tokens, at) === 'between' ? bareHours(tokens, at) : undefined;
  if (plain) return plain;
  const time = timeAt(tokens, late ?? early ?? tokens.length);
  if (!time) return undefined;
  return { value: { type: 'hours', values: late ? hoursFrom(time.value.hour, 24) : hoursFrom(0, time.value.hour) }, to: time.to };
}

/** «18-22h», «9am - 5pm», «18:00 to 22:00»: a time behind the dash makes hours of the number before it. */
function dashedHours(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const first = timeAt(tokens, at)?.value.hour ?? numberAt(tokens, at)?.value;
  const end = timeAt(tokens, at)?.to ?? numberAt(tokens, at)?.to;
  const link = end === undefined ? undefined : after(tokens, end, '-', 'to', 'till', 'until');
  const second = link === undefined || tokens[link]?.kind !== 'number' ? undefined : timeAt(tokens, link);
  if (first === undefined || first > 23 || !second) return undefined;
  return { value: { type: 'hours', values: hoursFrom(first, second.value.hour) }, to: second.to };
}

/** «orders between 9 and 11»: two bare numbers of a clock that bound nothing («between 9 and 11 orders» does). */
function bareHours(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const first = numberAt(tokens, at + 1);
  const second = first && wordAt(tokens, first.to) === 'and' ? numberAt(tokens, first.to + 1) : undefined;
  if (!first || !second || first.value > 24 || second.value > 24) return undefined;
  const isNight = first.value >= 18 && second.value <= 8;
  if (first.value >= second.value && !isNight) return undefined;
  const next = tokens[second.to];
  const isBound = next !== undefined && next.kind !== 'sign' && !afterHours.test(next.text);
  const isValue = /^(?:with|of|are|is|was|were|and|rate|price|value)$/u.test(wordAt(tokens, at - 1));
  return isBound || isValue || /^[%€$£]$/u.test(next?.text ?? '')
    ? undefined
    : { value: { type: 'hours', values: hoursFrom(first.value, second.value) }, to: second.to };
}

const afterHours =
  /^(?:yesterday|today|last|this|past|on|in|since|for|during|by|per|from|vs|over|each|every|daily|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends?|weekdays?)$/u;

function hoursFrom(from: number, to: number): number[] {
  return Array.from({ length: (to - from + 24) % 24 || 24 }, (_, i) => (from + i) % 24);
}

/** Hours of the parts of a day. */
export const dayParts: Readonly<Record<string, readonly number[]>> = {
  morning: [6, 7, 8, 9, 10, 11],
  afternoon: [12, 13, 14, 15, 16, 17],
  evening: [18, 19, 20, 21],
  night: [22, 23, 0, 1, 2, 3, 4, 5],
  lunchtime: [12, 13],
};
