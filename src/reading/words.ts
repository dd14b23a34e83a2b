import type { LearnedValues } from './learned-values.ts';
import type { Lexicon } from './lexicon.ts';

/** What a text is read with. `today` is yyyy-MM-dd in the shop's zone. */
export interface Words {
  readonly lexicon: Lexicon;
  readonly learned: LearnedValues;
  readonly today: string;
}
