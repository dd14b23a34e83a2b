import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import type { DataReading, Grain } from '../glossary/reading.ts';
import { clipToData } from './clip-to-data.ts';
import type { ComposeContext } from './compose.ts';
import type { ResolvedPeriod } from './draft.ts';
import { completeUnits } from './per-bucket.ts';
import { periodBefore } from './period-before.ts';
import { periodLabel } from './period-label.ts';
import type { NotComposable } from './reach-check.ts';
import { DEFAULT_PERIOD, isWeeks, resolvePeriod } from './resolve-period.ts';

/** The period of a Reading and the one that it is compared with. */
export interface Periods {
  readonly kind: 'periods';
  readonly now: ResolvedPeriod;
  readonly before?: ResolvedPeriod;
  /** «30 days before», «year before», or the earlier period's own days. */
  readonly beforeLabel: string;
  readonly isDefault: boolean;
  /** An average per unit covers only the units that are complete. */
  readonly cutToUnits: boolean;
}

/** Both periods of a Reading, or `no_such_period` where the calendar does not have one. */
export function resolvePeriods(reading: DataReading, context: ComposeContext): Periods | NotComposable {
  const per = reading.kind === 'metric' ? reading.per : undefined;
  const period = reading.period ?? defaultPeriod(per);
  const asked = resolvePeriod(period, context);
  if (!asked) return noSuchPeriod('period');
  if (per && !completeUnits(asked, per))
    return { kind: 'not_composable', code: 'no_complete_unit', facts: { per, label: asked.label } };
  const now = per ? cutToUnits(asked, per, context) : asked;
  const common = { kind: 'periods' as const, now, isDefault: reading.period === undefined, cutToUnits: now !== asked };
  if (!reading.compare) return { ...common, beforeLabel: '' };
  const earlier = periodBefore(reading.compare, period, now, context);
  if (!earlier) return noSuchPeriod('compare');
  const before = per ? cutToUnits(earlier, per, context) : earlier;
  return { ...common, before, beforeLabel: beforeLabel(reading, period, now, before) };
}

/** 28 days hold no whole month: «orders per month» is of the last three. */
function defaultPeriod(per: Grain | undefined): Period {
  if (per === 'month') return { type: 'last', count: 3, unit: 'month' };
  if (per === 'quarter') return { type: 'last', count: 4, unit: 'quarter' };
  return per === 'year' ? { type: 'last', count: 1, unit: 'year' } : DEFAULT_PERIOD;
}

function noSuchPeriod(where: string): NotComposable {
  return { kind: 'not_composable', code: 'no_such_period', facts: { where } };
}

/** Orders per week of a month are those of its whole weeks. */
function cutToUnits(period: ResolvedPeriod, per: Grain, context: ComposeContext): ResolvedPeriod {
  const days = completeUnits(period, per);
  if (!days || (days.from === period.from && days.to === period.to)) return period;
  const cut = { ...days, partial: false };
  return clipToData({ ...cut, label: periodLabel(cut) }, context);
}

function beforeLabel(reading: DataReading, period: Period, now: ResolvedPeriod, before: ResolvedPeriod): string {
  if (reading.compare?.type === 'year_ago') return 'Year before';
  if (reading.compare?.type === 'period' || now.partial || now.fromTime) return before.label;
  const [from, to] = [Temporal.PlainDate.from(before.from), Temporal.PlainDate.from(before.to)];
  const days = from.until(to).days + 1;
  if (days === 1) return 'Day before';
  if (days === 7 && isWeeks(period)) return 'Week before';
  return days >= 28 && from.day === 1 && to.day === to.daysInMonth && days <= 31 ? 'Month before' : `${days} days before`;
}
