import type { Grain } from '../glossary/reading.ts';
import { units } from './calendar-words.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, lookUp, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «7d moving avg», «rolling 7 day average», «moving average of 4 weeks», «smoothed over 7 days». */
export function movingAverage(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const lead = after(tokens, at, 'with a', 'with', 'as a', 'as', 'a') ?? at;
  const words = after(
    tokens,
    lead,
    'moving average of',
    'moving avg of',
    'rolling average of',
    'rolling avg of',
    'moving average over',
    'rolling average over',
    'moving avg over',
    'rolling mean of',
    'smoothed over',
    'average over a rolling',
    'running average of',
    'ma',
  );
  const first = words ? countUnit(tokens, words) : undefined;
  if (first) return { value: { type: 'moving_average', buckets: first.value.count, unit: first.value.unit }, to: first.to };
  const rolling = after(tokens, lead, 'rolling', 'moving', 'trailing', 'running');
  const size = countUnit(tokens, rolling ?? lead);
  const end = size
    ? after(
        tokens,
        size.to,
        ...(rolling ? ['average', 'avg', 'mean', 'avg .'] : []),
        'moving average',
        'moving avg',
        'rolling average',
        'rolling avg',
        'running average',
        'trailing average',
        'rolling mean',
        'moving mean',
        'ma',
        'sma',
      )
    : undefined;
  if (size && end) return { value: { type: 'moving_average', buckets: size.value.count, unit: size.value.unit }, to: end };
  const plain = after(tokens, lead, 'moving average', 'moving avg', 'rolling average', 'rolling avg', 'moving mean', 'smoothed');
  return plain ? { value: { type: 'moving_average', buckets: 7 }, to: plain } : undefined;
}

function countUnit(tokens: readonly Token[], at: number): Found<{ count: number; unit: Grain }> | undefined {
  const count = numberAt(tokens, at);
  const start = count ? (after(tokens, count.to, '-') ?? count.to) : at;
  const unit = lookUp(units, wordAt(tokens, start));
  if (!unit) return undefined;
  const n = count?.value ?? ({ week: 7, month: 28 } as Partial<Record<Grain, number>>)[unit];
  return n && n >= 2 && n <= 90 ? { value: { count: n, unit: count ? unit : 'day' }, to: start + 1 } : undefined;
}
