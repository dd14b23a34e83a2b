import type { Period } from '../glossary/period.ts';
import type { Term } from './choose-meaning.ts';
import type { Item } from './meaning.ts';
import { isVague } from './parse-stretch.ts';
import type { Parts } from './parts.ts';
import { sayPeriod } from './say-period.ts';
import { takeBots } from './take-meaning.ts';

/** Puts an item that is no term into the parts. */
export function takeSense(parts: Parts, item: Exclude<Item, Term>, negated: boolean): void {
  const at = item.from;
  parts.content++;
  switch (item.type) {
    case 'filter': {
      if (item.filter.dimension === 'is_bot') {
        takeBots(parts, item.filter.values[0]!, negated !== (item.filter.op === 'is_not'));
        return;
      }
      const op = negated
        ? (({ is: 'is_not', contains: 'not_contains' } as const)[item.filter.op as 'is'] ?? item.filter.op)
        : item.filter.op;
      parts.values.push({ at, text: item.text, filter: { ...item.filter, op }, group: false, others: [] });
      return;
    }
    case 'period':
      parts.periods.push({ period: item.period, at, text: item.text });
      sayVague(parts, item.text, item.period);
      return;
    case 'either_period':
      parts.eitherPeriod = item.periods;
      parts.eitherPeriodText = item.text;
      return;
    case 'compare':
      // «sep vs oct vs nov»
      if (parts.compare?.type === 'period' && item.compare.type === 'period') {
        parts.periods.push({ period: item.compare.period, at });
        return;
      }
      if (parts.compare) parts.unknown.push({ text: item.text, at });
      parts.compare = item.compare;
      if (item.compare.type === 'period') sayVague(parts, item.text, item.compare.period);
      parts.compareCount = item.count;
      parts.compareUnit = item.unit;
      parts.comparePer = item.per;
      return;
    case 'grain':
      parts.grains.push({ grain: item.grain, way: item.way, at });
      return;
    case 'moving_average':
      parts.moving = { buckets: item.buckets, ...(item.unit ? { unit: item.unit } : {}) };
      return;
    case 'limit':
      parts.limit = item.count;
      parts.ranks.push({ way: item.way, text: item.text.toLowerCase(), at });
      return;
    case 'amount':
      parts.amounts.push({
        at,
        text: item.text,
        op: item.op,
        value: item.value,
        mark: item.mark,
        ...(item.times ? { times: true } : {}),
        ...(item.currency ? { currency: item.currency } : {}),
        ...(item.inverted ? { inverted: true } : {}),
      });
      return;
    case 'baseline':
      parts.content--;
      parts.baseline = { at, text: item.text, of: item.of };
      return;
    case 'hours':
      parts.values.push({
        at,
        text: item.text,
        filter: { dimension: 'hour', op: negated ? 'is_not' : 'is', values: item.values.map(String) },
        group: true,
        others: [],
      });
      return;
    case 'chain':
      if (parts.chain) parts.unknown.push({ text: item.text, at });
      parts.chain = item.steps;
      return;
    case 'window':
      parts.window = item.minutes;
      return;
    case 'clock':
      if (parts.schedule) parts.schedule = { ...parts.schedule, hour: item.hour, minute: item.minute };
      else parts.clock = { hour: item.hour, minute: item.minute };
      return;
    case 'schedule':
      parts.schedule = { ...item.schedule, ...parts.clock };
      if (item.assumed && !parts.clock) parts.assumed.push(item.assumed);
      return;
    case 'unknown_value':
      parts.unknownValues.push({ dimension: item.dimension, value: item.value });
      return;
    case 'unknown':
      parts.content--;
      parts.unknown.push({ text: item.text, at });
      return;
  }
}

/** «early november» has no fixed bounds: those that were taken are said. */
function sayVague(parts: Parts, text: string, period: Period): void {
  if (period.type === 'range' && isVague(text)) parts.assumed.push(`“${text}” as ${sayPeriod(period)}`);
}
