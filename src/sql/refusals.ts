import type { GuardRefusal } from './safe-sql.ts';

/** Every reason that the guard can give. */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The closed list of reasons; `words.ts` and the documentation are held to it. */
export const REFUSAL_CODES = [
  'text_empty',
  'text_too_long',
  'control_character',
  'syntax',
  'too_deep',
  'too_many_words',
  'several_statements',
  'not_read_only',
  'own_function',
  'explain_only_queries',
  'lists_all',
  'table_not_allowed',
  'other_catalog',
  'system_table',
  'column_not_allowed',
  'unknown_column',
  'function_not_allowed',
  'table_function',
  'natural_join',
  'parameter',
  'not_understood',
  'second_reader',
  'time_out',
] as const;

/** What a sentence is made of: the fault's name as written, and its facts. */
export interface Grounds {
  readonly code: RefusalCode;
  readonly line?: number;
  readonly column?: number;
  readonly name: string;
  readonly facts?: GuardRefusal['facts'];
}

/** Says in one or two plain sentences what is wrong, where, and what to do. */
export function refusalSentence(grounds: Grounds): string {
  const place = grounds.line === undefined ? '' : `Line ${grounds.line}, column ${grounds.column}: `;
  return place + SENTENCES[grounds.code](grounds.name, grounds.facts ?? {});
}

/** Puts several faults into one message: each with its place, the first five at most. */
export function refusalMessage(faults: readonly Grounds[]): string {
  if (faults.length === 1) return refusalSentence(faults[0]!);
  const shown = faults.slice(0, 5).map(refusalSentence);
  const rest = faults.length - shown.length;
  return [`${capital(count(faults.length))} things stop this.`, ...shown, ...(rest > 0 ? [`And ${count(rest)} more.`] : [])].join(
    ' ',
  );
}

type Facts = GuardRefusal['facts'];

const SENTENCES: Readonly<Record<RefusalCode, (name: string, facts: Facts) => string>> = {
  text_empty: () => 'There is no SQL here. Write one statement, for example SELECT count(*) FROM events.',
  text_too_long: (_, facts) =>
    `This SQL is ${grouped(facts.bytes)} bytes long, and Athena takes at most 262,144. Shorten its longest list.`,
  control_character: (name) => `here is an invisible character (${name}). Delete it, or type the line again.`,
  syntax: (_, facts) => String(facts.sentence ?? 'this is not Athena SQL.'),
  too_deep: () => 'this nests more than 24 levels deep. Move the inner parts into WITH queries.',
  too_many_words: () => 'this SQL has more than 20,000 words and signs. Shorten its longest list, or join a table instead.',
  several_statements: (name) => `a second statement begins here with ${name}. Send one statement at a time.`,
  not_read_only: (name, facts) =>
    facts.deed
      ? [`${name} ${facts.deed}, and I only read.`, facts.instead ?? ''].join(' ').trim()
      : `${name} is not a statement that I run. I take SELECT, WITH, VALUES, SHOW TABLES, SHOW COLUMNS, DESCRIBE and EXPLAIN.`,
  own_function: () => 'WITH FUNCTION defines a function of your own, and I run none. Write the expression where you need it.',
  explain_only_queries: (name) => `EXPLAIN works here for a query only. Send ${name} without EXPLAIN.`,
  lists_all: (name, facts) => `${name} would name what is not mine to show. ${tablesSentence(facts)}`,
  table_not_allowed: (name, facts) => `${name} is not a table I may read.${didYouMean(facts)} ${tablesSentence(facts)}`.trim(),
  other_catalog: (name) => `${name} is in another catalog, and I read only my own. Leave the catalog out.`,
  system_table: (name) => `${name} is a system table, and I read only the shop’s tables. DESCRIBE a table to see its columns.`,
  column_not_allowed: closedColumn,
  unknown_column: unknownColumn,
  function_not_allowed: (name) =>
    `${name} is a function of another schema. Use Athena’s own functions, which have no dot in their name.`,
  table_function: (name) =>
    `TABLE(${name}(…)) is a table function, and I run none of them. Use UNNEST(sequence(…)) to make rows.`,
  natural_join: () => 'NATURAL JOIN picks the columns by itself. Name them with ON or USING.',
  parameter: () => 'a question mark stands for a value that nobody gave. Write the value itself.',
  not_understood: (name) => `I cannot tell what ${name} stands for here, so I do not run it. Write this part in a simpler way.`,
  second_reader: (name) =>
    `two readers of this SQL disagree about ${name}, so I do not run it. Write this part in a simpler way.`,
  time_out: () => 'Reading this SQL took too long, so I stopped. Make it shorter or less deeply nested.',
};

function closedColumn(name: string, facts: Facts): string {
  const names = list(facts.names);
  if (facts.star)
    return `${name} would also read ${names.join(', ')}, which ${names.length > 1 ? 'are' : 'is'} closed. Name the columns that you need.`;
  if (facts.list)
    return `${name} gives new names by position over a table with a closed column (${names.join(', ')}). Name the columns in a SELECT instead.`;
  return `${name} is closed. Leave it out, also from filters and counts.`;
}

function unknownColumn(name: string, facts: Facts): string {
  const known = list(facts.known);
  if (facts.alias)
    return `${name} is a name that you gave in SELECT, and Athena does not see it here. Repeat the expression, or use a WITH query.`;
  if (facts.table)
    return `${name} is a table here, not a column. Name one of its columns, such as ${name}.${known[0] ?? 'column'}.`;
  if (facts.text) return `there is no column "${facts.text}" here. A text stands in single quotes: '${facts.text}'.`;
  const columns = known.length > 0 && known.length <= 12 ? ` I see ${known.join(', ')} here.` : '';
  return `there is no column ${name} here.${didYouMean(facts) || columns}`;
}

function tablesSentence(facts: Facts): string {
  const tables = list(facts.tables);
  return tables.length > 0 ? `I read ${tables.slice(0, 20).join(', ')}.` : '';
}

function didYouMean(facts: Facts): string {
  return facts.suggestion ? ` Did you mean ${facts.suggestion}?` : '';
}

function list(value: Facts[string] | undefined): readonly string[] {
  return typeof value === 'object' ? value : [];
}

function grouped(value: Facts[string] | undefined): string {
  return Number(value).toLocaleString('en-US');
}

function count(value: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][value] ?? String(value);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
