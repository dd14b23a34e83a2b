/**
 * The known name that a mistyped one most likely means, or none: at most one slip in three letters, where a slip is a
 * letter too many, missing, wrong or swapped with its neighbour (optimal string alignment distance).
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const allowed = Math.min(3, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const slips = distance(name, candidate);
    if (slips > 0 && slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let slips = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        slips = Math.min(slips, before[j - 2]! + 1);
      row.push(slips);
    }
    before = last;
    last = row;
  }
  return last[other.length]!;
}
