import type { KeptAnswer } from '../kept.ts';
import type { Work } from './job.ts';

/** What an answer was asked with: its Reading, its SQL, or its words. */
export function workAgain({ outcome, via }: KeptAnswer): Work {
  if ((outcome.kind === 'answer' || outcome.kind === 'refused') && outcome.reading)
    return { kind: 'reading', reading: outcome.reading, text: outcome.question };
  if (via === 'sql') return { kind: 'sql', text: outcome.question };
  return { kind: 'ask', text: outcome.question };
}
