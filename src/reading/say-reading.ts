import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, Filter, FunnelReading, MetricReading, Reading, Schedule } from '../glossary/reading.ts';
import { heldAs, nameOfValue } from './lexicon.ts';
import { dayParts } from './parse-hours.ts';
import { sayComparison, sayPeriod } from './say-period.ts';

/** The reading line's first part, in words without resolved dates: «conversion rate by device, mobile only, weekly». */
export function sayReading(reading: Reading, glossary: Glossary): string {
  if (reading.kind === 'clarify') return reading.question;
  if (reading.kind === 'decline') return reading.subject;
  if (reading.kind === 'sql') return reading.says;
  return reading.kind === 'funnel' ? sayFunnel(reading, glossary) : sayMetric(reading, glossary);
}

/** The same with its schedule, period and comparison: a whole question that the grammar reads back to this Reading. */
export function askReading(reading: DataReading, glossary: Glossary): string {
  const said = [sayReading(reading, glossary), ...(reading.schedule ? [saySchedule(reading.schedule)] : [])].join(', ');
  const period = reading.period ? ` ${sayPeriod(reading.period)}` : '';
  const compare = reading.compare ? ` vs ${sayComparison(reading.compare)}` : '';
  return `${said}${reading.period ? ',' : ''}${period}${compare}`;
}

function sayMetric(reading: MetricReading, glossary: Glossary): string {
  const names = listOf(reading.metrics.map((id) => glossary.metrics[id]?.label ?? id));
  const by = reading.dimensions.map((id) => glossary.dimensions[id]?.label ?? id);
  const what = `${reading.share ? 'share of ' : ''}${reading.per ? `average ${adverbOf[reading.per]} ` : ''}${names}`;
  return [
    by.length > 0 ? `${what} by ${listOf(by)}` : what,
    ...sayScope(reading, glossary),
    ...(reading.grain ? [adverbOf[reading.grain]] : []),
    ...(reading.movingAverage ? [`${reading.movingAverage} ${reading.grain ?? 'day'} moving average`] : []),
    ...reading.having.map(
      (h) =>
        `${opWords[h.op]} ${sayNumber(h.value, glossary.metrics[h.metric]?.unit)} ${glossary.metrics[h.metric]?.label ?? h.metric}`,
    ),
    ...sayOrder(reading, glossary),
    ...(reading.picture === 'map'
      ? ['as a map']
      : reading.picture === 'line'
        ? ['as a line chart']
        : reading.picture === 'bars'
          ? ['as a bar chart']
          : reading.picture === 'none'
            ? ['without a chart']
            : []),
  ].join(', ');
}

function sayFunnel(reading: FunnelReading, glossary: Glossary): string {
  const steps = reading.steps.map((id) => glossary.steps[id]?.label ?? id).join(' > ');
  const by = reading.by ? ` by ${glossary.dimensions[reading.by]?.label ?? reading.by}` : '';
  const order = reading.order === 'in_order' ? ['in order'] : [];
  const window = reading.windowMinutes ? [`within ${reading.windowMinutes} minutes`] : [];
  return [`funnel ${steps}${by}`, ...order, ...window, ...sayScope(reading, glossary)].join(', ');
}

function sayScope(reading: DataReading, glossary: Glossary): string[] {
  const bots = reading.bots === 'include' ? ['including bots'] : reading.bots === 'only' ? ['bots only'] : [];
  const segments = reading.segments?.map((s) => s.filters.map((f) => sayFilter(f, glossary, false)).join(' ')).join(' vs ');
  return [...(segments ? [segments] : []), ...reading.filters.map((f) => sayFilter(f, glossary, true)), ...bots];
}

/** «mobile only», «without channel Direct», «brand Samsung only». */
function sayFilter(filter: Filter, glossary: Glossary, only: boolean): string {
  const dimension = glossary.dimensions[filter.dimension];
  const names = filter.values.map((v) => (dimension ? nameOfValue(dimension, v) : v));
  if (filter.dimension === 'weekday' && filter.op === 'is') return `on ${listOf(names.map((n) => `${n}s`))}`;
  if (filter.dimension === 'hour') return sayHours(filter.values.map(Number));
  const plain =
    dimension !== undefined &&
    filter.values.every((v) => v !== 'unknown' && (v in dimension.values || v in dimension.groups || dimension.countries));
  const named = listOf(
    plain
      ? names
      : names.map((n) =>
          (/^[\p{L}\p{N} _&-]+$/u.test(n) && filter.dimension !== 'search_term') || /^\/./u.test(n) ? n : `"${n}"`,
        ),
  );
  const cue = plain && heldAs(dimension, filter.values[0]!) !== 'Other' ? '' : `${label(filter, glossary)} `;
  if (filter.op === 'is') return `${cue}${named}${only ? ' only' : ''}`;
  if (filter.op === 'is_not') return `without ${cue}${named}`;
  const verb = {
    contains: 'containing',
    not_contains: 'not containing',
    starts_with: 'starting with',
    at_least: 'at least',
    at_most: 'at most',
    more_than: 'over',
    less_than: 'under',
  }[filter.op];
  return `${label(filter, glossary)} ${verb} "${names.join(' ')}"`;
}

/** Hours of the day in words: «in the morning», «after 18:00», «between 9:00 and 17:00». */
function sayHours(hours: readonly number[]): string {
  const part = Object.entries(dayParts).find(([, own]) => own.join() === hours.join());
  if (part) return part[0] === 'night' ? 'at night' : `in the ${part[0]}`;
  const from = hours[0] ?? 0;
  const to = (hours.at(-1) ?? 23) + 1;
  if (to === 24) return `after ${from}:00`;
  return from === 0 ? `before ${to}:00` : `between ${from}:00 and ${to}:00`;
}

function label(filter: Filter, glossary: Glossary): string {
  return glossary.dimensions[filter.dimension]?.label ?? filter.dimension;
}

function sayOrder(reading: MetricReading, glossary: Glossary): string[] {
  const { order, limit } = reading;
  if (!order) return limit ? [`top ${limit}`] : [];
  const isOwn = order.by === reading.metrics[0] || order.by === 'time';
  const by = isOwn ? '' : ` by ${glossary.metrics[order.by]?.label ?? glossary.dimensions[order.by]?.label ?? order.by}`;
  if (limit) return [`${order.direction === 'desc' ? 'top' : 'bottom'} ${limit}${by}`];
  return [`${order.direction === 'desc' ? 'highest' : 'lowest'} first${by && `, sorted${by}`}`];
}

function saySchedule(schedule: Schedule): string {
  const time = `${schedule.hour}:${String(schedule.minute).padStart(2, '0')}`;
  if (schedule.every === 'week') return `every ${weekdayNames[(schedule.weekday ?? 1) - 1]} at ${time}`;
  if (schedule.every === 'month') return `on the ${ordinal(schedule.day ?? 1)} of every month at ${time}`;
  return `every ${schedule.every} at ${time}`;
}

function ordinal(day: number): string {
  const tail =
    day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th';
  return `${day}${tail}`;
}

/** «a», «a and b», «a, b and c». */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function sayNumber(value: number, unit: string | undefined): string {
  if (unit === 'rate' || unit === 'share') return `${Number((value * 100).toFixed(4))} %`;
  return unit === 'milliseconds' ? `${value / 1000} s` : String(value);
}

const adverbOf = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
} as const;
const opWords = { at_least: 'at least', at_most: 'at most', more_than: 'over', less_than: 'under' } as const;
const weekdayNames: readonly string[] = 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday'.split(',');
