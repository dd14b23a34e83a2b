import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Column, Relation, Scope } from './scope.ts';
import { nodesIn } from './tree.ts';
import type { Walk } from './walk.ts';
import { claimAll, makeName } from './walk-names.ts';

/** Walks JSON_TABLE(…): its input may read columns, what it offers is made of it. */
export function walkJsonTable(walk: Walk, node: trino.JsonTableContext, scope: Scope): Relation {
  walk.visit(node.jsonPathInvocation(), scope);
  const columns = node.jsonTableColumn().flatMap((item) => walkColumn(walk, item, scope));
  // The plan only names paths that were named above.
  const plan = node.jsonTableSpecificPlan();
  if (plan) claimAll(walk, plan);
  return { qualifiers: [], columns, open: false };
}

function walkColumn(walk: Walk, item: trino.JsonTableColumnContext, scope: Scope): readonly Column[] {
  if (item instanceof trino.NestedColumnsContext) {
    const path = item.identifier();
    if (path) makeName(walk, path);
    return item.jsonTableColumn().flatMap((inner) => walkColumn(walk, inner, scope));
  }
  if (item instanceof trino.OrdinalityColumnContext) return [column(walk, item.identifier())];
  if (!(item instanceof trino.ValueColumnContext || item instanceof trino.QueryColumnContext)) return [];
  const made = column(walk, item.identifier());
  for (const child of nodesIn(item)) if (child !== item.identifier()) walk.visit(child, scope);
  return [made];
}

function column(walk: Walk, name: trino.IdentifierContext): Column {
  return { name: makeName(walk, name), bases: [], guarded: false };
}
