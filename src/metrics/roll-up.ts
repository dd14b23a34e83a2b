import type { GlossaryTable } from '../glossary/glossary-schema.ts';
import { dimensionPath } from './dimension-sql.ts';
import { comparesNumbers } from './filter-sql.ts';
import type { Component } from './formula.ts';
import { type Frame, keysOf, type Side } from './frame.ts';
import { conditionOf, type Scan } from './scan-plan.ts';
import { bracket, identifier } from './sql-text.ts';

/** A scan with the frame that it is written in. */
export interface FramedScan {
  readonly scan: Scan;
  readonly frame: Frame;
}

/**
 * The same scan over a table of sums (`sums` in the glossary), where one holds all its measures and everything that it is
 * grouped and filtered by; else the scan as it is. A measure counts as held only if its formula is word for word the one
 * that the column was summed by: a formula that an analyst has changed since is counted from the rows again.
 */
export function rollUp(scan: Scan, side: Side, frame: Frame): FramedScan {
  if (!isOfWholeDays(scan, side, frame)) return { scan, frame };
  for (const [name, table] of Object.entries(frame.glossary.tables)) {
    if (!table.sums || table.partition === undefined) continue;
    const rolled = rolledInto(new Rollup(name, table, table.sums), scan, side, frame);
    if (rolled) return rolled;
  }
  return { scan, frame };
}

/** Sums know days, and neither hours nor single rows. */
function isOfWholeDays(scan: Scan, { period }: Side, { grain, bySession }: Frame): boolean {
  const ofRows = scan.day ?? scan.each ?? scan.withoutOrderWithinDays ?? scan.trailingDays ?? scan.rows;
  const parts = period.fromTime ?? period.toTime;
  return ofRows === undefined && parts === undefined && !bySession && grain !== 'hour' && scan.averageOf !== 'hour';
}

function rolledInto(rollup: Rollup, scan: Scan, side: Side, frame: Frame): FramedScan | undefined {
  const components = scan.components.flatMap((component) => rollup.component(component) ?? []);
  if (components.length < scan.components.length) return undefined;
  const present = presence(rollup, scan, frame);
  const dimensions = dimensionsOf(rollup, scan.table, side, frame);
  if (!present || !dimensions) return undefined;
  const conditions = new Set(components.map(({ measure }) => measure.where));
  const where = conditions.size === 1 ? [...conditions][0] : undefined;
  const rows = present.filter((condition) => condition !== where).map(bracket);
  const { where: _, ...rest } = scan;
  return {
    scan: {
      ...rest,
      table: rollup.name,
      components,
      ...(where === undefined ? {} : { where }),
      ...(rows.length === 0 ? {} : { rows: rows.join(' AND ') }),
    },
    frame: { ...frame, glossary: { ...frame.glossary, dimensions } },
  };
}

/**
 * What makes a row of sums stand for rows of the table: a country with visits but without an order is no row of «orders by
 * country». Empty where there is one row anyway; undefined where the sums can't tell.
 */
function presence(rollup: Rollup, scan: Scan, frame: Frame): readonly string[] | undefined {
  if (keysOf(frame).length === 0 && scan.averageOf === undefined) return [];
  const counted = rollup.column(scan.table, 'count(*)', scan.where);
  if (counted !== undefined) return [`${identifier(counted)} > 0`];
  if (scan.where !== undefined && !rollup.knows(scan.where)) return undefined;
  const own = scan.where === undefined ? [] : [scan.where];
  if (rollup.table.rowsOf === scan.table) return own;
  const any = rollup.column(scan.table, 'count(*)', undefined);
  return any === undefined ? undefined : [...own, `${identifier(any)} > 0`];
}

/** The glossary's dimensions with their way over the sums; undefined where one that is needed has none. */
function dimensionsOf(rollup: Rollup, table: string, side: Side, frame: Frame): Frame['glossary']['dimensions'] | undefined {
  const { glossary } = frame;
  const filters = [...side.filters, ...frame.segments.flatMap((segment) => segment.filters)];
  if (filters.some(comparesNumbers)) return undefined;
  const ways: [string, Frame['glossary']['dimensions'][string]][] = [];
  for (const id of new Set([...frame.dimensions, ...filters.map(({ dimension }) => dimension)])) {
    const dimension = glossary.dimensions[id]!;
    const path = dimensionPath(dimension, table, glossary);
    const lent =
      path?.through === 'session' && rollup.columnsIn(path.sql).some((name) => name in glossary.tables[table]!.columns);
    if (!path || path.through === 'user' || lent || !rollup.knows(path.sql)) return undefined;
    ways.push([id, { ...dimension, columns: { ...dimension.columns, [rollup.name]: path.sql } }]);
  }
  return { ...glossary.dimensions, ...Object.fromEntries(ways) };
}

/** Words of SQL that are no column. */
const WORDS = new Set('and or not is null true false in like between case when then else end as date varchar'.split(' '));

/** A table of sums: what its columns add up, and what its rows are told apart by. */
class Rollup {
  readonly name: string;
  readonly table: GlossaryTable;
  private readonly sums: NonNullable<GlossaryTable['sums']>;

  constructor(name: string, table: GlossaryTable, sums: NonNullable<GlossaryTable['sums']>) {
    this.name = name;
    this.table = table;
    this.sums = sums;
  }

  /** The measure as a sum: of the column that adds it up, or of one that its condition can still narrow. */
  component(component: Component): Component | undefined {
    const { table, value, filters } = component.measure;
    if (filters) return undefined;
    const where = conditionOf(component);
    const exact = this.column(table, value, where);
    const wider =
      exact === undefined && where !== undefined && this.knows(where) ? this.column(table, value, undefined) : undefined;
    const column = exact ?? wider;
    if (column === undefined) return undefined;
    const measure = { table: this.name, value: `sum(${identifier(column)})`, ...(exact === undefined ? { where: where! } : {}) };
    return { ...component, measure };
  }

  /** The column that adds up this aggregate. */
  column(table: string, value: string, where: string | undefined): string | undefined {
    const isIt = (sum: { table: string; value: string; where?: string | undefined }) =>
      sum.table === table && plain(sum.value) === plain(value) && plain(sum.where ?? '') === plain(where ?? '');
    return Object.entries(this.sums).find(([, sum]) => isIt(sum))?.[0];
  }

  /** Whether this SQL is over what the rows are told apart by, or over the day. */
  knows(sql: string): boolean {
    if (/\{(time|zone)\}|"/.test(sql)) return false;
    return this.columnsIn(sql).every((name) => name in this.table.columns && !(name in this.sums));
  }

  columnsIn(sql: string): readonly string[] {
    const bare = sql.replace(/'(?:[^']|'')*'/g, ' ').replace(/\{day\}/g, ' ');
    return [...bare.matchAll(/\b[a-z_]\w*\b(?!\s*\()/gi)].map(([name]) => name.toLowerCase()).filter((name) => !WORDS.has(name));
  }
}

function plain(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim();
}
