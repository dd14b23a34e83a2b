import type { Comparison, Period } from '../glossary/period.ts';
import type { Grain } from '../glossary/reading.ts';
import { adverbs, units } from './calendar-words.ts';
import { parsePeriod } from './parse-period.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** Behind «vs»: «the daily average of october», «the average of the last 30 days», «an average week in q3». */
export function averageOf(
  tokens: readonly Token[],
  at: number,
  today: string,
): Found<{ compare: Comparison; per: Grain }> | undefined {
  const adverb = lookUp(adverbs, wordAt(tokens, at));
  const average = after(tokens, adverb ? at + 1 : at, 'average', 'avg', 'mean');
  if (average === undefined) return undefined;
  const noun = lookUp(units, wordAt(tokens, average));
  const grain = adverb ?? (noun !== undefined ? noun : undefined);
  const of = after(
    tokens,
    noun ? average + 1 : average,
    'of the',
    'of',
    'in the',
    'in',
    'over the',
    'over',
    'for the',
    'for',
    'during',
  );
  const period = parsePeriod(tokens, of ?? (noun ? average + 1 : average), today);
  if (!period || !('type' in period.value)) return undefined;
  const per = grain ?? unitOf(period.value);
  return per && { value: { compare: { type: 'period', period: period.value as Period }, per }, to: period.to };
}

/** «the average of the last 12 weeks» is that of a week; of a calendar month or quarter that of a day. */
function unitOf(period: Period): Grain | undefined {
  if (period.type === 'last') return period.unit;
  return period.type === 'ago' || period.type === 'calendar' ? 'day' : undefined;
}
