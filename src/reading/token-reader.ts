import { numberWords } from './calendar-words.ts';
import type { Token } from './tokenise.ts';

/** What a small parser found: its result and the position after it. */
export interface Found<T> {
  readonly value: T;
  readonly to: number;
}

/** The word at a position, or '' past the end and at quoted text. */
export function wordAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token && token.kind !== 'quoted' && token.kind !== 'path' ? token.text : '';
}

/** The position after the first of these phrases that stands at `at`, else undefined; longest phrases first by the caller. */
export function after(tokens: readonly Token[], at: number, ...phrases: readonly string[]): number | undefined {
  const first = wordAt(tokens, at);
  if (first === '') return undefined;
  for (const phrase of phrases) {
    if (!phrase.startsWith(first)) continue;
    const words = phrase.split(' ');
    if (words.every((w, i) => wordAt(tokens, at + i) === w)) return at + words.length;
  }
  return undefined;
}

/** A whole number in digits or in words. */
export function numberAt(tokens: readonly Token[], at: number): Found<number> | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  if (token.kind === 'number' && Number.isInteger(token.value)) return { value: token.value!, to: at + 1 };
  const word = wordAt(tokens, at);
  if (word === 'a' && wordAt(tokens, at + 1) === 'couple') {
    return { value: 2, to: wordAt(tokens, at + 2) === 'of' ? at + 3 : at + 2 };
  }
  const value = Object.hasOwn(numberWords, word) ? numberWords[word] : undefined;
  if (value === undefined) return undefined;
  return { value, to: wordAt(tokens, at + 1) === 'of' && word === 'couple' ? at + 2 : at + 1 };
}

/** Looks a word up in a table without falling for `constructor`. */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
