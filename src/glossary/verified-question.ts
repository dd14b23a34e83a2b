import type { DataReading, SqlReading } from './reading.ts';

/** A question whose Reading, or SQL, a person approved: asked again, it is read so and in no other way. */
export interface VerifiedQuestion {
  readonly question: string;
  /** Other wordings of the same question. */
  readonly also?: readonly string[];
  readonly reading: DataReading | SqlReading;
  readonly approved: Verification;
}

/** Who approved it, as people read the name, and on which day (`yyyy-MM-dd`, the shop's zone). */
export interface Verification {
  readonly by: string;
  readonly on: string;
}

/**
 * What two wordings have in common where they are the same question: letter case, blanks, quotes, dashes of any length and the
 * punctuation at the end of a word are left out of it; what can carry meaning inside (`1.5`, `!=`, `a > b`, brackets) stays.
 */
export function questionKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/['’‘`´"“”„«»¿¡]/g, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/[?!.,:;]+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
