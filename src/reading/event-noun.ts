import { spanWords } from './look-up.ts';
import type { Sense } from './meaning.ts';
import type { Found } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { keyOf } from './word-forms.ts';
import type { Words } from './words.ts';

/** «sign ups», «logins», «form submits»: the plural of an event's name, where the glossary has no measure called so. */
export function eventNoun(tokens: readonly Token[], at: number, words: Words): Found<Sense> | undefined {
  for (let to = Math.min(tokens.length, at + 3); to > at; to--) {
    const texts = spanWords(tokens, at, to);
    const last = texts?.at(-1) ?? '';
    if (!texts || !last.endsWith('s') || last.length < 3 || words.lexicon.exact.has(keyOf(texts))) continue;
    const name = words.learned.of('event_name', keyOf([...texts.slice(0, -1), last.slice(0, -1)]));
    if (name !== undefined)
      return { value: { type: 'filter', filter: { dimension: 'event_name', op: 'is', values: [name] }, cue: 'event_name' }, to };
  }
  return undefined;
}
