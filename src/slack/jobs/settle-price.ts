import { nothingRan } from '../../answer/words/say-refusal.ts';
import { cancelledFace } from '../blocks/refused-face.ts';
import type { KeptAnswer } from '../kept.ts';
import type { Decision } from '../kept-prices.ts';
import type { Room } from '../room.ts';
import { deliver } from '../send/deliver.ts';
import { deliverWorld } from '../send/deliver-world.ts';
import { expiredCard } from '../words.ts';

/** A price that was cancelled or ran out: its card says so, unless it was decided before. */
export async function settlePrice(kept: KeptAnswer, decision: Decision, room: Room): Promise<void> {
  if (await room.kept.decide(kept.id, decision)) {
    const how = decision.by === '' ? { lead: expiredCard } : { lead: 'Cancelled', by: decision.by };
    const face = cancelledFace({ id: kept.id, ...how, rest: nothingRan });
    const target = { channel: kept.channel, thread: kept.thread, edit: kept.message, jobId: kept.id, askedAt: kept.askedAt };
    await deliver(face, target, deliverWorld(room));
  }
  await room.kept.decided(kept.id);
}

/** Ends every price whose time is over; a card that nobody touches ends by itself. */
export async function endLatePrices(room: Room): Promise<void> {
  const late = (await room.kept.undecided()).filter(({ until }) => Date.parse(until) < Date.parse(room.clock.now()));
  for (const { id } of late) {
    const kept = await room.kept.get(id);
    if (kept) await settlePrice(kept, { what: 'expired', by: '' }, room);
    else await room.kept.decided(id);
  }
}
