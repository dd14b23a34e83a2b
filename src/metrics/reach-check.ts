import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';
import type { Filter, MetricReading } from '../glossary/reading.ts';
import { dimensionPath, isCurrency, numberPath } from './dimension-sql.ts';
import { comparesNumbers } from './filter-sql.ts';
import type { Component } from './formula.ts';

/** Why a Reading has no SQL: a code, with the facts that a sentence needs. */
export interface NotComposable {
  readonly kind: 'not_composable';
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * The first reason why these measures cannot be cut that way, or undefined. A dimension that a table reaches neither by a
 * column nor by the session or user of its rows would multiply rows in a join (`dimension_out_of_reach`).
 */
export function firstOutOfReach(
  components: readonly Component[],
  dimensions: readonly string[],
  filters: readonly Filter[],
  glossary: Glossary,
): NotComposable | undefined {
  for (const component of components) {
    const lost = outOfReach(component, dimensions, filters, glossary);
    if (lost) return lost;
  }
  const words = filters.find((filter) => comparesNumbers(filter) && !holdsNumbers(glossary.dimensions[filter.dimension]!));
  if (words) return fault('not_comparable', { dimension: words.dimension }, glossary);
  const text = filters.find((filter) => comparesNumbers(filter) && !isNumber(filter.values[0]!));
  return text && fault('not_a_number', { dimension: text.dimension, value: text.values[0]! }, glossary);
}

/** All filters of a Reading, those of its segments too. */
export function allFilters(reading: Pick<MetricReading, 'filters' | 'segments'>): readonly Filter[] {
  return [...reading.filters, ...(reading.segments ?? []).flatMap((segment) => segment.filters)];
}

function outOfReach(
  component: Component,
  dimensions: readonly string[],
  filters: readonly Filter[],
  glossary: Glossary,
): NotComposable | undefined {
  const { table } = component.measure;
  const facts = { metric: component.metricId, metric_label: component.metric.label, table };
  // Money of one currency ÷ sessions of all: there is no such thing as the sessions of a currency.
  const currency = component.allCurrencies ? dimensions.find((id) => isCurrency(glossary.dimensions[id]!, glossary)) : undefined;
  if (currency) return fault('whole_has_no_currency', { ...facts, dimension: currency }, glossary);
  const lost = dimensions.find((id) => !dimensionPath(glossary.dimensions[id]!, table, glossary));
  if (lost) return fault('dimension_out_of_reach', { ...facts, dimension: lost }, glossary);
  const filter = [...filters, ...(component.measure.filters ?? [])].find((f) => !reaches(f, component, glossary));
  return filter && fault('dimension_out_of_reach', { ...facts, dimension: filter.dimension }, glossary);
}

function reaches(filter: Filter, component: Component, glossary: Glossary): boolean {
  const dimension = glossary.dimensions[filter.dimension]!;
  if (component.allCurrencies && isCurrency(dimension, glossary)) return true;
  const path = comparesNumbers(filter) ? numberPath : dimensionPath;
  return path(dimension, component.measure.table, glossary) !== undefined;
}

function fault(code: string, facts: Record<string, string>, glossary: Glossary): NotComposable {
  const label = facts.dimension === undefined ? undefined : glossary.dimensions[facts.dimension]?.label;
  return { kind: 'not_composable', code, facts: { ...facts, ...(label === undefined ? {} : { dimension_label: label }) } };
}

function holdsNumbers({ kind, numbers }: Dimension): boolean {
  return kind === 'number' || kind === 'cyclic' || numbers !== undefined;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text.replaceAll(',', '')));
}
