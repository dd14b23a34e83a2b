import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { bindSpecification } from './bind-specification.ts';
import type { Tail } from './bind-tail.ts';
import { finish, tailOf } from './bind-tail.ts';
import type { BoundQuery, Cte, Ctes, Statement } from './binder.ts';
import { placeOf } from './binder.ts';
import { cast } from './cast.ts';
import { commonType } from './coercion.ts';
import { checkKey } from './comparison.ts';
import { STUCK } from './correlation.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import { failure } from './failure.ts';
import { nameOf } from './read-names.ts';
import { refuse, unsupported } from './refusal.ts';
import { scanTable } from './scan-table.ts';
import type { Field, Scope } from './scope.ts';
import { column } from './scope.ts';
import { outerColumns } from './subquery.ts';
import type { TrinoType } from './trino-type.ts';
import { simple, typeName } from './trino-type.ts';

/** A query with its WITH, ORDER BY and LIMIT as DuckDB text; `outer` is the scope that a correlated subquery may read. */
export function bindQuery(context: ParserRuleContext, statement: Statement, outer: Scope | undefined, ctes: Ctes): BoundQuery {
  if (context instanceof tree.QueryNoWithContext) return bindQueryNoWith(context, statement, outer, ctes);
  const query = context as tree.QueryStatementContext;
  const withClause = query.with();
  if (!withClause) return bindQueryNoWith(query.queryNoWith(), statement, outer, ctes);
  const inside = new Map(ctes);
  const texts: string[] = [];
  const recursive = withClause.KW_RECURSIVE() !== null;
  const names = new Set<string>();
  for (const named of withClause.namedQuery()) {
    const name = nameOf(named.identifier()).toLowerCase();
    if (names.has(name)) refuse('DUPLICATE_NAMED_QUERY', `WITH query name '${name}' specified more than once`, placeOf(named));
    names.add(name);
    const { cte, text } =
      recursive && readsItself(named, name)
        ? bindRecursive(named, statement, outer, inside)
        : bindNamed(named, statement, outer, inside);
    inside.set(name, cte);
    texts.push(text);
  }
  const body = bindQueryNoWith(query.queryNoWith(), statement, outer, inside);
  return { ...body, sql: `WITH ${texts.join(', ')} ${body.sql}` };
}

function bindNamed(
  named: tree.NamedQueryContext,
  statement: Statement,
  outer: Scope | undefined,
  ctes: Ctes,
): { cte: Cte; text: string } {
  const table = statement.next('w');
  const query = statement.query(named.query(), outer, ctes);
  return { cte: { table, fields: renamed(named, query.fields), reads: query.reads }, text: `${table} AS (${query.sql})` };
}

function renamed(named: tree.NamedQueryContext, fields: readonly Field[]): readonly Field[] {
  const aliases = named.columnAliases()?.identifier().map(nameOf);
  if (aliases && aliases.length !== fields.length) {
    refuse(
      'MISMATCHED_COLUMN_ALIASES',
      `Column alias list has ${aliases.length} entries but relation has ${fields.length} columns`,
      placeOf(named),
    );
  }
  return fields.map((field, index) => ({ ...field, name: aliases?.[index] ?? field.name, qualifiers: [] }));
}

function readsItself(named: tree.NamedQueryContext, name: string): boolean {
  return new RegExp(`(?:^|[^\\w.])"?${name.replace(/[^\w]/g, '')}"?(?:[^\\w]|$)`, 'i').test(textOf(named.query()));
}

function textOf(context: ParserRuleContext): string {
  if (context.getChildCount() === 0) return context.getText();
  return (context.children ?? []).map((child) => textOf(child as ParserRuleContext)).join(' ');
}

/** `r(n) AS (anchor UNION ALL step)`: the step's columns take the anchor's types. */
function bindRecursive(
  named: tree.NamedQueryContext,
  statement: Statement,
  outer: Scope | undefined,
  ctes: Ctes,
): { cte: Cte; text: string } {
  const place = placeOf(named);
  const body = (named.query() as tree.QueryStatementContext).queryNoWith().queryTerm();
  if (!(body instanceof tree.SetOperationContext) || !body.KW_UNION() || (named.query() as tree.QueryStatementContext).with())
    return unsupported('this recursive query', place);
  if (!named.columnAliases()) refuse('MISSING_COLUMN_ALIASES', 'missing column aliases in recursive WITH query', place);
  const all = /^all$/i.test(body.setQuantifier()?.getText() ?? '');
  if (!all) return unsupported('WITH RECURSIVE with UNION DISTINCT', place);
  const anchor = bindTerm(body.queryTerm(0) as ParserRuleContext, statement, outer, ctes);
  const table = statement.next('w');
  const fields = renamed(named, anchor.fields);
  const cte: Cte = { table, fields };
  const inside = new Map(ctes).set(nameOf(named.identifier()).toLowerCase(), cte);
  const step = bindTerm(body.queryTerm(1) as ParserRuleContext, statement, outer, inside);
  const values = step.fields.map((field, index) => {
    const to = fields[index]?.type ?? simple('unknown');
    const common = commonType(field.type, to);
    if (!common || (typeName(common) !== typeName(to) && to.kind !== 'varchar')) {
      refuse(
        'TYPE_MISMATCH',
        `recursion step relation output type (${typeName(field.type)}) is not coercible to recursion base relation output type (${typeName(to)}) at column ${index + 1}`,
        place,
      );
    }
    return `${cast(column(0, field), to).sql} AS ${fields[index]?.column}`;
  });
  return { cte, text: unrolled(cte, anchor.sql, `SELECT ${values.join(', ')} FROM (${step.sql}) q`) };
}

/** Steps that Trino takes at most (`max_recursion_depth`): it writes them out one after the other, and so does this. */
const MOST_STEPS = 10;

function unrolled({ table, fields }: Cte, anchor: string, step: string): string {
  const level = (index: number) => `${table}_${index}`;
  const stepOver = (index: number) => step.replace(new RegExp(`\\b${table}\\b`, 'g'), level(index));
  const levels = Array.from({ length: MOST_STEPS }, (_, index) => `${level(index + 1)} AS (${stepOver(index)})`);
  const list = fields.map((field) => field.column).join(', ');
  const rows = Array.from({ length: MOST_STEPS + 1 }, (_, index) => `SELECT ${list} FROM ${level(index)}`);
  const deep = failure('NOT_SUPPORTED', `Recursion depth limit exceeded (${MOST_STEPS})`);
  const [first = 'NULL'] = fields.map((field) => field.column);
  const beyond = `SELECT ${list} FROM (${stepOver(MOST_STEPS)}) q WHERE CASE WHEN ${first} IS NULL OR ${first} IS NOT NULL THEN ${deep} ELSE false END`;
  return `${level(0)} AS (${anchor}), ${levels.join(', ')}, ${table} AS (${rows.join(' UNION ALL ')} UNION ALL ${beyond})`;
}

function bindQueryNoWith(
  context: tree.QueryNoWithContext,
  statement: Statement,
  outer: Scope | undefined,
  ctes: Ctes,
): BoundQuery {
  const tail = tailOf(context);
  const term = context.queryTerm();
  if (term instanceof tree.QueryTermDefaultContext) {
    const primary = term.queryPrimary();
    if (primary instanceof tree.QueryPrimaryDefaultContext)
      return bindSpecification(primary.querySpecification(), tail, statement, outer, ctes);
  }
  return finish(bindTerm(term, statement, outer, ctes), tail, statement, outer, ctes);
}

function bindTerm(context: ParserRuleContext, statement: Statement, outer: Scope | undefined, ctes: Ctes): BoundQuery {
  if (context instanceof tree.SetOperationContext) return bindSetOperation(context, statement, outer, ctes);
  if (context instanceof tree.QueryTermDefaultContext) return bindTerm(context.queryPrimary(), statement, outer, ctes);
  if (context instanceof tree.QueryPrimaryDefaultContext)
    return bindSpecification(context.querySpecification(), NO_TAIL, statement, outer, ctes);
  if (context instanceof tree.SubqueryContext) {
    const inner = bindQueryNoWith(context.queryNoWith(), statement, outer, ctes);
    return { ...inner, sql: `SELECT * FROM (${inner.sql}) q` };
  }
  if (context instanceof tree.InlineTableContext) return bindValues(context, statement, outer, ctes);
  if (context instanceof tree.TableContext) {
    const scan = scanTable(context.tableRef(), statement, ctes);
    return { sql: `SELECT * FROM ${scan.sql}`, fields: scan.fields.map((field) => ({ ...field, qualifiers: [] })) };
  }
  return unsupported('this kind of query', placeOf(context));
}

const NO_TAIL: Tail = { order: [] };

function bindSetOperation(
  context: tree.SetOperationContext,
  statement: Statement,
  outer: Scope | undefined,
  ctes: Ctes,
): BoundQuery {
  const place = placeOf(context);
  const [left, right] = [
    bindTerm(context.queryTerm(0) as ParserRuleContext, statement, outer, ctes),
    bindTerm(context.queryTerm(1) as ParserRuleContext, statement, outer, ctes),
  ];
  const word = context.KW_UNION() ? 'UNION' : context.KW_INTERSECT() ? 'INTERSECT' : 'EXCEPT';
  if (left.fields.length !== right.fields.length) {
    refuse('TYPE_MISMATCH', `${word} query has different number of fields: ${left.fields.length}, ${right.fields.length}`, place);
  }
  const all = /^all$/i.test(context.setQuantifier()?.getText() ?? '');
  const types = left.fields.map((field, index): TrinoType => {
    const other = right.fields[index]?.type ?? field.type;
    const common = commonType(field.type, other);
    if (!common)
      refuse(
        'TYPE_MISMATCH',
        `column ${index + 1} in ${word} query has incompatible types: ${typeName(field.type)}, ${typeName(other)}`,
        place,
      );
    if (!all) checkKey(common, place);
    return common;
  });
  const fields = left.fields.map(
    (field, index): Field => ({
      name: field.name,
      qualifiers: [],
      column: statement.next('c'),
      type: types[index] ?? field.type,
    }),
  );
  const side = (query: BoundQuery) =>
    `SELECT ${query.fields.map((field, index) => `${cast(column(0, field), types[index] ?? field.type).sql} AS ${fields[index]?.column}`).join(', ')} FROM (${query.sql}) q`;
  const reads = left.reads || right.reads ? STUCK : undefined;
  return { sql: `(${side(left)}) ${word}${all ? ' ALL' : ''} (${side(right)})`, fields, reads };
}

function bindValues(context: tree.InlineTableContext, statement: Statement, outer: Scope | undefined, ctes: Ctes): BoundQuery {
  const environment = { statement, scope: outer, ctes, lambdas: new Map(), windows: new Map(), scalarOnly: 'VALUES' };
  const rows = context.expression().map((row) => rowValues(row, statement.expression(row, environment)));
  const width = rows[0]?.length ?? 0;
  const place = placeOf(context);
  if (rows.some((row) => row.length !== width)) refuse('TYPE_MISMATCH', 'Values rows have mismatched sizes', place);
  const types = Array.from({ length: width }, (_, index) =>
    rows
      .map((row) => row[index]?.type ?? simple('unknown'))
      .reduce(
        (all, type) =>
          commonType(all, type) ??
          refuse('TYPE_MISMATCH', `Values rows have mismatched types: ${typeName(all)} vs ${typeName(type)}`, place),
      ),
  );
  const fields = types.map((type): Field => ({ qualifiers: [], column: statement.next('c'), type }));
  const texts = rows.map((row) => `(${row.map((value, index) => cast(value, types[index] ?? value.type).sql).join(', ')})`);
  const sql = `SELECT * FROM (VALUES ${texts.join(', ')}) v(${fields.map((field) => field.column).join(', ')})`;
  if (outerColumns(sql, outer).length === 0) return { sql, fields };
  return { sql, fields, reads: rows.length > 1 ? STUCK : { ...STUCK, refused: new Set(['in', 'quantified']) } };
}

function rowValues(context: ParserRuleContext, value: Expression): readonly Expression[] {
  if (value.type.kind !== 'row') return [value];
  if (value.parts.length === value.type.fields.length && isRowConstructor(context)) return value.parts;
  const { type } = value;
  return type.fields.map((field, index) => over(field.type, [value], ([sql = '']) => `(${sql}).f${index + 1}`));
}

function isRowConstructor(context: ParserRuleContext): boolean {
  let inner: ParserRuleContext = context;
  while (!(inner instanceof tree.RowConstructorContext)) {
    const only = inner.getChildCount() === 1 ? inner.getChild(0) : undefined;
    if (!only || !('getChildCount' in only)) return false;
    inner = only as ParserRuleContext;
  }
  return true;
}
