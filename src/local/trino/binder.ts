import type { ParserRuleContext } from 'antlr4ng';
import type { Catalog } from '../../sql/safe-sql.ts';
import type { Reads } from './correlation.ts';
import type { Expression } from './expression.ts';
import type { Place } from './refusal.ts';
import type { Field, Scope } from './scope.ts';

/** One statement on its way: its catalog, the time of its start, unique names, and the two mutually recursive binders. */
export interface Statement {
  readonly catalog: Catalog;
  /** Start of the query, microseconds since 1970 UTC. */
  readonly startedAt: bigint;
  readonly next: (prefix: string) => string;
  readonly expression: (context: ParserRuleContext, environment: Environment) => Expression;
  readonly query: (context: ParserRuleContext, outer: Scope | undefined, ctes: Ctes) => BoundQuery;
  /** Tables read and the columns used of each, filled on the way; a scan's text holds a mark that is replaced at the end. */
  readonly scans: Map<string, ReadonlyMap<string, string>>;
}

/** A query's DuckDB text and what its columns are called outside. */
export interface BoundQuery {
  readonly sql: string;
  readonly fields: readonly Field[];
  readonly reads?: Reads | undefined;
}

/** A WITH query: the name of its DuckDB table expression and its columns. */
export interface Cte {
  readonly table: string;
  readonly fields: readonly Field[];
  readonly reads?: Reads | undefined;
}

export type Ctes = ReadonlyMap<string, Cte>;

/** Where an expression stands. */
export interface Environment {
  readonly statement: Statement;
  readonly scope: Scope | undefined;
  readonly ctes: Ctes;
  /** Names of lambda parameters in force. */
  readonly lambdas: ReadonlyMap<string, Expression>;
  /** The clause's name where aggregates and windows may not stand. */
  readonly scalarOnly?: string | undefined;
  /** Inside an aggregate's arguments. */
  readonly inAggregate?: string | undefined;
  /** Named windows of the query. */
  readonly windows: ReadonlyMap<string, ParserRuleContext>;
  /** Output columns, which ORDER BY sees before those of FROM. */
  readonly outputs?: ReadonlyMap<string, Expression | 'ambiguous'> | undefined;
}

/** Place of a parse node's first token. */
export function placeOf(context: ParserRuleContext): Place {
  return { line: context.start?.line ?? 1, column: (context.start?.column ?? 0) + 1 };
}

/** Place of one token. */
export function placeOfToken(token: { line: number; column: number } | null | undefined): Place {
  return { line: token?.line ?? 1, column: (token?.column ?? 0) + 1 };
}
