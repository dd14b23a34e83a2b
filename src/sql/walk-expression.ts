import { ParserRuleContext, type ParseTree } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { columnPath } from './column-path.ts';
import { placeOf } from './names.ts';
import { type Column, innerScope, type Relation, resolveRelation, type Scope } from './scope.ts';
import { nodesIn } from './tree.ts';
import type { Walk } from './walk.ts';
import { report } from './walk.ts';
import { claim, claimAll, makeName, readColumn, readQualifiedName, readStar, readTable } from './walk-names.ts';

/**
 * Walks anything below a query: each kind of node that gives names a meaning of their own has a handler, everything else
 * is walked through. A name that no handler expected is read as a column, a table name as the whole table: the default
 * refuses too much, never too little.
 */
export function visitNode(walk: Walk, node: ParseTree | null, scope: Scope): void {
  if (!(node instanceof ParserRuleContext)) return;
  const handle = HANDLERS.get(node.constructor);
  if (handle) handle(walk, node, scope);
  else visitChildren(walk, node, scope);
}

function visitChildren(walk: Walk, node: ParserRuleContext, scope: Scope): void {
  for (const child of nodesIn(node)) walk.visit(child, scope);
}

type Handler = (walk: Walk, node: ParserRuleContext, scope: Scope) => void;

// biome-ignore lint/complexity/noBannedTypes: the key is a node's constructor, whatever it takes.
const HANDLERS = new Map<Function, Handler>();

// biome-ignore lint/complexity/noBannedTypes: the key is a node's constructor, whatever it takes.
type Constructor<Node> = Function & { readonly prototype: Node };

function on<Node extends ParserRuleContext>(kind: Constructor<Node>, handle: (walk: Walk, node: Node, scope: Scope) => void) {
  HANDLERS.set(kind, handle as Handler);
}

on(trino.QueryStatementContext, (walk, node, scope) => {
  walk.query(node, scope);
});

on(trino.QualifiedNameContext, readQualifiedName);

on(trino.TableRefContext, readWholeTable);
on(trino.ViewRefContext, readWholeTable);

function readWholeTable(walk: Walk, node: trino.TableRefContext | trino.ViewRefContext): void {
  const table = readTable(walk, node);
  const facts = table === undefined ? undefined : walk.allowed.find(table);
  if (table === undefined || !facts) return;
  const occurrence = { table, facts, place: placeOf(node), qualifier: table };
  const columns = facts.columns.map(({ name }) => ({ name, bases: [{ occurrence, column: name.toLowerCase() }], guarded: true }));
  readStar(walk, [{ qualifiers: [], columns, open: false }], placeOf(node), node.getText());
}

on(trino.DereferenceContext, (walk, node, scope) => {
  const path = columnPath(node);
  if (path) {
    readColumn(walk, claim(walk, path.identifiers), placeOf(node), scope);
    for (const name of path.names) walk.claimed.add(name);
    return;
  }
  claim(walk, [node.identifier()]);
  walk.visit(node.primaryExpression(), scope);
});

on(trino.TypeConstructorContext, (walk, node) => {
  claimAll(walk, node);
});

on(trino.ExtractContext, (walk, node, scope) => {
  claim(walk, [node.identifier()]);
  walk.visit(node.valueExpression(), scope);
});

on(trino.MeasureContext, (walk, node, scope) => {
  // A measure is computed in its window's MEASURES, whose expressions are walked there.
  claim(walk, [node.identifier()]);
  walk.visit(node.over(), scope);
});

on(trino.OverContext, (walk, node, scope) => {
  const name = node.identifier();
  if (name) claim(walk, [name]);
  walk.visit(node.windowSpecification(), scope);
});

on(trino.WindowDefinitionContext, (walk, node, scope) => {
  claim(walk, [node.identifier()]);
  walk.visit(node.windowSpecification(), scope);
});

on(trino.WindowSpecificationContext, (walk, node, scope) => {
  const name = node.identifier();
  if (name) claim(walk, [name]);
  for (const child of nodesIn(node)) if (child !== name) walk.visit(child, scope);
});

on(trino.LambdaContext, (walk, node, scope) => {
  const columns = node.identifier().map((name) => made(makeName(walk, name)));
  walk.visit(node.expression(), innerScope(scope, [{ qualifiers: [], columns, open: false }]));
});

function made(name: string): Column {
  return { name, bases: [], guarded: false };
}

on(trino.FunctionCallContext, (walk, node, scope) => {
  walk.visit(node.functionName(), scope);
  const label = node.identifier();
  if (label) readLabel(walk, label, scope);
  for (const child of nodesIn(node)) if (child !== node.functionName() && child !== label) walk.visit(child, scope);
});

/** `count(t.*)`: a pattern variable, or a relation, which then counts as read whole. */
function readLabel(walk: Walk, label: trino.IdentifierContext, scope: Scope): void {
  const parts = claim(walk, [label]);
  const relations = resolveRelation(scope, parts);
  if (relations.length > 0) readStar(walk, relations, placeOf(label), `${parts[0]}.*`);
  else readColumn(walk, parts, placeOf(label), scope);
}

on(trino.FunctionNameContext, (walk, node) => {
  const name = node.qualifiedName();
  walk.claimed.add(name);
  const parts = claim(walk, name.identifier());
  if (parts.length > 1) report(walk, 'function_not_allowed', placeOf(node), parts.join('.'));
});

on(trino.RowTypeContext, claimAll);
on(trino.GenericTypeContext, claimAll);
on(trino.ArrayTypeContext, claimAll);
on(trino.LegacyArrayTypeContext, claimAll);
on(trino.LegacyMapTypeContext, claimAll);

on(trino.TableFunctionCallContext, (walk, node) => {
  claimAll(walk, node);
  report(walk, 'table_function', placeOf(node), node.functionName().getText());
});

on(trino.ParameterContext, (walk, node) => report(walk, 'parameter', placeOf(node), '?'));

on(trino.JsonPathInvocationContext, (walk, node, scope) => {
  const name = node.identifier();
  if (name) claim(walk, [name]);
  for (const child of nodesIn(node)) if (child !== name) walk.visit(child, scope);
});

on(trino.JsonArgumentContext, (walk, node, scope) => {
  claim(walk, [node.identifier()]);
  walk.visit(node.jsonValueExpression(), scope);
});

on(trino.WindowFrameContext, (walk, node, scope) => {
  const definitions = node.variableDefinition();
  const subsets = node.subsetDefinition();
  const inner = patternScope(walk, scope, scope.relations, { definitions, subsets, pattern: node.rowPattern() });
  for (const measure of node.measureDefinition()) visitMeasure(walk, measure, inner);
  for (const definition of definitions) walk.visit(definition.expression(), inner);
  for (const part of [node.skipTo(), node.rowPattern(), ...subsets]) if (part) claimAll(walk, part);
  walk.visit(node.frameExtent(), scope);
});

/** Walks `expression AS name` of MEASURES and gives the name. */
export function visitMeasure(walk: Walk, node: trino.MeasureDefinitionContext, scope: Scope): string {
  walk.visit(node.expression(), scope);
  return makeName(walk, node.identifier());
}

/** The parts of MATCH_RECOGNIZE, or of a window with a pattern, that make names. */
export interface PatternParts {
  readonly definitions: readonly trino.VariableDefinitionContext[];
  readonly subsets: readonly trino.SubsetDefinitionContext[];
  readonly pattern: trino.RowPatternContext | null;
}

/** Inside MEASURES and DEFINE a pattern variable qualifies every column of the rows that are matched. */
export function patternScope(walk: Walk, outer: Scope, rows: readonly Relation[], parts: PatternParts): Scope {
  const identifiers = [
    ...parts.definitions.map((one) => one.identifier()),
    ...parts.subsets.flatMap((one) => one.identifier()),
    ...(parts.pattern ? patternVariables(parts.pattern) : []),
  ];
  const variables = new Set(claim(walk, identifiers));
  const byVariable: Relation = {
    qualifiers: [...variables].map((name) => [name]),
    columns: rows.flatMap((row) => row.columns),
    open: rows.some((row) => row.open),
  };
  return { relations: [...rows, byVariable], parent: outer, ctes: outer.ctes, variables };
}

function patternVariables(node: ParserRuleContext): readonly trino.IdentifierContext[] {
  return node instanceof trino.PatternVariableContext ? [node.identifier()] : nodesIn(node).flatMap(patternVariables);
}

on(trino.ArithmeticBinaryContext, (walk, node, scope) => {
  if (node.SLASH()) walk.divisions.push({ node, scope });
  visitChildren(walk, node, scope);
});
