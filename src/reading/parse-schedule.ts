import type { Schedule } from '../glossary/reading.ts';
import { weekdays } from './calendar-words.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

interface ScheduleSense {
  readonly schedule: Schedule;
  /** What was not said and is taken. */
  readonly assumed?: string;
}

/** «every monday (at) 9am», «daily at 8:30», «each weekday 7», «on the 1st of every month». `asked`: the question says «send me». */
export function parseSchedule(tokens: readonly Token[], at: number, asked: boolean): Found<ScheduleSense> | undefined {
  const rhythm = rhythmAt(tokens, at);
  if (!rhythm) return undefined;
  const time = timeAt(tokens, rhythm.to);
  if (!time && !asked) return undefined;
  const { hour, minute } = time?.value ?? { hour: 9, minute: 0 };
  const schedule = { ...rhythm.value, hour, minute };
  return { value: { schedule, ...(time ? {} : { assumed: 'at 9:00' }) }, to: time?.to ?? rhythm.to };
}

/** Words that ask for a message on a schedule. */
export function asksToSend(tokens: readonly Token[]): boolean {
  return tokens.some((t, i) => {
    if (/^(?:send|post|schedule|scheduled|notify|remind|subscribe|ping|deliver|digest)$/u.test(t.text)) return true;
    return /^(?:email|mail|message|report)$/u.test(t.text) && /^(?:me|us|it|this|that|to)$/u.test(tokens[i + 1]?.text ?? '');
  });
}

type Rhythm = Omit<Schedule, 'hour' | 'minute'>;

function rhythmAt(tokens: readonly Token[], at: number): Found<Rhythm> | undefined {
  const every = after(
    tokens,
    at,
    'every',
    'each',
    'on every',
    'weekly on',
    'weekly every',
    'weekly each',
    'once a week on',
    'on',
  );
  const plural = /s$/u.test(wordAt(tokens, at)) ? lookUp(weekdays, wordAt(tokens, at).slice(0, -1)) : undefined;
  if (plural) return { value: { every: 'week', weekday: plural }, to: at + 1 };
  if (every) {
    const word = wordAt(tokens, every);
    const weekday = lookUp(weekdays, word) ?? lookUp(weekdays, word.replace(/s$/u, ''));
    const isOn = wordAt(tokens, at) === 'on' && every === at + 1;
    if (weekday && (!isOn || /s$/u.test(word))) return { value: { every: 'week', weekday }, to: afterMorning(tokens, every + 1) };
    if (isOn) return monthly(tokens, every);
    if (/^(?:weekday|workday)s?$/u.test(word)) return { value: { every: 'weekday' }, to: every + 1 };
    const working = after(tokens, every, 'working day', 'business day', 'work day');
    if (working) return { value: { every: 'weekday' }, to: working };
    if (word === 'day' || word === 'morning') return { value: { every: 'day' }, to: every + 1 };
    if (word === 'week' || word === 'wk')
      return {
        value: { every: 'week', weekday: onWeekday(tokens, every + 1)?.value ?? 1 },
        to: onWeekday(tokens, every + 1)?.to ?? every + 1,
      };
    if (word === 'month')
      return {
        value: { every: 'month', day: onDay(tokens, every + 1)?.value ?? 1 },
        to: onDay(tokens, every + 1)?.to ?? every + 1,
      };
    return monthly(tokens, every);
  }
  const word = wordAt(tokens, at);
  if (word === 'daily') return { value: { every: 'day' }, to: at + 1 };
  if (word === 'weekly')
    return {
      value: { every: 'week', weekday: onWeekday(tokens, at + 1)?.value ?? 1 },
      to: onWeekday(tokens, at + 1)?.to ?? at + 1,
    };
  if (word === 'monthly')
    return { value: { every: 'month', day: onDay(tokens, at + 1)?.value ?? 1 }, to: onDay(tokens, at + 1)?.to ?? at + 1 };
  return undefined;
}

/** «on the 1st of every month». */
function monthly(tokens: readonly Token[], at: number): Found<Rhythm> | undefined {
  const the = after(tokens, at, 'the') ?? at;
  const day = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(wordAt(tokens, the));
  const end = day ? after(tokens, the + 1, 'of every month', 'of each month', 'of the month', 'every month') : undefined;
  return day && end && Number(day[1]) >= 1 && Number(day[1]) <= 31
    ? { value: { every: 'month', day: Number(day[1]) }, to: end }
    : undefined;
}

function afterMorning(tokens: readonly Token[], at: number): number {
  return after(tokens, at, 'morning', 'mornings') ?? at;
}

function onWeekday(tokens: readonly Token[], at: number): Found<number> | undefined {
  const on = after(tokens, at, 'on') ?? at;
  const word = wordAt(tokens, on);
  const weekday = lookUp(weekdays, word) ?? lookUp(weekdays, word.replace(/s$/u, ''));
  return weekday ? { value: weekday, to: on + 1 } : undefined;
}

function onDay(tokens: readonly Token[], at: number): Found<number> | undefined {
  const on = after(tokens, at, 'on the', 'on');
  const day = on ? /^(\d{1,2})(?:st|nd|rd|th)$/u.exec(wordAt(tokens, on)) : null;
  return on && day && Number(day[1]) >= 1 && Number(day[1]) <= 31 ? { value: Number(day[1]), to: on + 1 } : undefined;
}

/** «at 9», «9am», «9:30», «at 14:00», «at noon». */
export function timeAt(tokens: readonly Token[], at: number): Found<{ hour: number; minute: number }> | undefined {
  const lead = after(tokens, at, 'at', '@', 'around', ',');
  const start = lead ?? at;
  const noon = after(tokens, start, 'noon', 'midday');
  if (noon) return { value: { hour: 12, minute: 0 }, to: noon };
  const token = tokens[start];
  if (token?.kind !== 'number' || token.value === undefined || token.value > 24) return undefined;
  const colon = wordAt(tokens, start + 1) === ':' && tokens[start + 2]?.kind === 'number';
  const [hour, minute] = colon
    ? [token.value, tokens[start + 2]!.value!]
    : [Math.trunc(token.value), Math.round((token.value % 1) * 100)];
  const end = start + (colon ? 3 : 1);
  const half = after(tokens, end, 'am', 'a . m .', 'pm', 'p . m .', "o'clock", 'oclock', 'uhr', 'h');
  if ((!half && lead === undefined && !colon) || minute > 59) return undefined;
  const isPm = half !== undefined && wordAt(tokens, end).startsWith('p');
  const isAm = half !== undefined && wordAt(tokens, end) === 'am';
  const shifted = isPm && hour < 12 ? hour + 12 : isAm && hour === 12 ? 0 : hour;
  return shifted > 23 ? undefined : { value: { hour: shifted, minute }, to: half ?? end };
}
