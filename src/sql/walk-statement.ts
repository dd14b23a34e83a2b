import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { allowedTables } from './allowed-tables.ts';
import { nameOf, placeOf } from './names.ts';
import type { Catalog } from './safe-sql.ts';
import type { Scope } from './scope.ts';
import type { StatementKind } from './statement-kind.ts';
import { nodesIn } from './tree.ts';
import type { Output, Walk } from './walk.ts';
import { report } from './walk.ts';
import { visitNode } from './walk-expression.ts';
import { claim, readTable } from './walk-names.ts';
import { walkQuery } from './walk-query.ts';

/** What the walk over a statement found. */
export interface Walked {
  readonly walk: Walk;
  readonly output: Output;
}

/** Walks one statement of an allowed kind against a catalog, to the last name in it. */
export function walkStatement(statement: StatementKind, catalog: Catalog): Walked {
  const walk = emptyWalk(statement.node, catalog);
  const scope: Scope = { relations: [], ctes: new Map() };
  const output = statement.query ? walk.query(statement.query, scope) : { columns: [], open: false };
  if (!statement.query || statement.kind === 'show') walkShow(walk, statement.node, scope);
  checkComplete(walk, statement.node);
  return { walk, output };
}

function emptyWalk(root: ParserRuleContext, catalog: Catalog): Walk {
  const walk: Walk = {
    allowed: allowedTables(catalog),
    faults: [],
    claimed: new Set(),
    tables: new Set(),
    columns: new Set(),
    occurrences: [],
    blocks: [],
    optional: new Map(),
    ranges: new Map(),
    madeNames: new Set(),
    outputNames: new Set(),
    mentions: mentionsBelow(root, new Map()),
    recursiveSteps: new Map(),
    divisions: [],
    visit: (node, scope) => visitNode(walk, node, scope),
    query: (node, scope) => walkQuery(walk, node, scope),
  };
  return walk;
}

function mentionsBelow(node: ParserRuleContext, counts: Map<string, number>): Map<string, number> {
  if (node instanceof trino.TableRefContext || node instanceof trino.ViewRefContext) {
    const name = node.identifier().map(nameOf).join('.');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const child of nodesIn(node)) mentionsBelow(child, counts);
  return counts;
}

/** SHOW and DESCRIBE: a table must be one of the allowed, a database must hold one of them. */
function walkShow(walk: Walk, node: ParserRuleContext, scope: Scope): void {
  for (const child of nodesIn(node)) {
    if (child instanceof trino.RootQueryContext) continue;
    if (child instanceof trino.TableOrViewNameContext) showTable(walk, node, child.tableRef() ?? child.viewRef()!, scope);
    else if (child instanceof trino.TableRefContext || child instanceof trino.ViewRefContext) showTable(walk, node, child, scope);
    else if (child instanceof trino.SchemaRefContext) showDatabase(walk, child);
    else walk.visit(child, scope);
  }
}

function showTable(
  walk: Walk,
  node: ParserRuleContext,
  reference: trino.TableRefContext | trino.ViewRefContext,
  scope: Scope,
): void {
  // Statistics hold the least and greatest value of every column.
  if (node instanceof trino.ShowStatsContext) walk.visit(reference, scope);
  else readTable(walk, reference);
}

function showDatabase(walk: Walk, node: trino.SchemaRefContext): void {
  const parts = claim(walk, node.identifier());
  const database = parts.at(-1)!;
  if (parts.length > 1 && parts[0] !== walk.allowed.defaultCatalog) report(walk, 'other_catalog', placeOf(node), parts.join('.'));
  else if (database === 'information_schema') report(walk, 'system_table', placeOf(node), parts.join('.'));
  else if (!walk.allowed.hasDatabase(database))
    report(walk, 'table_not_allowed', placeOf(node), parts.join('.'), { tables: walk.allowed.names });
}

/** A name that the walk did not come by is a hole in the walk: the statement is refused rather than half read. */
function checkComplete(walk: Walk, node: ParserRuleContext): void {
  const named =
    node instanceof trino.IdentifierContext ||
    node instanceof trino.QualifiedNameContext ||
    node instanceof trino.TableRefContext ||
    node instanceof trino.ViewRefContext ||
    node instanceof trino.SelectItemContext;
  if (named && !walk.claimed.has(node)) report(walk, 'not_understood', placeOf(node), node.getText().slice(0, 80));
  for (const child of nodesIn(node)) checkComplete(walk, child);
}
