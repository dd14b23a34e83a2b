import type { ParserRuleContext } from 'antlr4ng';
import * as trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { parseTrino } from '../../src/sql/parse-trino.ts';
import { unitOffset } from '../../src/sql/statement-end.ts';
import { nodesIn } from '../../src/sql/tree.ts';

/** A place in a valid statement that another piece of SQL can take. */
export interface Place {
  readonly kind: 'expression' | 'table' | 'column';
  readonly from: number;
  readonly to: number;
}

/** Every place of a valid statement where an expression, a table or a column stands; none where it is not valid. */
export function placesOf(text: string): readonly Place[] {
  const parse = parseTrino(text);
  return parse.ok ? placesBelow(text, parse.tree) : [];
}

/** Puts a piece into a place. */
export function replaced(text: string, place: Place, piece: string): string {
  return text.slice(0, place.from) + piece + text.slice(place.to);
}

/** Numbers between 0 and 1 that are the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function placesBelow(text: string, node: ParserRuleContext): readonly Place[] {
  const kind = kindOf(node);
  const own = kind && node.start && node.stop && node.stop.stop >= node.start.start ? [placeAt(text, node, kind)] : [];
  return [...own, ...nodesIn(node).flatMap((child) => placesBelow(text, child))];
}

function placeAt(text: string, node: ParserRuleContext, kind: Place['kind']): Place {
  return { kind, from: unitOffset(text, node.start!.start), to: unitOffset(text, node.stop!.stop + 1) };
}

function kindOf(node: ParserRuleContext): Place['kind'] | undefined {
  if (node instanceof trino.TableNameContext) return 'table';
  if (node instanceof trino.ColumnReferenceContext || node instanceof trino.ColumnRefContext) return 'column';
  if (node instanceof trino.JoinColumnReferenceContext) return 'column';
  if (node instanceof trino.ExpressionContext || node instanceof trino.ValueExpressionContext) return 'expression';
  return undefined;
}
