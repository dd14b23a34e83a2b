import type { RawLine, RequestFacts } from './envelope.ts';
import { envelopeOf, pack } from './envelope.ts';
import { plants } from './plants.ts';
import type { Random } from './random.ts';
import { openRandom } from './random.ts';
import { HOUR } from './shop-calendar.ts';
import type { SdkEvent } from './trail.ts';
import type { Visit } from './visitors.ts';

/** Packs a visit's events into the requests that the SDK sends, 1 to 50 events each, with the wire's planted faults. */
export function requestsOf(visit: Visit, events: readonly SdkEvent[]): RawLine[] {
  const { visitor } = visit;
  const random = openRandom(...visitor.key, visit.number, 7);
  const batches = batchesOf(events);
  return batches.flatMap((batch, index) => {
    const last = index === batches.length - 1;
    const wait = last && visit.straggler === 'late' ? daysLater(random, 5) : 0;
    const sent = batch[batch.length - 1]!.at + 50 + wait;
    const ingest = sent + random.whole(80, 1500);
    const text = JSON.stringify(batch.map(({ body }) => body));
    const compressed = !random.chance(plants.wire.plainText);
    const data = compressed ? pack(text) : text;
    const line = (delay: number): RawLine => {
      const facts: RequestFacts = {
        ingest: ingest + delay,
        upload: sent + delay + visitor.clockAhead,
        bundle: index + 1,
        data,
        compressed,
      };
      return { at: facts.ingest, line: JSON.stringify(envelopeOf(visitor, facts, random)), records: batch.length };
    };
    const lines = [line(0)];
    if (random.chance(plants.wire.resent)) lines.push(line(random.whole(2000, 20_000)));
    if (last && visit.straggler === 'again') lines.push(line(daysLater(random, 3)));
    return lines;
  });
}

/** The longest time in ms from the start of a visit to its last request. */
export const longestDelay = 6 * 24 * HOUR;

const batchTime = 25_000;
const batchSize = 50;

function batchesOf(events: readonly SdkEvent[]): SdkEvent[][] {
  const batches: SdkEvent[][] = [];
  let batch: SdkEvent[] = [];
  for (const event of events) {
    const first = batch[0];
    if (first !== undefined && (event.at - first.at > batchTime || batch.length >= batchSize)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(event);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** More than a day, so that the events count as late. */
function daysLater(random: Random, days: number): number {
  return random.whole(25 * HOUR, days * 24 * HOUR);
}
