import { localTime } from '../answer/words/say-footer.ts';
import type { Room } from './room.ts';

type Here = Pick<Room, 'clock' | 'zone'>;

/** `yyyy-MM-dd` of an instant in a zone. */
export function localDay(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));
}

/** «13:47», with its day where that isn't today. */
export function timeOf(instant: string, { clock, zone }: Here): string {
  return localTime(instant, zone, localDay(clock.now(), zone));
}

/** «13:47 today», or with its day. */
export function reachOf(instant: string, room: Here): string {
  const isToday = localDay(instant, room.zone) === localDay(room.clock.now(), room.zone);
  return isToday ? `${timeOf(instant, room)} today` : timeOf(instant, room);
}
