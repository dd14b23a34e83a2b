import type { Period } from '../glossary/period.ts';
import { units } from './calendar-words.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «last 30d», «past two weeks», «trailing 90 days», «28d», «last fortnight», «the last 24 hours». */
export function lastUnits(tokens: readonly Token[], at: number): Found<Period> | undefined {
  const lead = after(
    tokens,
    at,
    'the last',
    'the past',
    'the previous',
    'these last',
    'last',
    'past',
    'previous',
    'prior',
    'prev',
    'trailing',
    'rolling',
    'recent',
    'most recent',
    'latest',
    'preceding',
    'l',
    'p',
  );
  const start = lead ?? at;
  const fortnight = lead ? after(tokens, start, 'fortnight') : undefined;
  if (fortnight) return { value: { type: 'last', count: 2, unit: 'week' }, to: fortnight };
  const skip = after(tokens, start, 'full', 'complete', 'completed', 'whole') ?? start;
  const count =
    numberAt(tokens, skip) ??
    (lead && wordAt(tokens, skip) === 'half' && wordAt(tokens, skip + 1) === 'year' ? { value: 6, to: skip + 1 } : undefined);
  if (!count || count.value < 1 || count.value > 1000) return undefined;
  const middle = after(tokens, count.to, 'full', 'complete', 'completed', 'calendar', 'whole', 'consecutive', '-') ?? count.to;
  if (count.value === 6 && wordAt(tokens, middle) === 'year' && wordAt(tokens, skip) === 'half')
    return { value: { type: 'last', count: 6, unit: 'month' }, to: middle + 1 };
  const word = wordAt(tokens, middle);
  const fortnights = lead && word === 'fortnights';
  const unit = fortnights ? 'week' : lookUp(units, word);
  // «revenue by channel last 30»: these counts are of days.
  const isBare = lead !== undefined && /^(?:7|14|28|30|60|90|180|365)$/u.test(wordAt(tokens, skip)) && count.to === skip + 1;
  const isEnd = tokens[middle] === undefined || /^[,.;?!]$/u.test(word) || /^(?:vs|versus|by|per)$/u.test(word);
  if (!unit && isBare && isEnd) return { value: { type: 'last', count: count.value, unit: 'day' }, to: middle };
  // Without «last», only days, weeks and months that are written to the number or as a plural («28d», «8 weeks») count.
  if (!unit || (!lead && !(tokens[middle]?.glued || /s$/u.test(word)))) return undefined;
  if (!lead && (unit === 'hour' || word === 'm' || word === 'h')) return undefined;
  if (after(tokens, middle + 1, 'ago', 'earlier', 'before', 'back', 'prior', 'moving', 'rolling') && !lead) return undefined;
  return { value: { type: 'last', count: fortnights ? count.value * 2 : count.value, unit }, to: middle + 1 };
}
