import { IdentifierContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import nodeSqlParser from 'node-sql-parser/build/trino.js';
import { nameOf } from './names.ts';
import type { Grounds } from './refusals.ts';
import { tableFault } from './table-fault.ts';
import type { Walk } from './walk.ts';

/** Longer texts are left to the first reader: this one takes seconds for some. */
const MAX_LENGTH = 20_000;

/**
 * Lets node-sql-parser read the same text, independently: where it can read it at all, it may veto, never permit. It has
 * found nothing on the public corpora that the walk had not; it is there for the day when a new grammar misleads the walk.
 */
export function secondReaderFault(text: string, walk: Walk): Grounds | undefined {
  const read = text.length > MAX_LENGTH ? undefined : secondReading(text);
  if (!read) return undefined;
  if (read.statements > 1) return veto('the number of statements');
  for (const entry of read.tables) {
    const [type = '', database = 'null', table = ''] = entry.toLowerCase().split('::');
    if (type !== 'select') return veto(type);
    if (walk.madeNames.has(table)) continue;
    if (tableFault(walk.allowed, database === 'null' ? [table] : [...database.split('.'), table])) return veto(table);
  }
  for (const entry of read.columns) {
    const column = entry.toLowerCase().split('::').at(-1) ?? '';
    if (walk.allowed.isBlockedEverywhere(column) && !walk.madeNames.has(column) && isName(walk, column)) return veto(column);
  }
  return undefined;
}

/** It takes a text in single quotes for a column, so the word must stand somewhere as a name. */
function isName(walk: Walk, word: string): boolean {
  return [...walk.claimed].some((node) => node instanceof IdentifierContext && nameOf(node) === word);
}

interface Reading {
  readonly statements: number;
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}

function secondReading(text: string): Reading | undefined {
  try {
    const { ast, tableList, columnList } = new nodeSqlParser.Parser().parse(text, { database: 'trino' });
    return { statements: Array.isArray(ast) ? ast.length : 1, tables: tableList, columns: columnList };
  } catch {
    // It cannot read a third of what Athena takes.
    return undefined;
  }
}

function veto(name: string): Grounds {
  return { code: 'second_reader', name };
}
