import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Reading } from '../glossary/reading.ts';
import { nothingAsked } from './ask-back.ts';
import { asksToAct } from './asks-to-act.ts';
import type { Token } from './tokenise.ts';

/** Longer is no question: 120 words or 1,200 characters. */
const longestWords = 120;
const longestText = 1200;

/** Texts that end before any word is looked up: nothing in it, a whole document, SQL, a deed. */
export function earlyEnd(text: string, tokens: readonly Token[], glossary: Glossary): Reading | undefined {
  if (!tokens.some((t) => t.kind !== 'sign')) return nothingAsked(glossary);
  if (isSql(tokens)) return { kind: 'decline', reason: 'sql', subject: 'SQL in a question' };
  if (tokens.length > longestWords || text.length > longestText) {
    return { kind: 'decline', reason: 'too_long', subject: `a question of ${tokens.length} words` };
  }
  const act = asksToAct(tokens);
  return act !== undefined && 'write' in glossary.reasons ? { kind: 'decline', reason: 'write', subject: act } : undefined;
}

/** A SELECT as engineers write it; a write begins with a word that the glossary declines by name. */
function isSql(tokens: readonly Token[]): boolean {
  const words = tokens.map((t) => t.text);
  if ((words[0] !== 'select' && words[0] !== 'with') || !words.includes('from') || !words.includes('select')) return false;
  return words.some((w) => /^(?:\*|where|group|as|limit|join|count|sum|;|\()$/u.test(w)) || words.length < 8;
}
