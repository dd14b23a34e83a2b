import type { ParserRuleContext } from 'antlr4ng';
import type { IdentifierContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { QuotedIdentifierContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';

/** A place in the text, 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The name as Athena compares it: in lower case, quoted or not, with doubled quotes undone. */
export function nameOf(identifier: IdentifierContext): string {
  return writtenName(identifier).toLowerCase();
}

/** The name as it was written, without its quotes. */
export function writtenName(identifier: IdentifierContext): string {
  const text = identifier.getText();
  return identifier instanceof QuotedIdentifierContext ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Where a piece of the statement begins. */
export function placeOf(node: ParserRuleContext): Place {
  const token = node.start;
  return { line: token?.line ?? 1, column: (token?.column ?? 0) + 1 };
}
