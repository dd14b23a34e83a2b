import { units } from './calendar-words.ts';
import type { ComparisonSense } from './parse-comparison.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «the 30 before», «previous 7 days», «the week before», «prior period». */
export function adjacentPeriod(tokens: readonly Token[], at: number, afterVersus: boolean): Found<ComparisonSense> | undefined {
  const short = afterVersus ? lookUp({ pw: 'week', pm: 'month', pq: 'quarter', pp: '' } as const, wordAt(tokens, at)) : undefined;
  if (short !== undefined) return { value: made(undefined, short), to: at + 1 };
  const count = numberAt(tokens, at);
  const next = count?.to ?? at;
  const unit = unitOrPeriod(wordAt(tokens, next));
  const early = after(
    tokens,
    unit ? next + 1 : next,
    'before that',
    'before it',
    'right before',
    'just before',
    'before',
    'earlier',
    'prior',
    'previously',
    'preceding',
    'prev',
  );
  if (early && (count || unit) && (afterVersus || (count && !unit) || wordAt(tokens, at - 1) === 'the')) {
    // «the one before» is the like of what was named, «the 30 before» counts days.
    const isOne = count?.value === 1 && !unit && wordAt(tokens, at) === 'one';
    return { value: isOne ? made(undefined) : made(count?.value, wordAt(tokens, next)), to: early };
  }
  const lead = after(
    tokens,
    at,
    'the immediately preceding',
    'immediately preceding',
    'previous',
    'prior',
    'preceding',
    'prev',
    'earlier',
    ...(afterVersus ? ['last'] : []),
  );
  if (!lead) return undefined;
  if (afterVersus && endsHere(tokens, lead) && /^(?:last|previous|prior|prev|earlier)$/u.test(wordAt(tokens, lead - 1)))
    return { value: made(undefined), to: lead };
  const n = numberAt(tokens, lead);
  const what = wordAt(tokens, n?.to ?? lead);
  const isPeriod = /^(?:period|timeframe|time|one|ones|interval|stretch|window|range|span)$/u.test(what);
  if (isPeriod && (afterVersus || what === 'period')) return { value: made(n?.value), to: (n?.to ?? lead) + 1 };
  if (afterVersus && n && lookUp(units, what)) return { value: made(n.value, what), to: n.to + 1 };
  if (afterVersus && n && !lookUp(units, what)) return { value: made(n.value), to: n.to };
  if (afterVersus && !n && lookUp(units, what) && wordAt(tokens, lead - 1) !== 'last' && !/^(?:year|yr|y)$/u.test(what))
    return { value: made(undefined, what), to: lead + 1 };
  return afterVersus && !lookUp(units, what) && wordAt(tokens, lead - 1) !== 'last'
    ? { value: made(undefined), to: lead }
    : undefined;
}

function endsHere(tokens: readonly Token[], at: number): boolean {
  return tokens[at] === undefined || tokens[at].kind === 'sign';
}

function made(count: number | undefined, word = ''): ComparisonSense {
  const unit = lookUp(units, word);
  return { compare: { type: 'previous' }, ...(count === undefined ? {} : { count }), ...(unit ? { unit } : {}) };
}

function unitOrPeriod(word: string): boolean {
  return lookUp(units, word) !== undefined || word === 'period';
}
