import { format } from 'sql-formatter';

/** Lays out a statement for reading, in Trino's dialect; gives back the text as it is where it cannot be laid out. */
export function formatSql(text: string): string {
  try {
    return format(text, { language: 'trino', keywordCase: 'upper', tabWidth: 2, linesBetweenQueries: 1 });
  } catch {
    // Only the look is at stake: a text that the formatter cannot read stays as it was written.
    return text;
  }
}
