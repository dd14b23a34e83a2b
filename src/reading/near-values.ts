import distance from 'damerau-levenshtein';
import { plain, wordsOf } from './word-forms.ts';
import type { Words } from './words.ts';

/** Values of a dimension that hold the words or are spelled nearly so, nearest first, at most four. */
export function nearValues(dimension: string, text: string, words: Words): string[] {
  const parts = wordsOf(text);
  const holding = parts.every((p) => p.length >= 3) && parts.length > 0 ? words.learned.holding(dimension, parts) : [];
  const typed = plain(text.replace(/[\s_-]+/gu, ''));
  const close = words.learned
    .holding(dimension, [])
    .map((value) => ({ value, steps: distance(plain(value.replace(/[\s_-]+/gu, '')).slice(0, 40), typed.slice(0, 40)).steps }))
    .filter((x) => x.steps <= Math.max(1, Math.floor(typed.length / 4)))
    .sort((a, b) => a.steps - b.steps)
    .map((x) => x.value);
  return [...new Set([...holding.slice(0, 4), ...close.slice(0, 4)])].slice(0, 4);
}
