import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Period } from '../glossary/period.ts';
import type { Grain } from '../glossary/reading.ts';
import { type Parts, said } from './parts.ts';

/**
 * Changes the periods of a question where several of them are set against each other: «how did orders change from sept to
 * oct» compares the second with the first, «the difference between october and september» the first with the second, and
 * «sep vs oct vs nov» is one line over all three.
 */
export function setAgainst(parts: Parts, glossary: Glossary): void {
  // «orders in october and revenue in october»
  parts.periods = parts.periods.filter((p, i) => !parts.periods.some((q, j) => j < i && isSame(p.period, q.period)));
  const [only, more] = parts.periods;
  averageThere(parts, glossary);
  if (only && !more && !parts.compare) changeWithin(parts, only);
  // «last may vs this may», «easter vs last easter»: nobody sets a stretch against itself.
  const isItself = parts.compare?.type === 'period' && isSame(parts.compare.period, only?.period);
  if (isItself && (only?.period.type === 'calendar' || only?.period.type === 'named')) parts.compare = { type: 'year_ago' };
  if (parts.periods.length + (parts.compare?.type === 'period' ? 1 : 0) > 2) inSeries(parts);
}

function isSame(a: Period, b: Period | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** «yesterday vs the daily average of october»: what adds up is an average a day on both sides; a rate is the same anyway. */
function averageThere(parts: Parts, glossary: Glossary): void {
  const { comparePer } = parts;
  const adds = parts.metrics.some((m) => glossary.metrics[m.id]?.additive || m.population);
  const isOne = comparePer !== undefined && lastsOne(parts.periods[0]?.period, comparePer);
  if (comparePer === undefined || (!adds && parts.metrics.length > 0)) return;
  const at = parts.periods[0]?.at ?? 0;
  if (!isOne) parts.unknown.push({ text: `the ${comparePer}ly average`.replace('dayly', 'daily'), at });
  parts.grains.push({ grain: comparePer, way: 'each', at });
  parts.roles.set('average', [...(parts.roles.get('average') ?? []), { at, text: 'average' }]);
}

/** True if the period is one such unit, so that its average is its number. */
function lastsOne(period: Period | undefined, unit: Grain): boolean {
  if (period?.type === 'ago' || period?.type === 'current') return period.unit === unit;
  if (period?.type === 'weekday' || period?.type === 'named') return unit === 'day';
  if (period?.type !== 'calendar') return false;
  return (period.day !== undefined ? 'day' : stepOf(period)?.unit) === unit;
}

function changeWithin(parts: Parts, { period, at, text = '' }: Parts['periods'][number]): void {
  if (period.type !== 'range' || !period.from || !period.to || parts.grains.length > 0) return;
  const isBetween = /^(?:in )?between\b/iu.test(text);
  const isFrom = /^from\b/iu.test(text);
  const differs =
    parts.roles.get('change')?.some((r) => !/develop|movement|fluctuation/iu.test(r.text)) || said(parts, 'compare');
  // «compare revenue in october to september»; «compare devices, may to july» are devices.
  const isTo = said(parts, 'compare') && /\bto\b/iu.test(text) && parts.values.length + parts.dimensions.length === 0;
  if (!differs || !(isBetween || isFrom || isTo) || said(parts, 'trend')) return;
  const isLater = (stepOf(period.from)?.no ?? 1) >= (stepOf(period.to)?.no ?? 0);
  const [now, before] =
    (isBetween && isLater) || (isTo && !isBetween && !isFrom) ? [period.from, period.to] : [period.to, period.from];
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
