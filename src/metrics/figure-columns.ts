import type { DraftColumn } from './draft.ts';
import { dimensionColumn, metricColumn, timeColumn } from './draft-columns.ts';
import { componentsOf, type Formula, formulaSql, ratioOf } from './formula.ts';
import { keysOf, type Side, sideColumn } from './frame.ts';
import { beforeSide, firstSide, type MetricPlan, type PlannedMetric, wholeSide } from './metric-plan.ts';
import { identifier } from './sql-text.ts';

/** An output column: its SQL over the counted measures, its name, and what it is. */
export interface OutColumn {
  readonly sql: string;
  readonly as: string;
  readonly draft: DraftColumn;
}

/**
 * The columns of the answer in their order: what a row is of, then for each metric its value, the value before with its
 * change, its share and its moving average; the counts behind rates last.
 */
export function figureColumns(plan: MetricPlan): readonly OutColumn[] {
  const { metrics } = plan;
  const columns = [...keyColumns(plan), ...metrics.filter(({ shown }) => shown).flatMap((metric) => valueColumns(plan, metric))];
  const rest = metrics.filter(({ shown }) => !shown).map((metric) => nowColumn(plan, metric));
  return [...columns, ...rest, ...countColumns(plan, [...columns, ...rest])];
}

/** SQL of a formula on one side. */
export function sideSql({ frame }: MetricPlan, formula: Formula, side: Side): string {
  return formulaSql(formula, ({ name }) => identifier(sideColumn(name, side, frame)));
}

function keyColumns({ frame }: MetricPlan): readonly OutColumn[] {
  return keysOf(frame).flatMap(({ name, kind }): readonly OutColumn[] => {
    const sql = identifier(name);
    if (kind === 'period') return [{ sql, as: name, draft: { name, label: 'Period', role: 'period', unit: 'text' } }];
    if (kind === 'segment') return [{ sql, as: name, draft: { name, label: 'Segment', role: 'segment', unit: 'text' } }];
    if (kind === 'time') return [{ sql, as: name, draft: timeColumn(name, frame.grain!) }];
    return kind === 'dimension' ? [{ sql, as: name, draft: dimensionColumn(name, frame.glossary) }] : [];
  });
}

function nowColumn(plan: MetricPlan, planned: PlannedMetric): OutColumn {
  const draft = metricColumn(planned, planned.name, 'metric', plan);
  return { sql: rounded(sideSql(plan, planned.formula, firstSide(plan.frame)), planned), as: planned.name, draft };
}

function valueColumns(plan: MetricPlan, planned: PlannedMetric): readonly OutColumn[] {
  const { frame, reading } = plan;
  const now = sideSql(plan, planned.formula, firstSide(frame));
  const columns = [nowColumn(plan, planned)];
  const earlier = beforeSide(frame);
  if (earlier) columns.push(...beforeColumns(plan, planned, now, sideSql(plan, planned.formula, earlier)));
  const share = reading.share ? shareSql(plan, planned, now) : undefined;
  const out = (suffix: string, sql: string, role: DraftColumn['role']) => {
    const as = `${planned.name}_${suffix}`;
    columns.push({ sql, as, draft: metricColumn(planned, as, role, plan) });
  };
  if (share !== undefined) out('share', share, 'share');
  if (frame.lookback > 0) out('moving_average', movingSql(plan, planned, now), 'moving_average');
  return columns;
}

function beforeColumns(plan: MetricPlan, planned: PlannedMetric, now: string, before: string): readonly OutColumn[] {
  const column = (suffix: string, sql: string, role: DraftColumn['role']): OutColumn => {
    const as = `${planned.name}_${suffix}`;
    return { sql, as, draft: metricColumn(planned, as, role, plan) };
  };
  const value = column('before', rounded(before, planned), 'before');
  if (plan.frame.grain) return [value];
  const difference = `${operand(now)} - ${operand(before)}`;
  const change = column('change', rounded(difference, planned), 'change');
  if (planned.metric.unit === 'rate' || planned.metric.unit === 'share') return [value, change];
  const relative = `CAST(${difference} AS double) / nullif(${before}, 0)`;
  return [value, change, column('change_share', relative, 'change_share')];
}

/** Of the whole: of all groups (of the bucket), or of everything without the filters where there are no groups. */
function shareSql(plan: MetricPlan, planned: PlannedMetric, now: string): string | undefined {
  const { frame } = plan;
  const whole = wholeSide(frame);
  if (whole) return `CAST(${now} AS double) / nullif(${sideSql(plan, planned.formula, whole)}, 0)`;
  if (!planned.metric.additive || (frame.dimensions.length === 0 && frame.segments.length === 0)) return undefined;
  const isWhole = ({ kind, name }: ReturnType<typeof keysOf>[number]) =>
    kind === 'time' ||
    (kind === 'segment_no' && frame.dimensions.length > 0) ||
    (kind === 'dimension' && name === plan.reading.within);
  const groups = keysOf(frame).filter(isWhole);
  return `CAST(${now} AS double) / nullif(sum(${now}) OVER (${partition(groups)}), 0)`;
}

/** Of rates the ratio of what was counted in the window, so that a quiet day weighs little; of the rest the mean. */
function movingSql(plan: MetricPlan, { formula }: PlannedMetric, now: string): string {
  const { frame } = plan;
  const groups = keysOf(frame).filter(({ kind }) => kind !== 'time');
  const over = `(${[partition(groups), `ORDER BY ${identifier(frame.timeName)}`].filter(Boolean).join(' ')} ROWS BETWEEN ${frame.lookback} PRECEDING AND CURRENT ROW)`;
  const addsUp = ratioOf(formula) !== undefined && componentsOf(formula).every(({ metric }) => metric.additive);
  const side = firstSide(frame);
  const mean = addsUp
    ? formulaSql(formula, ({ name }) => `sum(${identifier(sideColumn(name, side, frame))}) OVER ${over}`)
    : `avg(CAST(${now} AS double)) OVER ${over}`;
  return `CASE WHEN count(*) OVER ${over} = ${frame.lookback + 1} THEN ${mean} END`;
}

function partition(keys: readonly { readonly name: string }[]): string {
  return keys.length === 0 ? '' : `PARTITION BY ${keys.map(({ name }) => identifier(name)).join(', ')}`;
}

/** What rates were counted from: with every breakdown and every single figure, so that a small sample shows. */
function countColumns(plan: MetricPlan, columns: readonly OutColumn[]): readonly OutColumn[] {
  const { frame, metrics } = plan;
  if (frame.grain && frame.dimensions.length === 0 && frame.segments.length === 0) return [];
  const side = firstSide(frame);
  const counted = metrics.flatMap(({ formula, metric }) => {
    const ratio = ratioOf(formula);
    if (!ratio) return [];
    return metric.unit === 'rate' ? [ratio.over, ratio.of] : [ratio.over];
  });
  const out: OutColumn[] = [];
  for (const formula of counted) {
    if (formula.kind !== 'measure') continue;
    const { component } = formula;
    const planned = { id: component.metricId, name: component.name, metric: component.metric };
    if (
      [...columns, ...out].some(
        ({ as, draft }) => as === component.name || (draft.of === component.metricId && draft.role === 'metric'),
      )
    )
      continue;
    out.push({
      sql: sideSql(plan, formula, side),
      as: component.name,
      draft: metricColumn(planned, component.name, 'count', plan),
    });
  }
  return out;
}

/** Money has two decimals; the divisions behind it more. */
function rounded(sql: string, { metric, formula }: PlannedMetric): string {
  const exact = formula.kind === 'measure' && metric.additive && !formula.component.per;
  return metric.unit === 'money' && !exact ? `round(${sql}, 2)` : sql;
}

function operand(sql: string): string {
  return sql.startsWith('1 - ') ? `(${sql})` : sql;
}
