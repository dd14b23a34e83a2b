import fc from 'fast-check';
import { GLOSSARY } from './readings.ts';

const METRICS = Object.keys(GLOSSARY.metrics);
const DIMENSIONS = Object.keys(GLOSSARY.dimensions);
/** Most readings ask for what most tables reach; the rest for anything. */
const dimension = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('device', 'country', 'channel', 'browser', 'hour', 'weekday', 'first_channel', 'viewport', 'city'),
  },
  { weight: 1, arbitrary: fc.constantFrom(...DIMENSIONS) },
);
const grain = fc.constantFrom('hour', 'day', 'week', 'month', 'quarter', 'year');

const period = fc.oneof(
  fc.record({ type: fc.constant('last'), count: fc.integer({ min: 1, max: 30 }), unit: fc.constantFrom('day', 'week', 'hour') }),
  fc.record({ type: fc.constantFrom('current'), unit: fc.constantFrom('day', 'week', 'month') }),
  fc.record({
    type: fc.constant('ago'),
    count: fc.integer({ min: 1, max: 3 }),
    unit: fc.constantFrom('day', 'week', 'month', 'year'),
  }),
  fc.constant({ type: 'all' }),
);

const filter = fc
  .tuple(dimension, fc.constantFrom('is', 'is_not', 'contains', 'not_contains', 'starts_with', 'at_least', 'less_than'), fc.nat())
  .map(([id, op, nth]) => {
    const { values, groups, kind, numbers } = GLOSSARY.dimensions[id]!;
    const compares = op === 'at_least' || op === 'less_than';
    const text = kind === 'text' || kind === 'bin';
    const known = [...Object.keys(values), ...Object.keys(groups), 'unknown', "o'clock", 'Tent'];
    const value = compares || kind === 'cyclic' || kind === 'number' ? String(nth % 24) : known[nth % known.length]!;
    const fits = compares ? kind === 'cyclic' || numbers !== undefined : op === 'is' || op === 'is_not' || text;
    return { dimension: id, op: fits ? op : 'is', values: fits || !compares ? [value] : known.slice(0, 1) };
  });

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

/** Any metric Reading that the glossary allows, sensible or not. */
export const anyMetricReading = fc
  .record({
    metrics: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1, maxLength: 3 }),
    dimensions: fc.uniqueArray(dimension, { maxLength: 2 }),
    grain: optional(grain),
    period: optional(period),
    compare: optional(fc.constantFrom({ type: 'previous' }, { type: 'year_ago' })),
    filters: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(filter, { maxLength: 2 }) }),
    segments: fc.option(
      fc.array(
        fc.record({
          label: fc.string({ minLength: 1, maxLength: 9 }),
          filters: fc.array(filter, { minLength: 1, maxLength: 2 }),
        }),
        { minLength: 2, maxLength: 3 },
      ),
      { nil: undefined, freq: 5 },
    ),
    bots: optional(fc.constantFrom('include', 'only')),
    having: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(
          fc.record({
            metric: fc.constantFrom(...METRICS),
            op: fc.constantFrom('at_least', 'less_than'),
            value: fc.double({ min: 0, max: 900, noNaN: true }),
          }),
          { maxLength: 1 },
        ),
      },
    ),
    orderBy: optional(fc.constantFrom('time', 'sessions', 'revenue', 'conversion_rate', 'device', 'hour')),
    limit: optional(fc.integer({ min: 1, max: 20 })),
    share: optional(fc.boolean()),
    movingAverage: fc.option(fc.integer({ min: 2, max: 9 }), { nil: undefined, freq: 5 }),
    per: fc.option(grain, { nil: undefined, freq: 5 }),
  })
  .map(({ orderBy, ...rest }) => defined({ ...rest, order: orderBy && { by: orderBy, direction: 'desc' } }));

/** Any funnel Reading that the glossary allows. */
export const anyFunnelReading = fc
  .record({
    steps: fc.shuffledSubarray(Object.keys(GLOSSARY.steps), { minLength: 2, maxLength: 6 }),
    order: fc.constantFrom('any', 'in_order'),
    windowMinutes: optional(fc.integer({ min: 1, max: 3000 })),
    by: optional(fc.constantFrom(...DIMENSIONS)),
    period: optional(period),
    compare: optional(fc.constant({ type: 'previous' })),
    filters: fc.array(filter, { maxLength: 1 }),
  })
  .map(defined);

function defined(parts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
