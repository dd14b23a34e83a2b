import type { Dimension } from '../glossary/glossary-schema.ts';
import { type Key, keysOf } from './frame.ts';
import type { MetricPlan } from './metric-plan.ts';
import { identifier, literal } from './sql-text.ts';

/** ORDER BY and LIMIT of the rows. Ties are settled by the grouping columns, so that the same question gives the same rows. */
export function orderSql(plan: MetricPlan): { readonly order: readonly string[]; readonly limit?: number } {
  const { frame, reading } = plan;
  const keys = keysOf(frame);
  if (frame.sideRows) return { order: ['period_no'] };
  if (keys.length === 0) return { order: [] };
  const limit = frame.grain && frame.dimensions.length > 0 ? undefined : reading.limit;
  const first = [...(ranksGroups(plan) ? ['group_rank'] : []), ...leading(plan)];
  const time = keys.filter(({ kind }) => kind === 'time');
  const sorted = frame.grain && !byFigure(plan) ? [...time.map((key) => keySql(key, plan)), ...first] : first;
  const ties = keys.filter(({ kind }) => kind !== 'segment').map((key) => keySql(key, plan));
  const order = [...sorted, ...ties].filter((term, index, all) => all.findIndex((other) => bare(other) === bare(term)) === index);
  return { order, ...(limit === undefined ? {} : { limit }) };
}

/** «revenue by day for the top 5 channels»: the limit is on groups. */
export function ranksGroups({ frame, reading }: MetricPlan): boolean {
  return reading.limit !== undefined && frame.grain !== undefined && frame.dimensions.length > 0;
}

/** SQL by which groups are ordered where the metric does not decide: bins and listed values in their own order. */
export function keySql({ name, kind }: Key, { frame }: MetricPlan): string {
  const dimension = kind === 'dimension' ? frame.glossary.dimensions[name]! : undefined;
  const labels = dimension?.kind === 'bin' ? binLabels(dimension) : [];
  if (labels.length === 0) return identifier(name);
  const cases = labels.map((label, index) => `WHEN ${literal(label)} THEN ${index + 1}`);
  return `CASE ${identifier(name)} ${cases.join(' ')} END`;
}

/** The labels of bins in the order in which their formula names them. */
function binLabels(dimension: Dimension): readonly string[] {
  const sql = Object.values(dimension.columns)[0] ?? '';
  return [...sql.matchAll(/(?:THEN|ELSE)\s+'((?:[^']|'')*)'/gi)].map(([, label]) => label!.replaceAll("''", "'"));
}

function byFigure({ reading, frame, metrics }: MetricPlan): boolean {
  const { order } = reading;
  if (order) return metrics.some(({ asked }) => asked === order.by) && frame.dimensions.length === 0;
  return reading.limit !== undefined && frame.dimensions.length === 0 && frame.grain !== undefined;
}

function leading(plan: MetricPlan): readonly string[] {
  const { reading, metrics, frame } = plan;
  const { order } = reading;
  if (order) {
    const metric = metrics.find(({ asked, id }) => asked === order.by || id === order.by);
    const key = keysOf(frame).find(({ name, kind }) => name === order.by || (order.by === 'time' && kind === 'time'));
    const term = metric ? identifier(metric.name) : key ? keySql(key, plan) : undefined;
    if (term !== undefined) return [order.direction === 'desc' ? `${term} DESC` : term];
  }
  if (frame.segments.length > 0 && frame.dimensions.length === 0) return ['segment_no'];
  if (frame.dimensions.length === 0 && !byFigure(plan)) return [];
  const inOrder =
    reading.limit === undefined && frame.dimensions.length > 0 && frame.dimensions.every((id) => hasOrder(id, plan));
  return inOrder ? [] : [`${identifier(metrics[0]!.name)} DESC`];
}

/** Hours, weekdays and bins read in their own order. */
function hasOrder(id: string, { frame }: MetricPlan): boolean {
  const { kind } = frame.glossary.dimensions[id]!;
  return kind === 'cyclic' || kind === 'bin' || kind === 'number';
}

function bare(term: string): string {
  return term.replace(/ DESC$/, '');
}
