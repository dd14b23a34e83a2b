import { readFileSync } from 'node:fs';
import { stemOf } from './word-forms.ts';

/**
 * True if a word of five letters or more is usual English in any of its forms («saves», «tables», «unfinished»): what a person
 * can mean by it is no slip of another word. The stems are those of SCOWL's words up to size 35, with its nouns in -ion whole (`english/LICENSE-scowl.txt`).
 */
export function isEnglish(word: string): boolean {
  // «convertion» has the stem of «convert»: such nouns are listed whole.
  return word.length >= 5 && stems.has(/ions?$/u.test(word) ? word.replace(/s$/u, '') : stemOf(word));
}

const stems: ReadonlySet<string> = new Set(readFileSync(new URL('./english/stems.txt', import.meta.url), 'utf8').split('\n'));
