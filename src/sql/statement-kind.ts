import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { SafeSql } from './safe-sql.ts';

/** A statement of a kind that only reads. */
export interface StatementKind {
  readonly kind: SafeSql['kind'];
  readonly node: trino.StatementContext;
  /** The query that it runs or explains. */
  readonly query?: trino.QueryContext;
  /** True for lists of catalogs and schemas: harmless to run, but they name what is not one's own. */
  readonly listsAll?: boolean;
}

/** Why a statement is none of them: the node to point at. */
export interface KindFault {
  readonly kind: 'fault';
  readonly code: 'not_read_only' | 'own_function' | 'explain_only_queries';
  readonly node: ParserRuleContext;
}

/** Sorts a statement into the kinds that only read; everything that is not named here is refused. */
export function statementKind(node: trino.StatementContext): StatementKind | KindFault {
  if (node instanceof trino.StatementDefaultContext) return ofQuery('query', node, node.rootQuery());
  if (node instanceof trino.ExplainContext || node instanceof trino.ExplainAnalyzeContext) return ofExplain(node);
  if (node instanceof trino.ShowStatsForQueryContext) return ofQuery('show', node, node.rootQuery());
  if (node instanceof trino.ShowColumnsContext) return { kind: node.KW_SHOW() ? 'show' : 'describe', node };
  if (SHOWS.some((kind) => node instanceof kind)) return { kind: 'show', node };
  if (LISTS.some((kind) => node instanceof kind)) return { kind: 'show', node, listsAll: true };
  return { kind: 'fault', code: 'not_read_only', node };
}

const SHOWS = [
  trino.ShowTablesContext,
  trino.ShowStatsContext,
  trino.ShowCreateTableContext,
  trino.ShowCreateViewContext,
  trino.ShowCreateSchemaContext,
  trino.ShowCreateMaterializedViewContext,
  trino.ShowFunctionsContext,
];

const LISTS = [trino.ShowCatalogsContext, trino.ShowSchemasContext, trino.ShowCreateFunctionContext];

function ofQuery(kind: SafeSql['kind'], node: trino.StatementContext, root: trino.RootQueryContext): StatementKind | KindFault {
  const own = root.withFunction();
  return own ? { kind: 'fault', code: 'own_function', node: own } : { kind, node, query: root.query() };
}

function ofExplain(node: trino.ExplainContext | trino.ExplainAnalyzeContext): StatementKind | KindFault {
  const inner = node.statement();
  if (inner instanceof trino.StatementDefaultContext) return ofQuery('explain', node, inner.rootQuery());
  const reads = statementKind(inner).kind !== 'fault';
  return { kind: 'fault', code: reads ? 'explain_only_queries' : 'not_read_only', node: inner };
}
