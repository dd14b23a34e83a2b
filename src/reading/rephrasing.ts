/** One turn of speech, and how the lexicon says it; `$x` stands for the words that were named so. */
export interface Rephrasing {
  readonly from: RegExp;
  readonly to: string;
}

/** A pattern over « words with a space around each », of whole words only; «§» is a path, «¤» quoted text. */
export function rule(source: string): RegExp {
  return new RegExp(`(?<= )${source}(?= )`, 'du');
}
