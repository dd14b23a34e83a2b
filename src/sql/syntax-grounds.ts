import type { Grounds } from './refusals.ts';
import type { SyntaxFault } from './syntax-fault.ts';
import { syntaxSentence } from './syntax-sentence.ts';
import { READ_VERBS, WRITE_VERBS } from './write-verbs.ts';

/** Turns the place where a text stops being Athena SQL into a refusal. */
export function syntaxGrounds(fault: SyntaxFault): Grounds {
  const { line, column, found } = fault;
  const name = found.length > 60 ? `${found.slice(0, 60)}…` : found;
  const place = { line, column, name };
  if (fault.code === 'too_deep') return { ...place, code: 'too_deep' };
  if (fault.code === 'too_many_tokens') return { ...place, code: 'too_many_words' };
  if (fault.code === 'several_statements') return { ...place, code: 'several_statements' };
  const sentence = syntaxSentence({ ...fault, found: name });
  const expected = fault.expected.slice(0, 12);
  return {
    ...place,
    code: 'syntax',
    facts: { sentence, found: name, expected, ...(fault.after ? { after: fault.after.slice(0, 60) } : {}) },
  };
}

/** Refuses a statement by its first word, where that word says that it does more than read. */
export function verbGrounds(text: string): Grounds | undefined {
  const { word, line, column } = firstWord(text);
  const verb = word.toUpperCase();
  const known = READ_VERBS.has(verb) ? undefined : WRITE_VERBS.get(verb);
  return known && { code: 'not_read_only', line, column, name: verb, facts: { ...known, verb } };
}

/** The first word after white space and comments, with its place. */
function firstWord(text: string): { readonly word: string; readonly line: number; readonly column: number } {
  const at = codeStart(text);
  const before = text.slice(0, at).split('\n');
  const word = /^[A-Za-z_]+/.exec(text.slice(at, at + 40))?.[0] ?? '';
  return { word, line: before.length, column: [...before.at(-1)!].length + 1 };
}

/** The index of the first character that is neither white space nor comment. */
export function codeStart(text: string): number {
  let at = 0;
  for (;;) {
    if (/\s/.test(text.charAt(at)) && at < text.length) at++;
    else if (text.startsWith('--', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at) && text.indexOf('*/', at + 2) >= 0) at = text.indexOf('*/', at + 2) + 2;
    else return at;
  }
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
