import { type Facts, isUnique, numbersOf } from '../chart-facts.ts';
import { keep, type Shaped } from '../shape-rows.ts';
import { hasValues, rest, type Way, withoutBefore } from './way.ts';

/** Steps in the order given, two to ten. */
export const funnelWay: Way = { fits: fitsFunnel, shape: shapeFunnel };

function fitsFunnel(facts: Facts): boolean {
  const [step] = facts.step;
  const [label, ...more] = step === undefined ? rest(facts) : [step, ...rest(facts, step)];
  if (label === undefined || more.length > 0 || !hasValues(facts) || facts.table.rows.length > 10) return false;
  const values = numbersOf(facts, facts.drawn[0]!);
  const amounts = facts.drawn[0]!.unit === 'count' || facts.drawn[0]!.unit === 'number';
  const asked = facts.intent.wants === 'funnel' || step !== undefined;
  return (
    asked && amounts && isUnique(facts, label) && values.length === facts.table.rows.length && values.every((value) => value >= 0)
  );
}

function shapeFunnel(facts: Facts): Shaped {
  const label = facts.step[0] ?? rest(facts)[0]!;
  return { table: withoutBefore(keep(facts, [label], facts.drawn.slice(0, 1))), notes: [] };
}
