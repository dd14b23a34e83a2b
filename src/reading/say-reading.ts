import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, FunnelReading, MetricReading, Reading, Schedule } from '../glossary/reading.ts';
import { withMade } from '../glossary/with-made.ts';
import { listOf } from './list-of.ts';
import { sayFilter } from './say-filter.ts';
import { opWords, sayNumber } from './say-number.ts';
import { ordinal, sayComparison, sayPeriod } from './say-period.ts';

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
  const compare = reading.compare ? ` vs ${sayAgainst(reading)}` : '';
  return `${said}${reading.period ? ',' : ''}${period}${compare}`;
}

/** «vs last 30 days» would be the 30 days before: what is compared with them is an average anyway, or no sum. */
function sayAgainst(reading: DataReading): string {
  const compare = reading.compare!;
  if (compare.type !== 'period' || compare.period.type !== 'last') return sayComparison(compare);
  const per = reading.kind === 'metric' && reading.per ? `${adverbOf[reading.per]} ` : '';
  return `the ${per}average of ${sayPeriod(compare.period)}`;
}

function sayMetric(reading: MetricReading, own: Glossary): string {
  const glossary = withMade(reading, own);
  const names = listOf(reading.metrics.map((id) => glossary.metrics[id]?.label ?? id));
  const by = reading.dimensions.map((id) => glossary.dimensions[id]?.label ?? id);
  const what = `${reading.share ? 'share of ' : ''}${reading.per ? `average ${adverbOf[reading.per]} ` : ''}${names}`;
  const cut = reading.within ? [`${listOf(by.slice(0, -1))} per ${by.at(-1)}`] : by;
  return [
    by.length > 0 ? `${what} by ${listOf(cut)}` : what,
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
  const segments = reading.segments
    ?.map((s) => s.filters.map((f) => sayFilter(f, glossary, false)).join(' ') || 'all')
    .join(' vs ');
  return [...(segments ? [segments] : []), ...reading.filters.map((f) => sayFilter(f, glossary, true)), ...bots];
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

const adverbOf = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
} as const;
const weekdayNames: readonly string[] = 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday'.split(',');
