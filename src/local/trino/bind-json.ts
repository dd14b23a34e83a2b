import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import type { Expression } from './expression.ts';
import { unsupported } from './refusal.ts';

/** The SQL standard's JSON functions; undefined for any other node. */
export function bindJson(context: ParserRuleContext, _environment: Environment): Expression | undefined {
  if (context instanceof tree.JsonValueContext) unsupported('json_value', placeOf(context));
  if (context instanceof tree.JsonQueryContext) unsupported('json_query', placeOf(context));
  if (context instanceof tree.JsonExistsContext) unsupported('json_exists', placeOf(context));
  if (context instanceof tree.JsonObjectContext) unsupported('json_object', placeOf(context));
  if (context instanceof tree.JsonArrayContext) unsupported('json_array', placeOf(context));
  return undefined;
}
