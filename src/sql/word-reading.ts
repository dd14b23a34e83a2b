import { tableFault } from './table-fault.ts';
import type { Walk } from './walk.ts';

/**
 * Reads a statement word by word, with no grammar and nothing of the first reader's but the names that the statement makes:
 * true where each word is accounted for, so that none can be a table that may not be read, a closed column or a second
 * statement. False means only that this cannot be told without a grammar.
 */
export function isAccountedFor(text: string, walk: Walk): boolean {
  const words = wordsOf(text);
  const known = knownNames(walk);
  // For each open parenthesis: whether it stands in a FROM list, where a comma begins another table.
  const lists = [false];
  let table = false;
  for (let at = 0; words && at < words.length; at++) {
    const word = words[at]!;
    if (word === ';') return false;
    if (word === '(') lists.push(table);
    else if (word === ')') {
      lists.pop();
      table = false;
    } else if (word === ',') table = lists.at(-1) === true;
    else if (isName(word)) {
      const chain = chainAt(words, at);
      const called = words[at + chain.length * 2 - 1] === '(';
      if (chain.some((part) => isClosed(walk, part))) return false;
      if (!(table ? mayBeTable(walk, chain, word) : mayBeWord(known, chain, word, called))) return false;
      at += chain.length * 2 - 2;
      if (OPENS_LIST.has(word.toUpperCase())) lists[lists.length - 1] = true;
      else if (ENDS_LIST.has(word.toUpperCase())) lists[lists.length - 1] = false;
      table = OPENS_LIST.has(word.toUpperCase()) || word.toUpperCase() === 'TABLE';
    } else table = false;
  }
  return words !== undefined;
}

/** Every word of a text that stands there as a name, in lower case; every word at all where it cannot be read word by word. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set((wordsOf(text) ?? text.match(/\w+/g) ?? []).filter(isName).map(plain));
}

const WORD =
  /\s+|--[^\r\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|("(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[()[\],.;=<>!+\-*/%|:?{}^$])/y;

/** The words, names and signs of a text without its comments, spaces and texts; undefined where it has anything else. */
function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  WORD.lastIndex = 0;
  for (let at = 0; at < text.length; at = WORD.lastIndex) {
    const found = WORD.exec(text);
    if (!found) return undefined;
    if (found[1] !== undefined) words.push(found[1]);
  }
  return words;
}

function isName(word: string): boolean {
  return /^["A-Za-z_]/.test(word);
}

/** `a.b.c` as its parts, in lower case. */
function chainAt(words: readonly string[], from: number): readonly string[] {
  const parts = [plain(words[from]!)];
  for (let at = from + 1; words[at] === '.' && isName(words[at + 1] ?? ''); at += 2) parts.push(plain(words[at + 1]!));
  return parts;
}

function plain(word: string): string {
  return (word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word).toLowerCase();
}

function isClosed(walk: Walk, name: string): boolean {
  return walk.allowed.isBlockedEverywhere(name) && !walk.madeNames.has(name);
}

function mayBeTable(walk: Walk, chain: readonly string[], word: string): boolean {
  if (chain.length === 1 && (walk.madeNames.has(chain[0]!) || AS_TABLE.has(word.toUpperCase()))) return true;
  return chain.length <= 3 && tableFault(walk.allowed, chain) === undefined;
}

function mayBeWord(known: ReadonlySet<string>, chain: readonly string[], word: string, called: boolean): boolean {
  return known.has(chain[0]!) || (chain.length === 1 && (called || KEYWORDS.has(word.toUpperCase())));
}

/** Names that the statement makes, the columns of its tables, and what can qualify them. */
function knownNames(walk: Walk): ReadonlySet<string> {
  const names = new Set(walk.madeNames);
  for (const table of walk.tables) {
    for (const { name } of walk.allowed.find(table)?.columns ?? []) names.add(name.toLowerCase());
    for (const part of table.split('.')) names.add(part);
  }
  return names.add(walk.allowed.defaultCatalog);
}

const OPENS_LIST = new Set(['FROM', 'JOIN']);
const ENDS_LIST = new Set(['SELECT', 'WHERE', 'GROUP', 'HAVING', 'ORDER', 'LIMIT', 'UNION', 'INTERSECT', 'EXCEPT', 'WITH']);
const AS_TABLE = new Set(['SELECT', 'WITH', 'VALUES', 'UNNEST', 'LATERAL', 'JSON_TABLE']);

/** The words of statements that read, and of types and units; any other word must be a name that is known. */
const KEYWORDS: ReadonlySet<string> = new Set(
  `ALL AND ANY ARRAY AS ASC AT BERNOULLI BETWEEN BIGINT BOOLEAN BY CASE CAST CHAR CROSS CUBE CURRENT CURRENT_DATE CURRENT_TIMESTAMP DATE DAY
  DECIMAL DESC DISTINCT DOUBLE ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FALSE FETCH FILTER FIRST FOLLOWING FROM FULL GROUP GROUPING HAVING HOUR
  IGNORE IN INNER INT INTEGER INTERSECT INTERVAL IS JOIN JSON LAST LATERAL LEFT LIKE LIMIT LOCALTIMESTAMP MAP MINUTE MONTH NEXT NOT NULL NULLS
  OFFSET ON ONLY OR ORDER ORDINALITY OUTER OVER PARTITION PRECEDING RANGE REAL RECURSIVE RESPECT RIGHT ROLLUP ROW ROWS SECOND SELECT SETS
  SMALLINT SOME SYSTEM TABLESAMPLE THEN TIES TIME TIMESTAMP TINYINT TO TRUE UNBOUNDED UNION UNNEST USING VALUES VARBINARY VARCHAR WEEK WHEN
  WHERE WINDOW WITH WITHIN YEAR ZONE`.split(/\s+/),
);
