import nodeSqlParser from 'node-sql-parser/build/trino.js';
import type { Grounds } from './refusals.ts';
import { tableFault } from './table-fault.ts';
import type { Walk } from './walk.ts';
import { isAccountedFor, namesIn } from './word-reading.ts';

/** Longer texts are left to the first reader: this one takes seconds for some. */
const MAX_LENGTH = 20_000;

/**
 * Reads the same text a second time, independently, to veto, never to permit: there for the day when a new grammar misleads
 * the walk. First word by word, which takes a twentieth of the time; where that leaves a word open, node-sql-parser is asked,
 * as far as it can read the text at all. On the public corpora neither found anything that the walk had not.
 */
export function secondReaderFault(text: string, walk: Walk): Grounds | undefined {
  return isAccountedFor(text, walk) ? undefined : parserFault(text, walk);
}

/** What node-sql-parser has against a text, if it can read it. */
export function parserFault(text: string, walk: Walk): Grounds | undefined {
  const read = text.length > MAX_LENGTH ? undefined : secondReading(text);
  if (!read) return undefined;
  if (read.statements > 1) return veto('the number of statements');
  for (const entry of read.tables) {
    const [type = '', database = 'null', table = ''] = entry.toLowerCase().split('::');
    if (type !== 'select') return veto(type);
    if (walk.madeNames.has(table)) continue;
    if (tableFault(walk.allowed, database === 'null' ? [table] : [...database.split('.'), table])) return veto(table);
  }
  // It takes a text in single quotes for a column, so the word must stand somewhere as a name.
  const names = namesIn(text);
  for (const entry of read.columns) {
    const column = entry.toLowerCase().split('::').at(-1) ?? '';
    if (walk.allowed.isBlockedEverywhere(column) && !walk.madeNames.has(column) && names.has(column)) return veto(column);
  }
  return undefined;
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
