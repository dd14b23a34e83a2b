import type { NotFetched } from '../fetch.ts';
import { capital } from './join-words.ts';
import { sayBytes, sayUsd } from './say-value.ts';

const nothingRan = 'Nothing ran and nothing was billed.';

/** One sentence of what was wrong and one of what it cost: always nothing, unless the engine had begun. */
export function refusalSentence(not: NotFetched): string {
  switch (not.kind) {
    case 'guard':
      return ended(not.refusal.message);
    case 'too_large':
      return `This would read ${sayBytes(not.bytes)}, more than one query may. Bound dt to fewer days. ${nothingRan}`;
    case 'needs_approval':
      return `This would read ${sayBytes(not.bytes)} and cost about ${sayUsd(not.usd)}; it waits for an approval. ${nothingRan}`;
    case 'engine':
      return not.refusal.scannedBytes > 0
        ? `${capital(not.refusal.message)} ${sayBytes(not.refusal.scannedBytes)} had been read by then.`
        : ended(not.refusal.message);
  }
}

function ended(message: string): string {
  return message.includes(nothingRan) ? capital(message) : `${capital(message)} ${nothingRan}`;
}
