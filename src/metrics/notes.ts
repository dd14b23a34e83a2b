import { Temporal } from 'temporal-polyfill';
import type { DataReading, Grain } from '../glossary/reading.ts';
import { addDays } from './bucket-sql.ts';
import { isCurrency } from './dimension-sql.ts';
import type { DraftNote, ResolvedPeriod } from './draft.ts';
import { type MetricPlan, SMALL_SHARE, SMALL_UNITS } from './metric-plan.ts';
import { completeUnits } from './per-bucket.ts';
import type { Periods } from './periods.ts';

/** What an answer about metrics must tell beside its numbers. */
export function metricNotes(plan: MetricPlan, periods: Periods): readonly DraftNote[] {
  const { frame, metrics, components, reading, smallGroups } = plan;
  const notes: DraftNote[] = [...periodNotes(reading, periods)];
  const money = components.some(({ ofCurrency }) => ofCurrency);
  if (money && frame.shopCurrencyOnly) notes.push({ code: 'currency', facts: { currency: frame.currency } });
  const added = frame.dimensions.find(
    (id) => !reading.dimensions.includes(id) && isCurrency(frame.glossary.dimensions[id]!, frame.glossary),
  );
  if (added) notes.push({ code: 'by_currency', facts: { dimension: added } });
  for (const { asked, id, metric } of metrics) {
    const from = frame.glossary.metrics[asked]!;
    if (id !== asked && metric.label !== from.label)
      notes.push({ code: 'variant', facts: { asked: from.label, metric: id, label: metric.label } });
    if (metric.caveat) notes.push({ code: 'caveat', facts: { metric: id, text: metric.caveat } });
  }
  const wait = Math.max(0, ...components.map(({ measure }) => measure.withoutOrderWithinDays ?? 0));
  if (wait > 0 && frame.lastDay !== null && addDays(periods.now.to, wait) > frame.lastDay)
    notes.push({ code: 'not_over', facts: { days: wait } });
  if (smallGroups) notes.push({ code: 'small_groups_left_out', facts: { min_share: SMALL_SHARE, min_units: SMALL_UNITS } });
  if (reading.share && !sharesShown(plan)) notes.push({ code: 'share_not_additive', facts: { metric: metrics[0]!.id } });
  return notes;
}

/** Notes on the period and the bots, the same for every kind of Reading. */
export function periodNotes(reading: DataReading, { now, before, isDefault, cutToUnits }: Periods): readonly DraftNote[] {
  const notes: DraftNote[] = [];
  if (isDefault) notes.push({ code: 'default_period', facts: { days: daysOf(now), label: now.label } });
  if (reading.bots) notes.push({ code: reading.bots === 'include' ? 'bots_included' : 'bots_only', facts: {} });
  if (now.partial) notes.push({ code: 'partial', facts: { to: now.to } });
  if (now.beyondData) notes.push({ code: 'beyond_data', facts: { side: 'now', edge: now.beyondData, label: now.label } });
  if (before?.beyondData)
    notes.push({ code: 'beyond_data', facts: { side: 'before', edge: before.beyondData, label: before.label } });
  const grain = reading.kind === 'metric' ? reading.grain : undefined;
  if (grain && !now.fromTime) notes.push(...partBuckets(grain, now));
  const per = reading.kind === 'metric' ? reading.per : undefined;
  if (per && cutToUnits) notes.push({ code: 'complete_units', facts: { per, from: now.from, to: now.to } });
  return notes;
}

/** «by week» of 30 days: the first and the last week hold only some of their days. */
function partBuckets(grain: Grain, now: ResolvedPeriod): readonly DraftNote[] {
  const whole = completeUnits(now, grain);
  if (whole && whole.from === now.from && whole.to === now.to) return [];
  const first = !whole || whole.from !== now.from;
  const last = !now.partial && (!whole || whole.to !== now.to);
  return first || last ? [{ code: 'part_buckets', facts: { grain, first: first ? 1 : 0, last: last ? 1 : 0 } }] : [];
}

function daysOf({ from, to }: ResolvedPeriod): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1;
}

function sharesShown({ metrics, frame }: MetricPlan): boolean {
  return frame.sides.some(({ suffix }) => suffix === '_whole') || metrics.some(({ metric, shown }) => shown && metric.additive);
}
