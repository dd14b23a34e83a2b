import distance from 'damerau-levenshtein';

/** Words that a typed word can be corrected to, nearest first. */
interface Speller {
  /** One best word, several that are as near, or none. */
  near(word: string): readonly string[];
}

/**
 * Words up to 4 letters are never corrected, 5–7 letters by one slip, from 8 on by two (a swap of neighbours is one slip); a
 * first letter that fits goes before one that does not. `preferred` words win over the rest at equal distance.
 */
export function openSpeller(preferred: ReadonlySet<string>, rest: ReadonlySet<string>): Speller {
  const entries = [...preferred]
    .map((w) => entryOf(w, 0))
    .concat([...rest].filter((w) => !preferred.has(w)).map((w) => entryOf(w, 0.3)));
  const byLength = new Map<number, Entry[]>();
  for (const entry of entries) {
    const list = byLength.get(entry.word.length);
    if (list) list.push(entry);
    else byLength.set(entry.word.length, [entry]);
  }
  return { near: (word) => nearest(byLength, word) };
}

interface Entry {
  readonly word: string;
  readonly letters: number;
  readonly handicap: number;
}

function nearest(byLength: ReadonlyMap<number, readonly Entry[]>, word: string): readonly string[] {
  const allowed = word.length <= 4 ? 0 : word.length <= 7 ? 1 : 2;
  if (allowed === 0 || /\d/u.test(word)) return [];
  const letters = lettersOf(word);
  let best = Number.POSITIVE_INFINITY;
  let found: string[] = [];
  for (let length = word.length - allowed; length <= word.length + allowed; length++)
    for (const entry of byLength.get(length) ?? []) {
      if (entry.word.length < 4 || /\d/u.test(entry.word) || bits(entry.letters ^ letters) > 2 * allowed) continue;
      const steps = distance(word, entry.word).steps;
      if (steps > allowed || (steps === 2 && Math.min(entry.word.length, word.length) < 7)) continue;
      const cost = steps + entry.handicap + (entry.word[0] === word[0] ? 0 : 0.5);
      if (cost < best - 1e-9) [best, found] = [cost, [entry.word]];
      else if (cost < best + 1e-9 && !found.includes(entry.word)) found.push(entry.word);
    }
  // «visitrs» is «visitors» with a letter left out rather than «visits» with one too many.
  const leftOut = found.filter((candidate) => holdsInOrder(candidate, word));
  return leftOut.length > 0 ? leftOut : found;
}

function holdsInOrder(candidate: string, word: string): boolean {
  let at = 0;
  for (const letter of candidate) if (letter === word[at]) at++;
  return at === word.length;
}

function entryOf(word: string, handicap: number): Entry {
  return { word, letters: lettersOf(word), handicap };
}

/** One bit per letter of the alphabet: words far apart in letters need no exact distance. */
function lettersOf(word: string): number {
  let mask = 0;
  for (const c of word) mask |= 1 << ((c.charCodeAt(0) - 97) % 31);
  return mask;
}

function bits(x: number): number {
  let n = 0;
  for (let v = x >>> 0; v; v &= v - 1) n++;
  return n;
}
