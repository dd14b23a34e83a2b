import type { Period } from '../glossary/period.ts';
import { lastUnits } from './parse-last-units.ts';
import { part, weekend } from './parse-part.ts';
import { parsePoint } from './parse-point.ts';
import { range } from './parse-range.ts';
import { seasonWords } from './parse-season.ts';
import { since } from './parse-since.ts';
import { stretch } from './parse-stretch.ts';
import { sure } from './sure-point.ts';
import { after, type Found } from './token-reader.ts';
import type { Token } from './tokenise.ts';

type PeriodSense = Period | readonly [Period, Period];

/** The longest period that begins at a position; «11/03» gives both dates that it can be. `today` is yyyy-MM-dd, shop zone. */
export function parsePeriod(tokens: readonly Token[], at: number, today: string): Found<PeriodSense> | undefined {
  const start =
    after(
      tokens,
      at,
      'for the month of',
      'in the month of',
      'the month of',
      'in the time',
      'in the period',
      'for the period',
      'in the timeframe',
      'in the weeks',
      'in the days',
      'in the months',
      'period',
      'in the',
      'for the',
      'over the',
      'during the',
      'within the',
      'of the',
      'in',
      'for',
      'during',
      'over',
      'within',
      'on',
      'throughout',
      'of',
      'the',
    ) ?? at;
  const all = [bare(tokens, at, today)];
  if (start !== at) all.push(bare(tokens, start, today));
  return longest(all);
}

function bare(tokens: readonly Token[], at: number, today: string): Found<PeriodSense> | undefined {
  return longest<PeriodSense>([
    range(tokens, at, today),
    since(tokens, at, today),
    lastUnits(tokens, at),
    part(tokens, at, today),
    stretch(tokens, at, today),
    labelled(tokens, at, today),
    weekend(tokens, at),
    yearBack(tokens, at, today),
    whole(tokens, at),
    parsePoint(tokens, at, today),
  ]);
}

/** «autumn (mar-may)», «summer holidays (1 july to 31 aug)»: the dates say which. */
function labelled(tokens: readonly Token[], at: number, today: string): Found<PeriodSense> | undefined {
  const to = seasonWords(tokens, at);
  const link = to === undefined ? undefined : (after(tokens, to, 'i . e .', 'ie', 'meaning', ':', ',', '=') ?? to);
  return link === undefined
    ? undefined
    : longest<PeriodSense>([range(tokens, link, today), since(tokens, link, today), parsePoint(tokens, link, today)]);
}

function longest<T>(found: readonly (Found<T> | undefined)[]): Found<T> | undefined {
  let best: Found<T> | undefined;
  for (const one of found) if (one && (!best || one.to > best.to)) best = one;
  return best;
}

/** «the same …» is a comparison; here «last 30 days last year», «this month last year», «yesterday a year ago». */
function yearBack(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const inner = longest<Period>([lastUnits(tokens, at), sure(parsePoint(tokens, at, today))]);
  if (!inner || inner.value.type === 'all' || inner.value.type === 'year_before' || inner.value.type === 'part') return undefined;
  const to = after(
    tokens,
    inner.to,
    'of last year',
    'in last year',
    'last year',
    'ly',
    'a year ago',
    'one year ago',
    'the year before',
  );
  if (!to || inner.value.type === 'calendar' || (inner.value.type === 'ago' && inner.value.unit === 'year')) return undefined;
  return { value: { type: 'year_before', of: inner.value }, to };
}

function whole(tokens: readonly Token[], at: number): Found<Period> | undefined {
  const all = after(
    tokens,
    at,
    'all time',
    'alltime',
    'all - time',
    'of all time',
    'all data',
    'all the data',
    'ever',
    'lifetime so far',
    'whole period',
    'the whole period',
    'entire period',
    'the entire time',
    'whole time',
    'the whole time',
    'all dates',
    'all days',
    'max period',
    'so far ever',
    'to date',
    'until now',
    'till now',
    'in total so far',
  );
  if (all) return { value: { type: 'all' }, to: all };
  const lately = after(
    tokens,
    at,
    'lately',
    'recently',
    'these days',
    'the last days',
    'last days',
    'past days',
    'the past days',
    'in the last few days',
    'the last few days',
    'last few days',
    'past few days',
    'the past few days',
    'recent days',
  );
  return lately ? { value: { type: 'last', count: 7, unit: 'day' }, to: lately } : undefined;
}
