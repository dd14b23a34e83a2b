import type { Comparison, PeriodUnit } from '../glossary/period.ts';
import { units } from './calendar-words.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/**
 * «last ytd», «previous month to date», «last month until the same day», «the same point last quarter»: as much of the unit
 * before as is over of the one that runs; a year back by the calendar. Such a part can only be compared with.
 */
export function toDateBefore(tokens: readonly Token[], at: number): Found<{ compare: Comparison }> | undefined {
  return lastToDate(tokens, at) ?? toSamePoint(tokens, at) ?? toDateLastYear(tokens, at);
}

/** «last ytd», «prior month to date», «last month to the same point». */
function lastToDate(tokens: readonly Token[], at: number): Found<{ compare: Comparison }> | undefined {
  const lead = after(tokens, at, 'last', 'prior', 'previous', 'prev', 'preceding');
  if (lead === undefined) return undefined;
  const short = shortUnit(wordAt(tokens, lead));
  if (short) return { value: backBy(short), to: after(tokens, lead + 1, 'period') ?? lead + 1 };
  const unit = lookUp(units, wordAt(tokens, lead));
  const end =
    unit &&
    after(
      tokens,
      lead + 1,
      'to date',
      '- to - date',
      'to the same day',
      'to the same date',
      'to the same point',
      'until the same day',
      'until the same date',
      'until the same point',
      'up to the same day',
      'up to the same date',
      'up to the same point',
      'up to the same time',
      'until the same time',
      'by the same day',
      'by the same point',
      'at the same point',
      'at the same stage',
      'at this point',
      'by this point',
      'at this stage',
      'by then',
      'same days',
      'same point',
      'same period',
    );
  return unit && end ? { value: backBy(unit), to: end } : undefined;
}

/** «the same point last month», «same stage of last quarter», «this point last year». */
function toSamePoint(tokens: readonly Token[], at: number): Found<{ compare: Comparison }> | undefined {
  const point = after(
    tokens,
    at,
    'at the same point',
    'the same point',
    'same point',
    'at the same stage',
    'the same stage',
    'same stage',
    'at this point',
    'this point',
    'at this stage',
    'the same number of days',
    'same number of days',
    'as many days',
  );
  const of = point === undefined ? undefined : (after(tokens, point, 'of', 'in', 'from', 'during') ?? point);
  const lead =
    of === undefined ? undefined : after(tokens, of, 'the last', 'the previous', 'the prior', 'last', 'previous', 'prior');
  const unit = lead === undefined ? undefined : lookUp(units, wordAt(tokens, lead));
  return lead !== undefined && unit ? { value: backBy(unit), to: lead + 1 } : undefined;
}

/** «ytd last year», «mtd last month», «qtd ly». */
function toDateLastYear(tokens: readonly Token[], at: number): Found<{ compare: Comparison }> | undefined {
  const before = wordAt(tokens, at - 1) === 'the' ? wordAt(tokens, at - 2) : wordAt(tokens, at - 1);
  const unit = shortUnit(wordAt(tokens, at));
  if (!unit || !/^(?:vs|versus|v|against|with|to|than|and)$/u.test(before)) return undefined;
  const year = after(tokens, at + 1, 'of last year', 'last year', 'ly', 'last yr', 'a year ago', 'py', 'previous year');
  if (year) return { value: { compare: { type: 'year_ago' } }, to: year };
  const lead = after(tokens, at + 1, 'of last', 'last', 'previous', 'prior');
  return lead && lookUp(units, wordAt(tokens, lead)) === unit ? { value: backBy(unit), to: lead + 1 } : undefined;
}

function shortUnit(word: string): PeriodUnit | undefined {
  return lookUp({ mtd: 'month', qtd: 'quarter', ytd: 'year', wtd: 'week' } as const, word);
}

function backBy(unit: PeriodUnit): { compare: Comparison } {
  return { compare: unit === 'year' ? { type: 'year_ago' } : { type: 'previous' } };
}
