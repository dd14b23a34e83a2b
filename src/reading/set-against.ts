import type { Period } from '../glossary/period.ts';
import { type Parts, said } from './parts.ts';

/**
 * Changes the periods of a question where several of them are set against each other: «how did orders change from sept to
 * oct» compares the second with the first, «the difference between october and september» the first with the second, and
 * «sep vs oct vs nov» is one line over all three.
 */
export function setAgainst(parts: Parts): void {
  const [only, more] = parts.periods;
  if (only && !more && !parts.compare) changeWithin(parts, only);
  // «last may vs this may», «easter vs last easter»: nobody sets a stretch against itself.
  const isSame = parts.compare?.type === 'period' && JSON.stringify(parts.compare.period) === JSON.stringify(only?.period);
  if (isSame && (only?.period.type === 'calendar' || only?.period.type === 'named')) parts.compare = { type: 'year_ago' };
  if (parts.periods.length + (parts.compare?.type === 'period' ? 1 : 0) > 2) inSeries(parts);
}

function changeWithin(parts: Parts, { period, at, text = '' }: Parts['periods'][number]): void {
  if (period.type !== 'range' || !period.from || !period.to || parts.grains.length > 0) return;
  const isBetween = /^(?:in )?between\b/iu.test(text);
  const isFrom = /^from\b/iu.test(text);
  const differs =
    parts.roles.get('change')?.some((r) => !/develop|movement|fluctuation/iu.test(r.text)) || said(parts, 'compare');
  if (!differs || !(isBetween || isFrom) || said(parts, 'trend')) return;
  const isLater = (stepOf(period.from)?.no ?? 1) >= (stepOf(period.to)?.no ?? 0);
  const [now, before] = isBetween && isLater ? [period.from, period.to] : [period.to, period.from];
  parts.periods = [{ period: now, at }];
  parts.compare = { type: 'period', period: before };
}

/** Three months, quarters, weeks or years in a row are a series of them. */
function inSeries(parts: Parts): void {
  const compared = parts.compare?.type === 'period' ? [parts.compare.period] : [];
  const said = parts.periods.map((p) => p.period);
  const all = [...said.slice(0, 1), ...compared, ...said.slice(1)];
  const steps = all.map(stepOf);
  const [unit] = steps;
  if (!unit || steps.some((s) => s?.unit !== unit.unit)) return;
  const order = [...all].sort((a, b) => stepOf(a)!.no - stepOf(b)!.no);
  const inRow = order.every((p, i) => i === 0 || stepOf(p)!.no === stepOf(order[i - 1]!)!.no + 1);
  const [first, last] = [order[0]!, order.at(-1)!];
  if (!inRow || first.type !== 'calendar' || last.type !== 'calendar') return;
  if (parts.grains.some((g) => g.grain !== unit.unit)) return;
  const at = parts.periods[0]!.at;
  parts.periods = [{ period: { type: 'range', from: first, to: last }, at }];
  parts.versus = parts.versus.filter((v) => parts.values.some((x) => x.at < v) && parts.values.some((x) => x.at > v));
  parts.compare = undefined;
  if (parts.grains.length === 0) parts.grains.push({ grain: unit.unit, way: 'by', at });
}

/** Which month, quarter, week or year it is, counted on; without a year they are of one. */
function stepOf(period: Period): { unit: 'month' | 'quarter' | 'week' | 'year'; no: number } | undefined {
  if (period.type !== 'calendar' || period.day !== undefined) return undefined;
  const { year = 0, month, quarter, week } = period;
  if (month !== undefined) return { unit: 'month', no: year * 12 + month };
  if (quarter !== undefined) return { unit: 'quarter', no: year * 4 + quarter };
  if (week !== undefined) return { unit: 'week', no: year * 53 + week };
  return { unit: 'year', no: year };
}
