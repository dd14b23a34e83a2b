import type { Glossary, Measure, Metric } from '../glossary/glossary-schema.ts';

/** A metric taken apart into the measures that it is counted from. */
export type Formula =
  | { readonly kind: 'measure'; readonly component: Component }
  | { readonly kind: 'ratio'; readonly of: Formula; readonly over: Formula }
  | { readonly kind: 'complement'; readonly of: Formula };

/** One aggregate over one table: a column of the scans. */
export interface Component {
  /** Column name: the id of the metric that the measure belongs to, with a mark where it is averaged per bucket. */
  readonly name: string;
  readonly metricId: string;
  readonly metric: Metric;
  readonly measure: Measure;
  /** Counted in one currency. */
  readonly ofCurrency: boolean;
  /** The whole that money is divided by (sessions, users): of all currencies, whatever is asked. */
  readonly allCurrencies: boolean;
  /** Averaged over the buckets of this unit. */
  readonly per?: PerUnit;
}

export type PerUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

export interface FormulaContext {
  readonly glossary: Glossary;
  /** Dimensions asked and filtered by: they choose variants. */
  readonly dimensions: readonly string[];
  readonly per?: PerUnit | undefined;
}

/** The metric that is meant, given what it is broken down and filtered by, and its formula. */
export function formulaOf(
  id: string,
  context: FormulaContext,
): { readonly id: string; readonly metric: Metric; readonly formula: Formula } {
  const meant = variantOf(id, context);
  const metric = context.glossary.metrics[meant]!;
  // Active users look at days of their own already.
  const averages = metric.measure && !metric.measure.trailingDays && !metric.measure.averageOfDays;
  return { id: meant, metric, formula: build(meant, { ...context, whole: false }, averages ? context.per : undefined) };
}

/** Measures of a formula, each once. */
export function componentsOf(formula: Formula): readonly Component[] {
  if (formula.kind === 'measure') return [formula.component];
  if (formula.kind === 'complement') return componentsOf(formula.of);
  const all = [...componentsOf(formula.of), ...componentsOf(formula.over)];
  return all.filter((component, index) => all.findIndex((other) => other.name === component.name) === index);
}

/** The formula as SQL over the component columns; `column` says how one of them is read. */
export function formulaSql(formula: Formula, column: (component: Component) => string): string {
  switch (formula.kind) {
    case 'measure':
      return column(formula.component);
    case 'complement':
      return `1 - ${formulaSql(formula.of, column)}`;
    case 'ratio':
      return `CAST(${formulaSql(formula.of, column)} AS double) / nullif(${formulaSql(formula.over, column)}, 0)`;
  }
}

/** The ratio that a rate comes down to: what it counts and what it counts over. */
export function ratioOf(formula: Formula): Extract<Formula, { kind: 'ratio' }> | undefined {
  if (formula.kind === 'complement') return ratioOf(formula.of);
  return formula.kind === 'ratio' ? formula : undefined;
}

/** Whether no rows mean zero: so for counts and sums, not for averages and percentiles. */
export function zeroWithoutRows({ metric, measure }: Component): boolean {
  return metric.unit === 'count' || metric.additive || measure.averageOfDays === true;
}

function variantOf(id: string, { glossary, dimensions }: FormulaContext): string {
  const variant = glossary.metrics[id]!.variants.find((v) => v.dimensions.some((d) => dimensions.includes(d)));
  return variant ? variant.metric : id;
}

function build(id: string, context: FormulaContext & { readonly whole: boolean }, per?: PerUnit): Formula {
  const metric = context.glossary.metrics[id]!;
  if (metric.measure) return { kind: 'measure', component: component(id, metric, metric.measure, context.whole, per) };
  const part = (partId: string, whole: boolean) => build(variantOf(partId, context), { ...context, whole }, undefined);
  if (metric.complement) return { kind: 'complement', of: part(metric.complement, context.whole) };
  const { of, over } = metric.ratio!;
  return { kind: 'ratio', of: part(of, context.whole), over: part(over, context.whole || metric.unit === 'money') };
}

function component(id: string, metric: Metric, measure: Measure, whole: boolean, per?: PerUnit): Component {
  const ofCurrency = metric.unit === 'money' || measure.ofCurrency === true;
  const allCurrencies = whole && !ofCurrency;
  const name = `${id}${allCurrencies ? '_all' : ''}${per ? `_per_${per}` : ''}`;
  return { name, metricId: id, metric, measure, ofCurrency, allCurrencies, ...(per ? { per } : {}) };
}
