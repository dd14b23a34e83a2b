import type { Grain } from '../glossary/reading.ts';
import { adverbs, units } from './calendar-words.ts';
import type { Sense } from './meaning.ts';
import { movingAverage } from './parse-moving-average.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «by day», «per week», «daily», «a day», «week over week», «which month», «7d moving avg». */
export function parseGrain(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const moving = movingAverage(tokens, at);
  if (moving) return moving;
  const over = overUnit(tokens, at);
  if (over) return over;
  const adverb = lookUp(adverbs, wordAt(tokens, at));
  if (adverb)
    return {
      value: { type: 'grain', grain: adverb, way: 'adverb' },
      to: after(tokens, at + 1, 'basis', 'view', 'level', 'granularity', 'values', 'numbers', 'figures') ?? at + 1,
    };
  const which = after(tokens, at, 'which', 'what', 'on which', 'on what', 'in which');
  const whichUnit = which ? plainUnit(wordAt(tokens, which)) : undefined;
  if (which && whichUnit && wordAt(tokens, at) !== 'the' && wordAt(tokens, which + 1) !== 'of')
    return { value: { type: 'grain', grain: whichUnit, way: 'which' }, to: which + 1 };
  const by = after(
    tokens,
    at,
    'broken down by',
    'broken out by',
    'split by',
    'grouped by',
    'group by',
    'on a per',
    'breakdown by',
    'by the',
    'by',
    'over the',
  );
  const each = after(tokens, at, 'per', 'each', 'every', 'for each', 'for every', 'in each', 'in a', 'a', 'an', 'one', 'wise');
  const start = by ?? each ?? slashed(tokens, at);
  if (start === undefined) return twice(tokens, at) ?? boundUnit(tokens, at) ?? rankedUnit(tokens, at) ?? listedUnit(tokens, at);
  const calendar = after(tokens, start, 'calendar', 'single', 'iso') ?? start;
  const word = wordAt(tokens, calendar);
  const isDate = /^(?:date|dates|dt)$/u.test(word) && wordAt(tokens, start - 1) !== 'a';
  const grain = isDate ? 'day' : (plainUnit(word) ?? (by && word.endsWith('s') ? plainUnit(word.slice(0, -1)) : undefined));
  if (!grain || after(tokens, calendar + 1, 'ago', 'type') || namesPlace(tokens, calendar + 1)) return undefined;
  return { value: { type: 'grain', grain, way: by ? 'by' : 'each' }, to: calendar + 1 };
}

/** «sessions/day», but for «by month/week» and «week/month». */
function slashed(tokens: readonly Token[], at: number): number | undefined {
  if (wordAt(tokens, at) !== '/' || at === 0 || lookUp(units, wordAt(tokens, at - 1))) return undefined;
  return tokens.slice(Math.max(0, at - 6), at).some((t) => t.text === 'by' || t.text === 'per') ? undefined : at + 1;
}

/** «by day of the week» names the place in a longer unit, «each month of this year» no more than the month. */
function namesPlace(tokens: readonly Token[], at: number): boolean {
  const of = after(tokens, at, 'of the', 'of');
  return of !== undefined && lookUp(units, wordAt(tokens, of)) !== undefined;
}

function plainUnit(word: string): Grain | undefined {
  return word.length >= 2 && word !== 'mon' && !word.endsWith('s') ? lookUp(units, word) : undefined;
}

/** «lowest revenue day of october», «day with most sessions»: a unit that a rank in the question is about. */
function rankedUnit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const grain = plainUnit(wordAt(tokens, at));
  const isRanked = tokens.some((t) =>
    /^(?:best|worst|highest|lowest|most|least|max|maximum|min|minimum|peak|top|busiest|strongest|weakest|record|biggest|smallest)$/u.test(
      t.text,
    ),
  );
  const isBound =
    /^(?:this|last|past|previous|current|prior|next|a|per|each|every|of|the|by|to|on)$/u.test(wordAt(tokens, at - 1)) &&
    wordAt(tokens, at - 1) !== 'the';
  return grain && grain !== 'hour' && isRanked && !isBound
    ? { value: { type: 'grain', grain, way: 'which' }, to: at + 1 }
    : undefined;
}

const rank = /^(?:best|worst|highest|lowest|peak|busiest|strongest|weakest|biggest|smallest|top)$/u;

/** «days with more than 50 orders», «weeks where revenue was below 1000». */
function boundUnit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const word = wordAt(tokens, at);
  const grain = word.endsWith('s') ? plainUnit(word.slice(0, -1)) : undefined;
  // «biggest days of revenue»
  if (
    grain &&
    grain !== 'hour' &&
    rank.test(wordAt(tokens, at - (tokens[at - 1]?.kind === 'number' ? 2 : 1))) &&
    !namesPlace(tokens, at + 1)
  )
    return { value: { type: 'grain', grain, way: 'which' }, to: at + 1 };
  const isFree = at === 0 || /^(?:which|what|the|all|show|list|any|me|were)$/u.test(wordAt(tokens, at - 1));
  const link = after(tokens, at + 1, 'with', 'where', 'when', 'that had', 'having', 'had', 'on which', 'above', 'below', 'over');
  const isBound = tokens
    .slice(at + 1, at + 8)
    .some((t) => /^(?:more|over|above|less|under|below|least|fewer|>|<|most)$/u.test(t.text));
  const isAmount = tokens.slice(at + 1, at + 10).some((t) => t.kind === 'number');
  return grain && grain !== 'hour' && isFree && link && isBound && isAmount
    ? { value: { type: 'grain', grain, way: 'which' }, to: at + 1 }
    : undefined;
}

/** «by country, week», «per channel and month»: a unit that ends or goes on a list after «by». */
function listedUnit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const grain = plainUnit(wordAt(tokens, at));
  if (!grain || !/^(?:,|and|&|\+|\/|x)$/u.test(wordAt(tokens, at - 1)) || tokens[at]!.text.length < 3) return undefined;
  const before = tokens.slice(Math.max(0, at - 6), at - 1).map((t) => t.text);
  const by = before.findLastIndex((t) => t === 'by' || t === 'per');
  const isList = by >= 0 && before.slice(by + 1).every((t) => !/^(?:in|for|from|on|last|this|since|vs|without|with)$/u.test(t));
  return isList && !after(tokens, at + 1, 'ago', 'before', 'of')
    ? { value: { type: 'grain', grain, way: 'by' }, to: at + 1 }
    : undefined;
}

/** «day by day», «month by month», «week after week». */
function twice(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const grain = /^(?:this|last|past|previous|current|prior)$/u.test(wordAt(tokens, at - 1))
    ? undefined
    : plainUnit(wordAt(tokens, at));
  const link = grain ? after(tokens, at + 1, 'by', 'after', 'to') : undefined;
  return grain && link && plainUnit(wordAt(tokens, link)) === grain
    ? { value: { type: 'grain', grain, way: 'by' }, to: link + 1 }
    : undefined;
}

/** «wow», «week over week», «mom», «wk on wk». */
function overUnit(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const short = lookUp(
    { wow: 'week', mom: 'month', qoq: 'quarter', dod: 'day', 'w/w': 'week', 'm/m': 'month' } as const,
    wordAt(tokens, at),
  );
  if (short) return { value: { type: 'grain', grain: short, way: 'over' }, to: at + 1 };
  const grain = plainUnit(wordAt(tokens, at));
  const link = grain ? after(tokens, at + 1, 'over', 'on', 'vs', 'against') : undefined;
  return grain && link && plainUnit(wordAt(tokens, link)) === grain && grain !== 'year'
    ? { value: { type: 'grain', grain, way: 'over' }, to: link + 1 }
    : undefined;
}
