import type { Glossary, Measure, Metric } from './glossary-schema.ts';
import type { MadeMetric, Reading } from './reading.ts';
import { rowValue } from './row-value.ts';

/** The glossary with the metrics that a Reading makes of its own; what can't be made of what there is stays out. */
export function withMade(reading: Reading, glossary: Glossary): Glossary {
  return reading.kind === 'metric' && reading.made ? withMetrics(reading.made, glossary) : glossary;
}

/** The same of the metrics alone. */
export function withMetrics(made: readonly MadeMetric[], glossary: Glossary): Glossary {
  let known = glossary;
  for (const one of made) {
    const metrics = makers[one.type](one as never, known);
    if (metrics) known = { ...known, metrics: { ...known.metrics, ...metrics } };
  }
  return known;
}

type Made<T extends MadeMetric['type']> = Extract<MadeMetric, { type: T }>;
type Maker<T extends MadeMetric['type']> = (made: Made<T>, glossary: Glossary) => Record<string, Metric> | undefined;

const makers: { readonly [T in MadeMetric['type']]: Maker<T> } = {
  ratio: makeRatio,
  part: makePart,
  bound: makeBound,
  percentile: makePercentile,
  distinct: makeDistinct,
};

function makeRatio({ id, label, of, over, as }: Made<'ratio'>, { metrics }: Glossary): Record<string, Metric> | undefined {
  const [a, b] = [metrics[of], metrics[over]];
  if (!a || !b) return undefined;
  const isMoney = a.unit === 'money' && b.unit !== 'money';
  const unit = as === 'rate' ? 'rate' : isMoney ? 'money' : a.unit === 'seconds' ? 'seconds' : 'number';
  const definition = `${capital(a.label)} ÷ ${b.label}.`;
  return { [id]: { ...plain(a), label, unit, better: a.better, definition, ratio: { of, over } } };
}

/** The narrowed part follows the variants of the whole, so that both count the same rows under any breakdown. */
function makePart({ id, label, of, filters }: Made<'part'>, { metrics }: Glossary): Record<string, Metric> | undefined {
  const cuts = filters.map((f) => f.dimension);
  const meant = metrics[of]?.variants.find((v) => v.dimensions.some((d) => cuts.includes(d)))?.metric ?? of;
  // Items add up to the whole of items; sessions, users and orders are the same whole whatever a part of them holds.
  const over = metrics[meant]?.additive ? meant : of;
  const part = metrics[meant];
  if (!part?.measure || !metrics[over]) return undefined;
  const narrowed = (m: Metric, variants: Metric['variants']): Metric => ({
    ...m,
    hidden: true,
    variants,
    measure: { ...m.measure!, filters },
  });
  const variants = part.variants.filter((v) => metrics[v.metric]?.measure);
  const own = variants.map((v) => [`${id}_part_${v.metric}`, narrowed(metrics[v.metric]!, [])] as const);
  const first = narrowed(
    part,
    variants.map((v) => ({ ...v, metric: `${id}_part_${v.metric}` })),
  );
  const definition = `The part of ${metrics[over].label} ÷ all ${metrics[over].label}.`;
  const ratio = { of: `${id}_part`, over };
  return {
    [`${id}_part`]: first,
    ...Object.fromEntries(own),
    [id]: { ...plain(part), label, unit: 'rate', better: 'none', definition, ratio },
  };
}

/** Counts rows where each is one of what is counted, else persons by what their rows come to. */
function makeBound(made: Made<'bound'>, glossary: Glossary): Record<string, Metric> | undefined {
  const [noun, metric] = [glossary.metrics[made.of], glossary.metrics[made.metric]];
  if (!noun?.measure || !metric) return undefined;
  const condition = (value: string) => `${value} ${signs[made.op]} ${numberText(made.value)}`;
  const base = { ...plain(metric), label: made.label, unit: 'count' as const, better: noun.better };
  const definition = `${capital(noun.label)} that have ${made.label.replace(/^.*? with /u, '')} each.`;
  const ofCurrency = metric.unit === 'money' ? { ofCurrency: true } : {};
  const row = noun.measure.value === 'count(*)' ? rowValue(made.metric, noun.measure.table, glossary) : undefined;
  if (row) {
    const where = [...new Set([noun.measure.where, row.where, condition(row.sql)])].filter((c) => c !== undefined).join(' AND ');
    return { [made.id]: { ...base, additive: true, definition, measure: { ...noun.measure, where, ...ofCurrency } } };
  }
  const each = personValue(noun.measure, metric, made, glossary);
  if (!each) return undefined;
  const { measure } = metric;
  const own: Measure = {
    table: measure!.table,
    value: `count(*) FILTER (WHERE ${condition('n')})`,
    ...(measure!.where === undefined ? {} : { where: measure!.where }),
    each: { keys: [each], values: { n: measure!.value } },
    ...ofCurrency,
  };
  return { [made.id]: { ...base, definition, measure: own } };
}

/** The column of the persons or sessions that are counted, or undefined where those without any row would be missed. */
function personValue(noun: Measure, { measure }: Metric, made: Made<'bound'>, { tables }: Glossary): string | undefined {
  const isPlain =
    measure &&
    !measure.each &&
    !measure.trailingDays &&
    !measure.averageOfDays &&
    !measure.withoutOrderWithinDays &&
    !measure.day;
  if (!isPlain || noun.each || !/^(?:count|sum)\(/u.test(measure.value)) return undefined;
  const facts = tables[measure.table];
  const key = /^count\(DISTINCT (\w+)\)$/u.exec(noun.value)?.[1] ?? tables[noun.table]?.session;
  const isOwn = key !== undefined && (key === facts?.user || key === facts?.session);
  const sameRows = noun.table === measure.table && noun.where === measure.where;
  const isUnnarrowed = noun.where === undefined || sameRows;
  const leavesNone = made.op === 'more_than' ? made.value >= 0 : made.op === 'at_least' && made.value > 0;
  return isOwn && isUnnarrowed && (leavesNone || sameRows) ? key : undefined;
}

function makePercentile(made: Made<'percentile'>, glossary: Glossary): Record<string, Metric> | undefined {
  const metric = glossary.metrics[made.of];
  const source = metric?.ratio ? glossary.metrics[metric.ratio.of] : metric;
  const { measure } = source ?? {};
  const value = measure && rowValue(made.of, measure.table, glossary);
  if (!metric || !measure || !value) return undefined;
  const { where, table } = measure;
  const own = { table, value: `approx_percentile(CAST(${value.sql} AS double), ${made.percent / 100})` };
  const definition = `${made.percent === 50 ? 'Median' : `${made.percent}th percentile`} of the single values behind ${metric.label}.`;
  return { [made.id]: { ...plain(metric), label: made.label, definition, measure: { ...own, ...(where ? { where } : {}) } } };
}

function makeDistinct(made: Made<'distinct'>, { metrics, dimensions }: Glossary): Record<string, Metric> | undefined {
  const metric = metrics[made.of];
  const meant = metric?.variants.find((v) => v.dimensions.includes(made.dimension))?.metric ?? made.of;
  const { measure } = metrics[meant] ?? {};
  const column = measure && dimensions[made.dimension]?.columns[measure.table];
  if (!metric || !measure || !column || measure.each) return undefined;
  const { trailingDays: _, averageOfDays: __, ofCurrency: ___, ...rows } = measure;
  const definition = `Different ${dimensions[made.dimension]!.plural ?? `${dimensions[made.dimension]!.label}s`} among ${metric.label}.`;
  const own = { ...rows, value: `count(DISTINCT ${column})` };
  return { [made.id]: { ...plain(metric), label: made.label, unit: 'count', better: 'none', definition, measure: own } };
}

/** What a metric hands on: nothing of how it is counted. */
function plain({ events, caveat, unit, better }: Metric): Metric {
  return {
    label: '',
    synonyms: [],
    unit,
    better,
    definition: '',
    additive: false,
    variants: [],
    hidden: false,
    ...(events ? { events } : {}),
    ...(caveat ? { caveat } : {}),
  };
}

function numberText(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : String(value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const signs = { at_least: '>=', at_most: '<=', more_than: '>', less_than: '<' } as const;
