import { Temporal } from 'temporal-polyfill';
import type { Period } from '../glossary/period.ts';
import type { DataReading } from '../glossary/reading.ts';
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
  const period = reading.period ?? DEFAULT_PERIOD;
  const asked = resolvePeriod(period, context);
  if (!asked) return noSuchPeriod('period');
  const per = reading.kind === 'metric' ? reading.per : undefined;
  const now = per ? cutToUnits(asked, per, context) : asked;
  const common = { kind: 'periods' as const, now, isDefault: reading.period === undefined, cutToUnits: now !== asked };
  if (!reading.compare) return { ...common, beforeLabel: '' };
  const earlier = periodBefore(reading.compare, period, now, context);
  if (!earlier) return noSuchPeriod('compare');
  const before = per ? cutToUnits(earlier, per, context) : earlier;
  return { ...common, before, beforeLabel: beforeLabel(reading, period, now, before) };
}

function noSuchPeriod(where: string): NotComposable {
  return { kind: 'not_composable', code: 'no_such_period', facts: { where } };
}

/** Orders per week of a month are those of its whole weeks; a period without a whole unit stays as it is. */
function cutToUnits(period: ResolvedPeriod, per: Parameters<typeof completeUnits>[1], context: ComposeContext): ResolvedPeriod {
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
