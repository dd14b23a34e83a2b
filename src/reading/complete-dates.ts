import { months, ordinals, units } from './calendar-words.ts';
import { lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/**
 * Elliptic dates → whole ones, so that every parser reads them: «first half of october vs second half» gets «of october»,
 * «the 1st of november, and the 8th» and «3 and 10 november» their month, «week 44 vs 43» its «week». A day that no month
 * stands beside («on the 15th») stays one. «last 5 business
 * days» are weekdays.
 */
export function completeDates(tokens: readonly Token[]): Token[] {
  return withWorkdays(withMonths(withWeeks(withWhole(tokens))));
}

/** «vs second half», «and the last week»: a part without its whole is of the whole that was said before it. */
function withWhole(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  let whole: readonly Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const part = partEnd(tokens, at);
    const of = part === undefined ? undefined : wholeAfter(tokens, part);
    if (part === undefined) out.push(tokens[at]!);
    else if (of) {
      out.push(...tokens.slice(at, of));
      whole = tokens.slice(part, of);
      at = of - 1;
    } else {
      const isElliptic = whole.length > 0 && endsThere(tokens, part);
      const said = tokens.slice(at, part);
      const noun = /^(?:half|week)$/u.test(said.at(-1)!.text) ? [] : nounOf(out);
      out.push(...said, ...(isElliptic ? [...noun, ...whole] : []));
      at = part - 1;
    }
  }
  return out;
}

/** «first half», «2nd week», and behind «vs» or «and» the bare «second». */
function partEnd(tokens: readonly Token[], at: number): number | undefined {
  const isNth = lookUp(ordinals, wordAt(tokens, at)) !== undefined || wordAt(tokens, at) === 'last';
  if (!isNth) return undefined;
  if (/^(?:half|week)$/u.test(wordAt(tokens, at + 1))) return at + 2;
  const before = wordAt(tokens, at - 1) === 'the' ? wordAt(tokens, at - 2) : wordAt(tokens, at - 1);
  const isSet = /^(?:vs|versus|against|to|with|and|than|or)$/u.test(before);
  const hasPart = tokens
    .slice(0, at)
    .some((t, i) => i > 0 && /^(?:half|week)$/u.test(t.text) && lookUp(ordinals, wordAt(tokens, i - 1)));
  return isSet && hasPart && wordAt(tokens, at) !== 'last' && endsThere(tokens, at + 1) ? at + 1 : undefined;
}

function wholeAfter(tokens: readonly Token[], at: number): number | undefined {
  if (!/^(?:of|in)$/u.test(wordAt(tokens, at))) return undefined;
  const start = wordAt(tokens, at + 1) === 'the' ? at + 2 : at + 1;
  const isUnit = (i: number) => lookUp(units, wordAt(tokens, i)) !== undefined || lookUp(months, wordAt(tokens, i)) !== undefined;
  if (/^(?:last|this|previous|current)$/u.test(wordAt(tokens, start)) && isUnit(start + 1)) return start + 2;
  if (!isUnit(start) && !/^(?:20\d\d|q[1-4])$/u.test(wordAt(tokens, start))) return undefined;
  return /^20\d\d$/u.test(wordAt(tokens, start + 1)) ? start + 2 : start + 1;
}

function nounOf(before: readonly Token[]): Token[] {
  return before.filter((t) => /^(?:half|week)$/u.test(t.text)).slice(-1);
}

/** Nothing follows that the ordinal or number could be about («second best», «first order»). */
export function endsThere(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    token === undefined ||
    (token.kind === 'sign' && !/^[%€$£]$/u.test(token.text)) ||
    /^(?:and|or|to|until|till|til|through|thru|vs|versus|v|compared|against|by|per|for|in|on|with|only|please|split|than)$/u.test(
      token.text,
    )
  );
}

/** «week 44 compared to 43», «kw 40, 41 and 42»: a number behind a week is a week. */
function withWeeks(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  let lead: Token | undefined;
  for (const [at, token] of tokens.entries()) {
    const isLead = /^(?:cw|kw|wk|week)$/u.test(token.text);
    const isWeek =
      token.kind === 'number' && /^\d{1,2}$/u.test(token.text) && Number(token.text) <= 53 && endsThere(tokens, at + 1);
    if (isLead && tokens[at + 1]?.kind === 'number') lead = token;
    else if (lead && isWeek && !/^(?:cw|kw|wk|week)$/u.test(wordAt(tokens, at - 1)) && linksTo(tokens, at))
      out.push(made(lead.text));
    else if (lead && !isWeek && !isLink(token) && !/^20\d\d$/u.test(token.text)) lead = undefined;
    out.push(token);
  }
  return out;
}

function linksTo(tokens: readonly Token[], at: number): boolean {
  return at > 0 && isLink(tokens[at - 1]!);
}

function isLink(token: Token): boolean {
  return /^(?:vs|versus|v|and|or|to|with|,|&|\+|\/|-|against|compared|the|on|until|till|through|thru|than|\.)$/u.test(token.text);
}

/** «the 1st of november, and on the 8th», «3 and 10 november», «nov 1, 8 and 15». */
function withMonths(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    out.push(token);
    if (!isBareDay(tokens, at)) continue;
    const month = monthAhead(tokens, at) ?? monthBehind(tokens, at);
    if (month) out.push(...month.map(made));
  }
  return out;
}

/** A day of a month that names no month itself. */
function isBareDay(tokens: readonly Token[], at: number): boolean {
  const day = Number.parseInt(wordAt(tokens, at), 10);
  if (!/^\d{1,2}(?:st|nd|rd|th)?$/u.test(wordAt(tokens, at)) || day < 1 || day > 31) return false;
  return monthOf(tokens, at) === undefined && endsThere(tokens, at + 1) && !counts.test(wordAt(tokens, at - 1));
}

const counts =
  /^(?:top|last|past|first|bottom|best|worst|than|over|above|under|below|least|week|kw|cw|wk|weeks|limit|only|version|ios|android|q|[><=≥≤€$£#])$/u;

/** The month (and year) that belongs to the day at a position: «1st of november 2025», «nov 1st». */
function monthOf(tokens: readonly Token[], at: number): string[] | undefined {
  const next = wordAt(tokens, at + 1) === 'of' || wordAt(tokens, at + 1) === '.' ? at + 2 : at + 1;
  const the = wordAt(tokens, at - 1) === 'the' || wordAt(tokens, at - 1) === '.' ? at - 2 : at - 1;
  const isMonth = (i: number) => lookUp(months, wordAt(tokens, i)) !== undefined;
  if (isMonth(next)) return [wordAt(tokens, next), ...yearOf(tokens, next + 1)];
  return isMonth(the) && !/^\d{1,2}(?:st|nd|rd|th)?$/u.test(wordAt(tokens, the - 1))
    ? [wordAt(tokens, the), ...yearOf(tokens, at + 1)]
    : undefined;
}

function yearOf(tokens: readonly Token[], at: number): string[] {
  return /^20\d\d$/u.test(wordAt(tokens, at)) ? [wordAt(tokens, at)] : [];
}

/** «3 and 10 november»: only days and what lists them stand before the month. */
function monthAhead(tokens: readonly Token[], at: number): string[] | undefined {
  const between = /\D$/u.test(wordAt(tokens, at)) ? listing : enumerating;
  for (let i = at + 1; i < tokens.length; i++) {
    const isDay = /^\d{1,2}(?:st|nd|rd|th)?$/u.test(wordAt(tokens, i));
    if (!isDay && !between.test(wordAt(tokens, i))) return undefined;
    const month = isDay ? monthOf(tokens, i) : undefined;
    if (month) return month;
  }
  return undefined;
}

const enumerating = /^(?:,|and|&|\+|or|vs|versus|against|the|on)$/u;
// «3-9 nov» is read as it stands.
const listing = /^(?:,|and|&|\+|or|vs|versus|against|the|on|to|until|till|through|thru|-)$/u;

/** The month of the date before it; a plain number has to go on with a list of days. */
function monthBehind(tokens: readonly Token[], at: number): string[] | undefined {
  const isPlain = /^\d+$/u.test(wordAt(tokens, at));
  for (let i = at - 1; i >= 0; i--) {
    const isDay = /^\d{1,2}(?:st|nd|rd|th)?$/u.test(wordAt(tokens, i));
    const month = isDay ? monthOf(tokens, i) : undefined;
    if (month) return month;
    const isMonth = lookUp(months, wordAt(tokens, i)) !== undefined;
    if (isPlain && !isDay && !isMonth && !isLink(tokens[i]!) && !/^20\d\d$/u.test(wordAt(tokens, i))) return undefined;
  }
  return undefined;
}

/** «last 5 business days» are the weekdays of the last 7 days; what is no whole number of weeks stays as it is. */
function withWorkdays(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex((t, i) => /^(?:business|working|work)$/u.test(t.text) && wordAt(tokens, i + 1) === 'days');
  const count = tokens[at - 1]?.value ?? 0;
  if (at < 2 || count === 0 || count % 5 !== 0 || !/^(?:last|past|previous)$/u.test(wordAt(tokens, at - 2))) return [...tokens];
  return [...tokens.slice(0, at - 1), ...[String((count / 5) * 7), 'days', 'weekdays'].map(made), ...tokens.slice(at + 2)];
}

function made(text: string): Token {
  return {
    text,
    raw: text,
    kind: /^\d+$/u.test(text) ? 'number' : 'word',
    glued: false,
    ...(/^\d+$/u.test(text) ? { value: Number(text) } : {}),
  };
}
