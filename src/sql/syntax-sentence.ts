import type { SyntaxFault } from './syntax-fault.ts';
import { unicodeName } from './text-gate.ts';

/** Says what is wrong at the place where a text stops being Athena SQL, in words that begin after «Line 4, column 7: ». */
export function syntaxSentence(fault: SyntaxFault): string {
  switch (fault.code) {
    case 'unclosed_quote':
      return `the quote ${fault.found} that opens here is never closed.`;
    case 'unknown_character':
      return characterSentence(fault.found);
    case 'backquote':
      return `Athena has no backquotes here. Write ${fault.found.replaceAll('`', '"')}, or leave the quotes out.`;
    case 'digit_name':
      return `${fault.found} begins with a digit. Put it in double quotes if it is a name: "${fault.found}".`;
    case 'empty_name':
      return 'a name in double quotes cannot be empty. A text stands in single quotes.';
    default:
      return habitSentence(fault) ?? plainSentence(fault);
  }
}

function characterSentence(found: string): string {
  const straight = STRAIGHT[found];
  if (straight) return `${found} is a typographic quote. Write ${straight} instead.`;
  if (found.trim() === '') return `here is a space that is none (${unicodeName(found)}). Type a plain space.`;
  return `Athena does not know the character ${found}. In a text it would stand in single quotes.`;
}

const STRAIGHT: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '´': "'",
  '«': '"',
  '»': '"',
};

/** Words and signs of other dialects, and what Athena has instead. */
function habitSentence({ found, after = '', expected }: SyntaxFault): string | undefined {
  const word = found.toUpperCase();
  if (found === '=' && after === '=') return 'Athena compares with one =, not with two.';
  if (found === ':' && !expected.includes(':')) return 'Athena has no :: for casts. Write CAST(x AS type).';
  if (word === 'OFFSET' && /^\d+$/.test(after)) return 'in Athena OFFSET stands before LIMIT. Write OFFSET 20 LIMIT 10.';
  if (found === ',' && /^\d+$/.test(after) && !expected.includes(','))
    return 'here is a comma too many. For LIMIT 20, 10 write OFFSET 20 LIMIT 10.';
  if (after === ',' && CLAUSES.has(word)) return `there is a comma too many before ${word}.`;
  if (found === ')' && after === ',') return 'there is a comma too many before the closing parenthesis.';
  return HABITS.get(word);
}

const CLAUSES = new Set(['FROM', 'WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'UNION', 'SELECT']);

const HABITS: ReadonlyMap<string, string> = new Map([
  ['ILIKE', 'Athena has no ILIKE. Write lower(x) LIKE lower(pattern).'],
  ['RLIKE', 'Athena has no RLIKE. Write regexp_like(x, pattern).'],
  ['REGEXP', 'Athena has no REGEXP. Write regexp_like(x, pattern).'],
  ['QUALIFY', 'Athena has no QUALIFY. Put the window function into a WITH query and filter it with WHERE.'],
  ['TOP', 'Athena has no TOP. Write LIMIT at the end.'],
  ['PIVOT', 'Athena has no PIVOT. Write sum(CASE WHEN … THEN … END) for each column.'],
  ['UNPIVOT', 'Athena has no UNPIVOT. Write CROSS JOIN UNNEST(ARRAY[…]).'],
  ['EXPLODE', 'Athena has no EXPLODE. Write CROSS JOIN UNNEST(…) AS t(x).'],
  ['DIV', 'Athena has no DIV. Whole numbers divide with /.'],
  ['SEPARATOR', "Athena has no SEPARATOR. Write array_join(array_agg(x), ', ')."],
]);

function plainSentence({ found, after, expected }: SyntaxFault): string {
  const here = found === '' ? 'the statement ends' : found;
  const only = expected.length > 0 && expected.length <= 4 ? either(expected) : undefined;
  if (found === '' && only) return `the statement ends here, but ${only} is missing${after ? ` after ${after}` : ''}.`;
  if (only && after) return `${only} is missing after ${after}.`;
  if (only) return `${only} should stand here, not ${here}.`;
  if (found === '') return `the statement ends here, in the middle of something${after ? `: more must follow ${after}` : ''}.`;
  if (found === ')')
    return `a closing parenthesis does not fit here${after ? `, after ${after}` : ''}. Something is missing before it, or it is one too many.`;
  return after ? `${found} cannot follow ${after} here.` : `a statement cannot begin with ${found}. Begin with SELECT or WITH.`;
}

function either(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
