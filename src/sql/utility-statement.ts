import { allowedTables } from './allowed-tables.ts';
import type { Grounds } from './refusals.ts';
import type { Catalog } from './safe-sql.ts';
import { codeStart } from './syntax-grounds.ts';
import { tableFault, tableName } from './table-fault.ts';

/** One of Athena's own statements that Trino's grammar does not have, with the names in it. */
export interface UtilityStatement {
  readonly kind: 'show' | 'describe';
  /** Without a trailing semicolon. */
  readonly text: string;
  readonly table?: readonly string[];
  readonly database?: string;
  /** A column whose statistics it shows. */
  readonly column?: string;
  /** True for the list of all databases. */
  readonly listsAll?: boolean;
  /** Where its table or database stands in the text as it was sent. */
  readonly offset: number;
}

/** Reads one of Athena's SHOW and DESCRIBE forms: patterns from end to end, without comments. */
export function utilityStatement(text: string): UtilityStatement | undefined {
  const start = codeStart(text);
  if (!/^(show|desc)/i.test(text.slice(start, start + 4)) || text.length - start > 2000) return undefined;
  const statement = text.slice(start).replace(/;?\s*$/, '');
  for (const [pattern, kind, listsAll] of PATTERNS) {
    const match = pattern.exec(statement);
    if (!match) continue;
    const { table, database, column } = match.groups ?? {};
    const parts = [...(database && table ? [database] : []), ...(table ? splitName(table) : [])];
    return {
      kind,
      text: statement,
      ...(table ? { table: parts.map(unquoted) } : {}),
      ...(database && !table ? { database: unquoted(database) } : {}),
      ...(column ? { column: unquoted(splitName(column)[0]!) } : {}),
      ...(listsAll ? { listsAll } : {}),
      offset: start + Math.max(0, statement.indexOf(table ?? database ?? '', statement.search(/\s/))),
    };
  }
  return undefined;
}

const NAME = '(?:[a-z_][a-z0-9_]*|"(?:[^"]|"")+")';
const TABLE = `(?<table>${NAME}(?:\\s*\\.\\s*${NAME})?)`;
const DATABASE = `(?<database>${NAME})`;
const STRING = "'(?:[^']|'')*'";
const VALUE = `(?:${STRING}|-?\\d+(?:\\.\\d+)?)`;
const PARTITION = `\\(\\s*${NAME}\\s*=\\s*${VALUE}(?:\\s*,\\s*${NAME}\\s*=\\s*${VALUE})*\\s*\\)`;
const COLUMN = `(?<column>${NAME}(?:\\s*\\.\\s*${NAME})*)`;

const PATTERNS: readonly (readonly [RegExp, 'show' | 'describe', boolean])[] = [
  [form(`show\\s+partitions\\s+${TABLE}`), 'show', false],
  [form(`show\\s+tblproperties\\s+${TABLE}(?:\\s*\\(\\s*${STRING}\\s*\\))?`), 'show', false],
  [form(`show\\s+views(?:\\s+in\\s+${DATABASE})?(?:\\s+like\\s+${STRING})?`), 'show', false],
  [form(`show\\s+(?:databases|schemas)(?:\\s+(?:like\\s+)?${STRING})?`), 'show', true],
  [form(`show\\s+tables(?:\\s+in\\s+${DATABASE})?\\s+${STRING}`), 'show', false],
  [form(`show\\s+columns\\s+(?:from|in)\\s+(?<table>${NAME})\\s+(?:from|in)\\s+${DATABASE}`), 'show', false],
  [
    form(`desc(?:ribe)?\\s+(?:formatted|extended)\\s+${TABLE}(?:\\s+partition\\s*${PARTITION})?(?:\\s+${COLUMN})?`),
    'describe',
    false,
  ],
  [form(`desc(?:ribe)?\\s+${TABLE}\\s+partition\\s*${PARTITION}(?:\\s+${COLUMN})?`), 'describe', false],
  [form(`desc(?:ribe)?\\s+(?!input\\b|output\\b)${TABLE}\\s+${COLUMN}`), 'describe', false],
];

function form(pattern: string): RegExp {
  return new RegExp(`^\\s*${pattern}\\s*$`, 'i');
}

/** Holds such a statement to the catalog: its table must be one of the allowed, its database must hold one of them. */
export function utilityFault(text: string, statement: UtilityStatement, catalog: Catalog): Grounds | undefined {
  const allowed = allowedTables(catalog);
  const place = placeAt(text, statement.offset);
  const facts = { tables: allowed.names };
  if (statement.listsAll) return { ...place, code: 'lists_all', name: 'This list', facts };
  const { table, database, column } = statement;
  if (database !== undefined && !allowed.hasDatabase(database))
    return { ...place, code: database === 'information_schema' ? 'system_table' : 'table_not_allowed', name: database, facts };
  if (!table) return undefined;
  const code = tableFault(allowed, table);
  if (code) return { ...place, code, name: table.join('.'), facts };
  const blocked = column !== undefined && allowed.isBlocked(tableName(allowed, table), column);
  return blocked ? { ...place, code: 'column_not_allowed', name: column, facts: { names: [column] } } : undefined;
}

/** The allowed table that such a statement names, qualified. */
export function utilityTables({ table }: UtilityStatement, catalog: Catalog): readonly string[] {
  return table ? [tableName(allowedTables(catalog), table)] : [];
}

/**
 * `EXPLAIN ANALYZE (FORMAT JSON) SELECT …` is Athena's; Trino's grammar has no options there. Blanks stand in for them, so
 * that every place in the text stays what it is.
 */
export function withoutAnalyzeOptions(text: string): string {
  const code = codeStart(text);
  const found = /^explain\s+analyze\s*(\(\s*format\s+(?:json|text)\s*\))/i.exec(text.slice(code, code + 200));
  if (!found) return text;
  const end = code + found[0].length;
  const start = end - found[1]!.length;
  return text.slice(0, start) + found[1]!.replace(/\S/g, ' ') + text.slice(end);
}

function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: [...before.at(-1)!].length + 1 };
}

function splitName(name: string): readonly string[] {
  return name.match(new RegExp(NAME, 'gi')) ?? [];
}

function unquoted(name: string): string {
  return (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name).toLowerCase();
}
