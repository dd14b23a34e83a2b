import { weekdays } from './calendar-words.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/**
 * «sat + sun», «mon, wed and fri», «mon-fri last month»: several days of the week narrow to those days of every week. Set
 * against each other they stay single days, and without another time «monday to wednesday» is a stretch of this week.
 */
export function parseWeekdays(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  if (tokens.some((t) => comparing.test(t.text)) && !setAgainstSet(tokens)) return undefined;
  if (/^(?:last|this|past|since|from|next)$/u.test(wordAt(tokens, at - 1))) return undefined;
  const start = after(tokens, at, 'on', 'only on', 'only') ?? at;
  const first = dayAt(tokens, start);
  if (first === undefined) return undefined;
  const days = [first];
  let to = start + 1;
  for (;;) {
    const through = after(tokens, to, '-', 'to', 'through', 'thru', 'until', 'till') ?? (isDashed(tokens, to) ? to : undefined);
    const link = through ?? after(tokens, to, ', and', ', &', 'and', 'or', '+', '&', ',', '/');
    const day = link === undefined ? undefined : dayAt(tokens, link);
    if (link === undefined || day === undefined) break;
    if (through !== undefined) days.push(...between(days.at(-1)!, day));
    days.push(day);
    to = link + 1;
  }
  const isStretch =
    !setAgainstSet(tokens) &&
    days.length > 2 &&
    to === start + (isDashed(tokens, start + 1) ? 2 : 3) &&
    !hasOtherTime(tokens, start, to);
  const values = [...new Set(days)].sort((a, b) => a - b).map((d) => names[d - 1]!);
  if (values.length < 2 || isStretch) return undefined;
  return { value: { type: 'filter', filter: { dimension: 'weekday', op: 'is', values }, cue: 'weekday' }, to };
}

/** «mon-fri vs sat/sun»: sets of days stand against each other, not one day against another. */
export function setAgainstSet(tokens: readonly Token[]): boolean {
  const cut = tokens.findIndex((t) => /^(?:vs|versus|v|against|than)$/u.test(t.text));
  if (cut <= 0 || tokens.some((_, at) => isBound(tokens, at))) return false;
  const sides = [tokens.slice(0, cut), tokens.slice(cut + 1)];
  const days = sides.map((side) => side.filter((_, at) => dayAt(side, at) !== undefined).length);
  const isSet = (i: number) => days[i]! > 1 || sides[i]!.some((t) => /^(?:weekdays?|weekends?|workdays)$/u.test(t.text));
  return days.some((d) => d > 1) && (isSet(0) || days[0]! > 0) && (isSet(1) || days[1]! > 0);
}

/** «last monday» is one day. */
function isBound(tokens: readonly Token[], at: number): boolean {
  return dayAt(tokens, at) !== undefined && /^(?:last|this|past|since|next)$/u.test(wordAt(tokens, at - 1));
}

const comparing =
  /^(?:vs|versus|v|compare|compared|comparing|comparison|difference|against|than|better|busier|higher|more|best|between|change|changed|every|each)$/u;

function dayAt(tokens: readonly Token[], at: number): number | undefined {
  const word = wordAt(tokens, at);
  return lookUp(weekdays, word) ?? lookUp(weekdays, word.replace(/s$/u, ''));
}

/** «mon-fri»: the tokeniser leaves no dash inside a word. */
function isDashed(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.glued === true && dayAt(tokens, at) !== undefined;
}

function between(from: number, to: number): number[] {
  return Array.from({ length: (to - from + 6) % 7 }, (_, i) => ((from + i) % 7) + 1);
}

function hasOtherTime(tokens: readonly Token[], from: number, to: number): boolean {
  const time =
    /^(?:last|past|this|since|month|months|week|weeks|year|quarter|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|q[1-4]|ytd|mtd|\d+d)$/u;
  return tokens.some((t, i) => (i < from || i >= to) && time.test(t.text));
}

const names: readonly string[] = 'monday,tuesday,wednesday,thursday,friday,saturday,sunday'.split(',');
