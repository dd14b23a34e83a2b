import type { ParserRuleContext, ParseTree } from 'antlr4ng';
import type {
  JoinRelationContext,
  QueryContext,
  QuerySpecificationContext,
  QueryTermContext,
} from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { AllowedTables } from './allowed-tables.ts';
import type { Place } from './names.ts';
import type { RefusalCode } from './refusals.ts';
import type { Column, Occurrence, Relation, Scope } from './scope.ts';

/** One thing that a statement must not do, with its place; `name` is what the person wrote there. */
export interface Fault {
  readonly code: RefusalCode;
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly facts?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What a query gives to the one around it. `open`: it has columns whose names cannot be known. */
export interface Output {
  readonly columns: readonly Column[];
  readonly open: boolean;
}

/** An inclusive range of a partition column; `rough` where it is bounded in a way that has no plain values. */
export interface Range {
  from?: string;
  to?: string;
  rough?: boolean;
}

/** One SELECT … FROM … WHERE, as far as advice needs it. */
export interface Block {
  readonly node: QuerySpecificationContext;
  readonly occurrences: readonly Occurrence[];
}

/** What the walk over one statement gathers, and how its parts call each other. */
export interface Walk {
  readonly allowed: AllowedTables;
  readonly faults: Fault[];
  /** Every identifier and table name that was understood as something; what is left over refuses the statement. */
  readonly claimed: Set<ParserRuleContext>;
  readonly tables: Set<string>;
  readonly columns: Set<string>;
  readonly occurrences: Occurrence[];
  readonly blocks: Block[];
  /** The outer join that makes a table's rows optional, for those that one does. */
  readonly optional: Map<Occurrence, JoinRelationContext>;
  readonly ranges: Map<Occurrence, Map<string, Range>>;
  /** Names that the statement itself makes: aliases, WITH queries, lambda parameters. */
  readonly madeNames: Set<string>;
  /** Those of them that stand in a SELECT list. */
  readonly outputNames: Set<string>;
  /** How often each single-part table name stands in the statement. */
  readonly mentions: ReadonlyMap<string, number>;
  /** The halves of recursive WITH queries in which their own name means themselves. */
  readonly recursiveSteps: Map<QueryTermContext, { readonly name: string; readonly relation: Relation }>;
  /** Divisions seen, with the scope that their names have. */
  readonly divisions: { readonly node: ParserRuleContext; readonly scope: Scope }[];
  visit(node: ParseTree | null, scope: Scope): void;
  query(node: QueryContext, scope: Scope): Output;
}

/** Notes a fault at the beginning of a node. */
export function report(walk: Walk, code: RefusalCode, at: Place, name: string, facts?: Fault['facts']): void {
  walk.faults.push({ code, line: at.line, column: at.column, name, ...(facts ? { facts } : {}) });
}
