import { sayDay } from '../answer/words/say-value.ts';
import { type Subscription, sayWhen } from '../digest/subscription.ts';
import { notice } from './blocks/asking-faces.ts';
import type { Message } from './blocks/pieces.ts';
import { localDay } from './local-time.ts';
import type { Room } from './room.ts';

/** «Conversion by device is scheduled: Mondays 09:00. First one: Mon 30 Nov.» */
export function digestMade(made: Subscription, room: Pick<Room, 'digests'>): Message {
  const first = sayDay(localDay(room.digests.next(made), made.zone));
  return notice(
    `${made.name} is scheduled: ${sayWhen(made.schedule)}.`,
    `First one: ${first}. /digest pause ${made.name} stops it.`,
  );
}
