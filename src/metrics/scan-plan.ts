import type { Filter } from '../glossary/reading.ts';
import type { Component, PerUnit } from './formula.ts';

/** One reading of one table: the measures that can share it, and what they share. */
export interface Scan {
  readonly table: string;
  readonly components: readonly Component[];
  /** SQL of the time that a row belongs to, where it is not the table's own. */
  readonly day?: string;
  readonly each?: { readonly keys: readonly string[]; readonly values: Readonly<Record<string, string>> };
  readonly withoutOrderWithinDays?: number;
  readonly trailingDays?: number;
  readonly averageOf?: PerUnit;
  /** Condition of all its measures; where there is none, each aggregate carries its own. */
  readonly where?: string;
  /** Values of dimensions that all its rows have; where there are none, each aggregate carries its own. */
  readonly filters?: readonly Filter[];
  /** Condition of the rows besides, whatever the measures are. */
  readonly rows?: string;
  readonly allCurrencies: boolean;
}

/** Groups measures so that each table is read as few times as possible: the price of a query is what it reads. */
export function planScans(components: readonly Component[]): readonly Scan[] {
  const groups = new Map<string, Component[]>();
  for (const component of components) {
    const key = JSON.stringify(shared(component));
    groups.set(key, [...(groups.get(key) ?? []), component]);
  }
  return [...groups.values()].map(scanOf);
}

/** What a measure's rows must fulfil; the measure of money beside it may want others. */
export function conditionOf({ measure }: Component): string | undefined {
  // The refresh writes `order_id` on an item only where its purchase counts for a valid order.
  const parts = [measure.where, measure.ofValidOrder ? 'order_id IS NOT NULL' : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.map((part) => (parts.length > 1 ? inBrackets(part) : part)).join(' AND ');
}

function inBrackets(condition: string): string {
  return /\bOR\b/i.test(condition) ? `(${condition})` : condition;
}

/** Equal for measures that one scan can count. */
function shared(component: Component) {
  const { measure, per, allCurrencies } = component;
  const averageOf = per ?? (measure.averageOfDays ? 'day' : undefined);
  const apart = measure.each || measure.withoutOrderWithinDays || !isOneAggregate(measure.value);
  return {
    table: measure.table,
    day: measure.day,
    each: measure.each,
    withoutOrderWithinDays: measure.withoutOrderWithinDays,
    trailingDays: measure.trailingDays,
    averageOf,
    allCurrencies,
    where: apart ? conditionOf(component) : undefined,
    filters: apart ? measure.filters : undefined,
    currency: measure.each ? component.ofCurrency : undefined,
  };
}

/** Only one plain call can carry a FILTER of its own: `sum(a) / sum(b)` and `count(*) FILTER (…)` cannot. */
function isOneAggregate(value: string): boolean {
  const open = value.indexOf('(');
  if (open < 1 || !/^\w+$/.test(value.slice(0, open)) || !value.endsWith(')')) return false;
  let depth = 0;
  for (let i = open; i < value.length; i++) {
    if (value[i] === '(') depth++;
    if (value[i] === ')' && --depth === 0) return i === value.length - 1;
  }
  return false;
}

function scanOf(components: readonly Component[]): Scan {
  const { table, day, each, withoutOrderWithinDays, trailingDays, averageOf, allCurrencies, filters } = shared(components[0]!);
  const conditions = new Set(components.map(conditionOf));
  const where = conditions.size === 1 ? [...conditions][0] : undefined;
  return {
    table,
    components,
    allCurrencies,
    ...(day === undefined ? {} : { day }),
    ...(each === undefined ? {} : { each }),
    ...(withoutOrderWithinDays === undefined ? {} : { withoutOrderWithinDays }),
    ...(trailingDays === undefined ? {} : { trailingDays }),
    ...(averageOf === undefined ? {} : { averageOf }),
    ...(where === undefined ? {} : { where }),
    ...(filters === undefined ? {} : { filters }),
  };
}
