import { stemmer } from 'stemmer';

/** A phrase as one key: lower case, without accents, spaces, hyphens and underscores («add-to-cart» = «addtocart»). */
export function keyOf(words: readonly string[]): string {
  return words.map(plain).join('');
}

/** The same with each word by its stem, so that «conversions» and «conversion» meet. */
export function stemKeyOf(words: readonly string[]): string {
  return words.map((w) => stemOf(plain(w))).join('·');
}

/** Lower case without accents, apostrophes and the possessive s: «Köln’s» → «koln». */
export function plain(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđ]/gu, (c) => unfolded[c]!)
    .replace(/(?<!^(?:what|how|who|where|when|that|it|let|there|here))['’]s$/u, '')
    .replace(/['’]/gu, '');
}

// Letters that are no base letter with a mark.
const unfolded: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' };

/** Words of up to four letters lose only a plural s; longer ones are cut by Porter's rules. */
export function stemOf(word: string): string {
  if (/[^a-z]/u.test(word) || word.length < 4) return word;
  return word.length === 4 ? word.replace(/(?<!s)s$/u, '') : longStem(word);
}

/** The words of a phrase that the glossary or the data hold, cut where the tokeniser would cut. */
export function wordsOf(phrase: string): string[] {
  return (
    phrase.normalize('NFKC').match(/\d+(?:\.\d+)?|\p{L}[\p{L}\p{M}\p{N}]*(?:['’](?=\p{L})[\p{L}\p{M}]+)*|[%€$£/]/gu) ?? []
  ).map((w) => plain(w));
}

// Porter makes «us» of «using» and «new» of «news»: a stem too short to be sure of is not taken.
function longStem(word: string): string {
  const stem = stemmer(word);
  return stem.length >= 4 ? stem : word.replace(/(?<!s)s$/u, '');
}
