import type { Statement } from './binder.ts';
import type { Expression } from './expression.ts';
import { over, rewrite, sameText, some } from './expression.ts';
import { refuse, unsupported } from './refusal.ts';
import type { Scope } from './scope.ts';

/** GROUP BY: its keys, and the sets of keys (positions) that are grouped by; usually one set of all. */
export interface Grouping {
  readonly keys: readonly Expression[];
  readonly sets: readonly (readonly number[])[];
}

/** Whether an expression holds an aggregate or GROUPING() of its own query. */
export function isAggregated(value: Expression): boolean {
  return some(value, (part) => part.role?.kind === 'aggregate' || part.role?.kind === 'grouping');
}

/**
 * The grouping level of a query: a select of keys and aggregates under names of their own, so that everything above it
 * (HAVING, windows, the select list, TRY) works on plain columns.
 */
export class Aggregation {
  private readonly statement: Statement;
  private readonly scope: Scope;
  private readonly grouping: Grouping | undefined;
  private readonly keys = new Map<string, Expression>();
  private readonly columns = new Map<string, { readonly text: string; readonly reference: Expression }>();

  constructor(statement: Statement, scope: Scope, grouping: Grouping | undefined) {
    this.statement = statement;
    this.scope = scope;
    this.grouping = grouping;
    for (const key of grouping?.keys ?? []) {
      const bare = key.role?.kind === 'column' && key.role.scope === scope.id;
      const name = bare ? key.sql : statement.next('c');
      this.keys.set(
        sameText(key.sql),
        over(key.type, [], () => name),
      );
    }
  }

  /** The expression over the columns of the grouping level; refuses columns that are neither keys nor inside an aggregate. */
  lower(value: Expression): Expression {
    return rewrite(value, (part) => {
      const key = this.keys.get(sameText(part.sql));
      if (key && part.role?.kind !== 'aggregate' && part.constant === undefined) return { ...key, place: part.place };
      const { role } = part;
      if (role?.kind === 'aggregate' || role?.kind === 'grouping') return this.column(part);
      if (role?.kind === 'column' && role.scope === this.scope.id) {
        refuse(
          'EXPRESSION_NOT_AGGREGATE',
          `'${role.name}' must be an aggregate expression or appear in GROUP BY clause`,
          part.place,
        );
      }
      if (role?.kind === 'subquery') this.checkSubquery(role.outer, part);
      return undefined;
    });
  }

  /** The level's select over FROM and WHERE. */
  sql(from: string): string {
    const keys = [...this.keys.values()];
    const sources = this.grouping?.keys ?? [];
    const aggregates = [...this.columns.values()].map((column) => column.text);
    const several = (this.grouping?.sets.length ?? 0) > 1;
    const list = [...keys.map((key, index) => (several ? key.sql : `${sources[index]?.sql} AS ${key.sql}`)), ...aggregates];
    if (list.length === 0) list.push('1 AS one');
    if (!this.grouping) return `SELECT ${list.join(', ')} ${from}`;
    if (!several) {
      const by = sources.length > 0 ? ` GROUP BY ${(this.grouping.sets[0] ?? []).map((index) => index + 1).join(', ')}` : '';
      return `SELECT ${list.join(', ')} ${from}${by}`;
    }
    // Grouping sets need their keys as plain columns, or DuckDB takes equal expressions for different ones.
    const computed = sources.flatMap((source, index) =>
      source.sql === keys[index]?.sql ? [] : [`${source.sql} AS ${keys[index]?.sql}`],
    );
    const below = computed.length > 0 ? `FROM (SELECT *, ${computed.join(', ')} ${from}) b` : from;
    const sets = this.grouping.sets.map((set) => `(${set.map((index) => keys[index]?.sql).join(', ')})`);
    return `SELECT ${list.join(', ')} ${below} GROUP BY GROUPING SETS (${sets.join(', ')})`;
  }

  private column(part: Expression): Expression {
    if (part.role?.kind === 'grouping') return this.groupingColumn(part);
    const text = sameText(part.sql);
    const known = this.columns.get(text);
    if (known) return known.reference;
    const name = this.statement.next('c');
    const reference = over(part.type, [], () => name, { place: part.place });
    this.columns.set(text, { text: `${part.sql} AS ${name}`, reference });
    return reference;
  }

  private groupingColumn(part: Expression): Expression {
    const keys = part.parts.map(
      (column) =>
        this.keys.get(sameText(column.sql)) ??
        refuse('INVALID_ARGUMENTS', 'The arguments to GROUPING() must be expressions referenced by the GROUP BY', part.place),
    );
    const name = this.statement.next('c');
    const several = (this.grouping?.sets.length ?? 0) > 1;
    const text = several ? part.make(keys.map((key) => key.sql)) : 'CAST(0 AS INTEGER)';
    const reference = over(part.type, [], () => name);
    this.columns.set(name, { text: `${text} AS ${name}`, reference });
    return reference;
  }

  private checkSubquery(outer: readonly Expression[], part: Expression): void {
    for (const column of outer) {
      const { role } = column;
      if (role?.kind !== 'column' || role.scope !== this.scope.id) continue;
      if (this.keys.get(column.sql)?.sql === column.sql) continue;
      if (this.grouping) unsupported('a subquery over a grouped query that reads more than plain group keys', part.place);
      refuse(
        'EXPRESSION_NOT_AGGREGATE',
        `'${role.name}' must be an aggregate expression or appear in GROUP BY clause`,
        part.place,
      );
    }
  }
}
