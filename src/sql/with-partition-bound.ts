import type { ParserRuleContext } from 'antlr4ng';
import { OrContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { parseTrino } from './parse-trino.ts';
import type { Catalog } from './safe-sql.ts';
import type { Occurrence } from './scope.ts';
import { unitOffset } from './statement-end.ts';
import { statementKind } from './statement-kind.ts';
import type { Block, Walk } from './walk.ts';
import { walkStatement } from './walk-statement.ts';

/**
 * The text with every partitioned table bounded from `from` to `to` (both inclusive) where nothing bounds it yet: in its
 * WHERE, or in the ON of the outer join that makes it optional. Undefined where that cannot be said in one place, or the
 * text would not pass. The result is a new text, to be checked and shown before it runs.
 */
export function withPartitionBound(text: string, catalog: Catalog, from: string, to: string): string | undefined {
  const parse = parseTrino(text);
  const statement = parse.ok ? statementKind(parse.tree.statement()) : undefined;
  if (!statement || statement.kind === 'fault') return undefined;
  const { walk } = walkStatement(statement, catalog);
  const edits: Edit[] = [];
  for (const block of walk.blocks) {
    const own = editsOf(walk, block, `BETWEEN '${from}' AND '${to}'`);
    if (!own) return undefined;
    edits.push(...own);
  }
  if (walk.faults.length > 0 || edits.length === 0) return undefined;
  return edits
    .toSorted((one, other) => other.at - one.at || other.rank - one.rank)
    .reduce((edited, { at, piece }) => edited.slice(0, unitOffset(text, at)) + piece + edited.slice(unitOffset(text, at)), text);
}

/** A piece to put before the code point `at`; of two at one place the lower rank stands first. */
interface Edit {
  readonly at: number;
  readonly piece: string;
  readonly rank: number;
}

function editsOf(walk: Walk, { node, occurrences }: Block, range: string): readonly Edit[] | undefined {
  const open = occurrences.filter((one) => isOpen(walk, one));
  const edits: Edit[] = [];
  const kept = open.filter((one) => !walk.optional.has(one));
  for (const occurrence of open.filter((one) => walk.optional.has(one))) {
    const criteria = walk.optional.get(occurrence)!.joinCriteria();
    const condition = criteria?.booleanExpression() ?? criteria?.joinColumnEquality();
    if (!condition) return undefined;
    edits.push(...addedTo(condition, bound(occurrence, range)));
  }
  if (kept.length === 0) return edits;
  const added = kept.map((one) => bound(one, range)).join(' AND ');
  const where = node.whereClause()?.booleanExpression();
  if (where) return [...edits, ...addedTo(where, added)];
  const last = node.relation().at(-1)!;
  return [...edits, { at: last.stop!.stop + 1, piece: `\nWHERE ${added}`, rank: 1 }];
}

function isOpen(walk: Walk, occurrence: Occurrence): boolean {
  const [column] = occurrence.facts.partitionColumns;
  return column !== undefined && !walk.ranges.get(occurrence)?.has(column.toLowerCase());
}

function bound({ qualifier, facts }: Occurrence, range: string): string {
  return `${quoted(qualifier)}.${quoted(facts.partitionColumns[0]!)} ${range}`;
}

function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function addedTo(condition: ParserRuleContext, added: string): readonly Edit[] {
  const [from, to] = [condition.start!.start, condition.stop!.stop + 1];
  if (!(condition instanceof OrContext)) return [{ at: to, piece: ` AND ${added}`, rank: 0 }];
  return [
    { at: from, piece: '(', rank: 0 },
    { at: to, piece: `) AND ${added}`, rank: 0 },
  ];
}
