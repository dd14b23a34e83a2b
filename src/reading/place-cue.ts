import { wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** What the neighbours of a word are. */
interface Company {
  isName(at: number): boolean;
  isMeasure(at: number): boolean;
  isCountry(at: number): boolean;
}

/**
 * True if a word that is a name and an everyday word too («us», «nice», «next») stands where only a name can: after «in» or
 * «vs», before «customers», beside another name. «visited us» and «show us» are plain English.
 */
export function standsAsName(tokens: readonly Token[], at: number, company: Company): boolean {
  const [before, next] = [wordAt(tokens, at - 1), wordAt(tokens, at + 1)];
  if (versus.test(next) || versus.test(before)) return true;
  if (before === 'from') return !tokens.slice(Math.max(0, at - 4), at).some((t) => gotFrom.test(t.text));
  if (leadsName.test(before)) return true;
  if (isLink(before) && company.isName(at - 2)) return true;
  // «bigger for us, dogs or cats»
  const isOurs = wordAt(tokens, at) === 'us' && next === ',' && !company.isCountry(at + 2);
  if (isLink(next) && company.isName(at + 2) && !isOurs) return true;
  const opens = at === 0 || opensNoun.test(before);
  if (opens && (nouns.test(next) || company.isMeasure(at + 1))) return true;
  return company.isMeasure(at - 1) && !verbs.test(before) && !company.isMeasure(at + 1);
}

/** True where a code of two letters is what the whole is cut down to: «only au», «nz only», «without de». */
export function standsAsLimit(tokens: readonly Token[], at: number): boolean {
  const [before, next] = [wordAt(tokens, at - 1), tokens[at + 1]?.text ?? ''];
  const ends = next === '' || /^[,.?!;]$/u.test(next);
  return (/^(?:only|just|solely|without|excl)$/u.test(before) && ends) || next === 'only';
}

function isLink(word: string): boolean {
  return /^(?:and|or|,|\/|&|\+)$/u.test(word);
}

const versus = /^(?:vs|versus|v)$/u;
const leadsName = /^(?:in|within|across|outside|excluding|exclude|except|non|country|brand|city|the|=)$/u;
const gotFrom = /^(?:buy|buys|bought|buying|order|ordered|purchase|purchased|get|got|hear|heard|shop|shopped)$/u;
const opensNoun =
  /^(?:many|much|of|for|by|compare|top|best|worst|average|avg|total|new|returning|all|our|mobile|desktop|is|are|did|do|does|how|what|per|only|among|,)$/u;
const nouns = /^(?:market|customers?|users?|visitors?|shoppers?|buyers?|sessions?|traffic|visits|store|shop|site)$/u;
const verbs = /^(?:visits?|searches|leaves?|exits?|converts?|buys?|shipping)$/u;
