import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import type { Expression } from './expression.ts';
import { over } from './expression.ts';
import { nameOf } from './read-names.ts';
import type { Place } from './refusal.ts';
import { refuse } from './refusal.ts';
import { resolveName } from './scope.ts';
import { typeName } from './trino-type.ts';

/** A column, a lambda's parameter, or a field of a row that a dotted name means. */
export function bindName(context: ParserRuleContext, environment: Environment): Expression {
  const place = placeOf(context);
  const parts = nameParts(context);
  if (!parts) {
    const dereference = context as tree.DereferenceContext;
    const base = environment.statement.expression(dereference.primaryExpression(), environment);
    return fieldOf(base, nameOf(dereference.identifier()), place);
  }
  for (let length = parts.length; length > 0; length--) {
    const found = lookUp(parts.slice(0, length), environment, place);
    if (!found) continue;
    if (length < parts.length && found.type.kind !== 'row') continue;
    return parts.slice(length).reduce((base, name) => fieldOf(base, name, place, parts.join('.')), found);
  }
  return refuse('COLUMN_NOT_FOUND', `Column '${parts.join('.')}' cannot be resolved`, place);
}

/** The parts of a plain dotted name, or undefined where the node is more than a name. */
export function nameParts(context: ParserRuleContext): string[] | undefined {
  if (context instanceof tree.ColumnReferenceContext) return context.columnName().qualifiedName().identifier().map(nameOf);
  if (context instanceof tree.QualifiedNameContext) return context.identifier().map(nameOf);
  if (context instanceof tree.ColumnRefContext) return nameParts(context.getChild(0) as ParserRuleContext);
  if (context instanceof tree.DereferenceContext) {
    const base = nameParts(context.primaryExpression());
    return base && [...base, nameOf(context.identifier())];
  }
  return undefined;
}

function lookUp(parts: readonly string[], environment: Environment, place: Place): Expression | undefined {
  const [name] = parts;
  if (parts.length === 1 && name !== undefined) {
    const parameter = environment.lambdas.get(name.toLowerCase());
    if (parameter) return parameter;
    const output = environment.outputs?.get(name.toLowerCase());
    if (output === 'ambiguous') refuse('AMBIGUOUS_NAME', `Column '${name}' is ambiguous`, place);
    if (output) return output;
  }
  return resolveName(environment.scope, parts, place);
}

/** `row.name`. */
function fieldOf(base: Expression, name: string, place: Place, whole?: string): Expression {
  if (base.type.kind !== 'row') refuse('TYPE_MISMATCH', `Expression is not of type ROW: ${typeName(base.type)}`, place);
  const index = base.type.fields.findIndex((field) => field.name?.toLowerCase() === name.toLowerCase());
  const field = base.type.fields[index];
  if (!field) refuse('INVALID_COLUMN_REFERENCE', `Column reference '${whole ?? name}' is invalid`, place);
  return over(field.type, [base], ([sql = '']) => `(${sql}).f${index + 1}`, { place });
}
