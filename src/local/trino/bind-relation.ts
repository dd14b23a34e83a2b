import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { checkBoolean } from './bind-operators.ts';
import { unnest } from './bind-unnest.ts';
import type { Ctes, Environment, Statement } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { commonType } from './coercion.ts';
import { checkKey, compare } from './comparison.ts';
import type { Reads } from './correlation.ts';
import { checkPosition } from './correlation.ts';
import type { Expression } from './expression.ts';
import { literal } from './expression.ts';
import { nameOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse, unsupported } from './refusal.ts';
import { scanTable } from './scan-table.ts';
import type { Field, Scope } from './scope.ts';
import { column, resolveName } from './scope.ts';
import { outerColumns } from './subquery.ts';
import type { TrinoType } from './trino-type.ts';
import { typeName } from './trino-type.ts';

/** A FROM item as DuckDB text and the fields that it offers. */
export interface Relation {
  readonly sql: string;
  readonly fields: readonly Field[];
  /** Reads columns of the relations to its left. */
  readonly lateral?: boolean;
  /** What its tables read of the scopes around the query. */
  readonly reads?: readonly (Reads | 'unnest')[];
  /** Conditions of its joins. */
  readonly conditions?: readonly Expression[];
  /** What a LATERAL subquery reads to its left. */
  readonly beside?: Reads | undefined;
}

/** The whole FROM clause; without one, a single row without columns. */
export function bindFrom(
  relations: readonly tree.RelationContext[],
  statement: Statement,
  outer: Scope | undefined,
  ctes: Ctes,
): { sql: string; scope: Scope; reads: readonly (Reads | 'unnest')[]; conditions: readonly Expression[] } {
  const id = Number(statement.next('s').slice(1));
  let all: Relation | undefined;
  for (const context of relations) {
    const left: Scope = { id, fields: all?.fields ?? [], parent: outer };
    const next = bindRelation(context, { statement, outer, ctes, left });
    all = all
      ? {
          sql: `${all.sql} ${next.lateral ? 'JOIN LATERAL' : 'CROSS JOIN'} ${next.sql}${next.lateral ? ' ON true' : ''}`,
          fields: [...all.fields, ...next.fields],
          ...together(all, next),
        }
      : next;
  }
  return {
    sql: all?.sql ?? '(SELECT 1 AS one) r',
    scope: { id, fields: all?.fields ?? [], parent: outer },
    reads: all?.reads ?? [],
    conditions: all?.conditions ?? [],
  };
}

/** What both sides read and demand. */
function together(left: Relation, right: Relation): Pick<Relation, 'reads' | 'conditions'> {
  return {
    reads: [...(left.reads ?? []), ...(right.reads ?? [])],
    conditions: [...(left.conditions ?? []), ...(right.conditions ?? [])],
  };
}

interface Around {
  readonly statement: Statement;
  readonly outer: Scope | undefined;
  readonly ctes: Ctes;
  /** What UNNEST and LATERAL see. */
  readonly left: Scope;
}

function bindRelation(context: ParserRuleContext, around: Around): Relation {
  if (context instanceof tree.JoinRelationContext) return bindJoin(context, around);
  if (context instanceof tree.RelationDefaultContext) return bindSampled(context.sampledRelation(), around);
  return unsupported('this kind of relation', placeOf(context));
}

function bindSampled(context: tree.SampledRelationContext, around: Around): Relation {
  if (context.KW_TABLESAMPLE()) unsupported('TABLESAMPLE', placeOf(context));
  const pattern = context.patternRecognition();
  if (pattern.KW_MATCH_RECOGNIZE()) {
    const token = pattern.KW_MATCH_RECOGNIZE()?.symbol;
    unsupported('MATCH_RECOGNIZE', { line: token?.line ?? 1, column: (token?.column ?? 0) + 1 });
  }
  const aliased = pattern.aliasedRelation();
  const relation = bindPrimary(aliased.relationPrimary(), around);
  const alias = aliased.identifier();
  if (!alias) return relation;
  const name = nameOf(alias);
  const aliases = aliased.columnAliases()?.identifier().map(nameOf);
  if (aliases && aliases.length !== relation.fields.length) {
    refuse(
      'MISMATCHED_COLUMN_ALIASES',
      `Column alias list has ${aliases.length} entries but '${name}' has ${relation.fields.length} columns available`,
      placeOf(aliased),
    );
  }
  return {
    ...relation,
    fields: relation.fields.map((field, index) => ({ ...field, name: aliases?.[index] ?? field.name, qualifiers: [name] })),
  };
}

function bindPrimary(context: ParserRuleContext, around: Around): Relation {
  const { statement, ctes, left } = around;
  if (context instanceof tree.TableNameContext) {
    if (context.queryPeriod()) unsupported('FOR … AS OF', placeOf(context));
    const table = context.tableOrViewName().tableRef();
    return table ? scanTable(table, statement, ctes) : unsupported('a view', placeOf(context));
  }
  if (context instanceof tree.ParenthesizedRelationContext) {
    const inner = bindRelation(context.relation(), around);
    return context.relation() instanceof tree.JoinRelationContext ? { ...inner, sql: `(${inner.sql})` } : inner;
  }
  const source = context instanceof tree.ExpressionSourceTableContext ? context.relationSourceTable() : context;
  if (source instanceof tree.SubqueryRelationContext) return derived(source.query(), around);
  if (source instanceof tree.LateralContext) {
    const bound = around.statement.query(source.query(), left, around.ctes);
    checkPosition(bound.reads, 'lateral', placeOf(source));
    const sql = `(${bound.sql}) ${around.statement.next('r')}`;
    return { sql, fields: bound.fields, lateral: left.fields.length > 0, beside: bound.reads };
  }
  if (source instanceof tree.UnnestContext) {
    const relation = unnest(source, environmentOf(around, left));
    const reads = outerColumns(relation.sql, around.outer).length > 0 ? (['unnest'] as const) : [];
    return { ...relation, lateral: left.fields.length > 0, reads };
  }
  if (source instanceof tree.JsonTableContext) unsupported('JSON_TABLE', placeOf(source));
  return unsupported('a table function', placeOf(source));
}

function environmentOf(around: Around, scope: Scope): Environment {
  return {
    statement: around.statement,
    scope,
    ctes: around.ctes,
    lambdas: new Map(),
    windows: new Map(),
    scalarOnly: 'FROM clause',
  };
}

function derived(query: ParserRuleContext, around: Around): Relation {
  const bound = around.statement.query(query, around.outer, around.ctes);
  return {
    sql: `(${bound.sql}) ${around.statement.next('r')}`,
    fields: bound.fields,
    reads: bound.reads ? [bound.reads.plainUnnest ? 'unnest' : bound.reads] : [],
  };
}

function bindJoin(context: tree.JoinRelationContext, around: Around): Relation {
  const place = placeOf(context);
  if (context.KW_NATURAL()) refuse('NOT_SUPPORTED', 'Natural join not supported', place);
  const left = bindRelation(context.relation(0) as ParserRuleContext, around);
  const inside: Around = { ...around, left: { ...around.left, fields: [...around.left.fields, ...left.fields] } };
  const rightContext = context.KW_CROSS()
    ? (context.sampledRelation() as tree.SampledRelationContext)
    : (context._rightRelation ?? (context.relation(1) as ParserRuleContext));
  const right =
    rightContext instanceof tree.SampledRelationContext ? bindSampled(rightContext, inside) : bindRelation(rightContext, inside);
  const fields = [...left.fields, ...right.fields];
  if (context.KW_CROSS())
    return {
      sql: `${left.sql} ${right.lateral ? 'JOIN LATERAL' : 'CROSS JOIN'} ${right.sql}${right.lateral ? ' ON true' : ''}`,
      fields,
      ...together(left, right),
    };
  const type = context.joinType()?.getText().toUpperCase().replace('OUTER', '') || 'INNER';
  const criteria = context.joinCriteria();
  if (type === 'LEFT') checkPosition(right.beside, 'left lateral', place);
  if (criteria?.KW_USING()) return { ...using(left, right, type, criteria, around.statement), ...together(left, right) };
  const condition = criteria?.booleanExpression() ?? criteria?.joinColumnEquality();
  if (!condition) return unsupported('this join', place);
  const scope: Scope = { id: around.left.id, fields: [...around.left.fields, ...fields], parent: around.outer };
  const environment = { ...environmentOf(around, scope), scalarOnly: 'JOIN clause' };
  const on =
    condition instanceof tree.JoinColumnEqualityContext
      ? equality(condition, environment)
      : around.statement.expression(condition, environment);
  checkBoolean(on, 'JOIN ON clause', on.place ?? place);
  if (right.lateral && type !== 'INNER' && type !== 'LEFT')
    refuse('NOT_SUPPORTED', 'LATERAL join and UNNEST take only CROSS, INNER and LEFT JOIN', place);
  if (right.lateral && !/^true$/i.test(condition.getText()) && type !== 'INNER')
    unsupported('LEFT JOIN UNNEST with a condition', place);
  const { reads, conditions = [] } = together(left, right);
  return {
    sql: `${left.sql} ${type} JOIN ${right.lateral ? 'LATERAL ' : ''}${right.sql} ON ${on.sql}`,
    fields,
    reads: reads ?? [],
    conditions: [...conditions, on],
  };
}

/** The grammar has a rule of its own for `a.x = b.y`. */
function equality(context: tree.JoinColumnEqualityContext, environment: Environment) {
  const [left, right] = context.joinColumnReference().map((reference) => {
    const parts = reference
      .getText()
      .split('.')
      .map((part) => part.replace(/^"|"$/g, ''));
    const scope = environment.scope as Scope;
    const found = resolveName(scope, parts, placeOf(reference));
    return found ?? refuse('COLUMN_NOT_FOUND', `Column '${parts.join('.')}' cannot be resolved`, placeOf(reference));
  });
  if (!left || !right) return literal({ kind: 'boolean' }, 'true', true);
  return compare('=', left, right, placeOf(context));
}

/** `USING (k)`: one column k, then the other columns of both sides. */
function using(
  left: Relation,
  right: Relation,
  type: string,
  criteria: tree.JoinCriteriaContext,
  statement: Statement,
): Relation {
  const names = criteria.identifier().map((identifier) => ({ name: nameOf(identifier), place: placeOf(identifier) }));
  const pick = (relation: Relation, name: string, place: Place): Field => {
    const found = relation.fields.filter((field) => field.name?.toLowerCase() === name.toLowerCase());
    if (found.length > 1) refuse('AMBIGUOUS_NAME', `Column '${name}' is ambiguous`, place);
    return found[0] ?? refuse('COLUMN_NOT_FOUND', `Column '${name}' is missing from one side of join`, place);
  };
  const pairs = names.map(({ name, place }) => {
    const [a, b] = [pick(left, name, place), pick(right, name, place)];
    const common: TrinoType =
      commonType(a.type, b.type) ??
      refuse('TYPE_MISMATCH', `Column '${name}' has types ${typeName(a.type)} and ${typeName(b.type)}`, place);
    checkKey(common, place);
    const field: Field = { name, qualifiers: [], column: statement.next('c'), type: common };
    return { a, b, field, x: cast(column(0, a), common).sql, y: cast(column(0, b), common).sql };
  });
  const rest = [...left.fields, ...right.fields].filter((field) => !pairs.some((pair) => pair.a === field || pair.b === field));
  const list = [
    ...pairs.map((pair) => `coalesce(${pair.x}, ${pair.y}) AS ${pair.field.column}`),
    ...rest.map((field) => field.column),
  ];
  const on = pairs.map((pair) => `${pair.x} = ${pair.y}`).join(' AND ');
  const sql = `(SELECT ${list.join(', ')} FROM ${left.sql} ${type} JOIN ${right.lateral ? 'LATERAL ' : ''}${right.sql} ON ${on}) ${statement.next('r')}`;
  return { sql, fields: [...pairs.map((pair) => pair.field), ...rest] };
}
