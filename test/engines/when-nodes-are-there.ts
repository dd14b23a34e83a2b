import { setTimeout } from 'node:timers/promises';

/**
 * Asks again while Trino has no node to run a statement on: its server answers some seconds before its only node has
 * announced itself for a catalog. Nothing has run by then, so asking again changes nothing.
 */
export async function whenNodesAreThere<Answer>(
  ask: () => Promise<Answer>,
  hasNone: (answer: Answer) => boolean,
): Promise<Answer> {
  const until = performance.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (!hasNone(answer) || performance.now() > until) return answer;
    await setTimeout(250);
  }
}
