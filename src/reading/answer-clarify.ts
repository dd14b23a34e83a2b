import type { ClarifyReading, Reading } from '../glossary/reading.ts';
import type { Token } from './tokenise.ts';
import { wordsOf } from './word-forms.ts';

/** A reply to a question back: a ready answer by its label or number, else undefined. */
export function answerClarify(
  tokens: readonly Token[],
  last: ClarifyReading,
  read: (question: string) => Reading,
): Reading | undefined {
  const typed = tokens.filter((t) => t.kind !== 'sign').flatMap((t) => wordsOf(t.raw));
  if (typed.length === 0 || typed.length > 12) return undefined;
  const number =
    typed.length <= 3
      ? ['first', 'second', 'third', 'fourth'].findIndex((w) => typed.includes(w)) + 1 ||
        Number(typed.length === 1 ? typed[0] : Number.NaN)
      : Number.NaN;
  const byNumber = Number.isInteger(number) ? last.choices[number - 1] : undefined;
  if (byNumber) return read(byNumber.question);
  const skip = new Set(['by', 'the', 'please', 'i', 'mean', 'meant', 'only', 'of', 'a']);
  const wanted = typed.filter((w) => !skip.has(w));
  const matching = last.choices.filter(
    (c) => wanted.length > 0 && wanted.every((w) => wordsOf(c.label).some((l) => l === w || l === `${w}s` || `${l}s` === w)),
  );
  return matching.length === 1 ? read(matching[0]!.question) : undefined;
}
