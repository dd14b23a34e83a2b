import type { Draft } from '../../metrics/draft.ts';
import type { Cell, QueryResult } from '../../services/warehouse.ts';
import { inPeriod } from './say-day.ts';
import type { Finding } from './say-finding.ts';
import { sayValue } from './say-value.ts';

/** «2.9% of the sessions with a product page bought. The steepest step is into the cart: 16.4% go on.» */
export function findFunnel(draft: Draft, result: QueryResult): Finding {
  const step = draft.columns.findIndex((c) => c.role === 'step' && c.unit === 'text');
  const sessions = draft.columns.findIndex((c) => c.role === 'metric');
  const groupAt = draft.columns.findIndex((c) => c.role === 'dimension' || c.role === 'segment');
  const first = result.rows[0]!;
  const rows = groupAt < 0 ? result.rows : result.rows.filter((row) => row[groupAt] === first[groupAt]);
  const steps = rows.map((row) => ({ name: String(row[Math.max(0, step)]), n: number(row[sessions]) }));
  const [top, last] = [steps[0]!, steps.at(-1)!];
  const who = groupAt < 0 ? '' : `${String(first[groupAt] ?? 'unknown')}: `;
  if (top.n === 0) return { headline: `${who}no session reached “${top.name}” ${inPeriod(draft.period)}.`, more: '' };
  const drops = steps
    .slice(1)
    .map((s, i) => ({ name: s.name, goOn: steps[i]!.n === 0 ? 1 : s.n / steps[i]!.n, lost: steps[i]!.n - s.n }));
  const steepest = drops.toSorted((a, b) => a.goOn - b.goOn)[0];
  const most = drops.toSorted((a, b) => b.lost - a.lost)[0];
  const overall = sayValue(last.n / top.n, { unit: 'share' });
  const more = steepest ? `The steepest step is to “${steepest.name}”: ${sayValue(steepest.goOn, { unit: 'share' })} go on.` : '';
  const mostLost =
    most && most.name !== steepest?.name
      ? ` Most sessions are lost before “${most.name}”: ${most.lost.toLocaleString('en')}.`
      : '';
  return {
    headline: `${who}${overall} of ${top.n.toLocaleString('en')} sessions at “${top.name}” reached “${last.name}” ${inPeriod(draft.period)}.`,
    more: more + mostLost,
  };
}

function number(cell: Cell | undefined): number {
  return typeof cell === 'number' ? cell : 0;
}
