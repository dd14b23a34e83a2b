import { type FaceAbout, untilTime } from '../face-of.ts';
import type { KeptAnswer } from '../kept.ts';
import type { Room } from '../room.ts';

/** What the face of a kept outcome needs to know of how it was asked. */
export function aboutFace(kept: KeptAnswer, room: Pick<Room, 'zone' | 'verified' | 'querySeconds'>): FaceAbout {
  const until = kept.until ? { until: untilTime(kept.until, room.zone) } : {};
  const month = kept.month ? { month: kept.month } : {};
  const most = room.querySeconds ? { mostSeconds: room.querySeconds } : {};
  return { ...until, ...month, ...most, sqlDoor: kept.via === 'sql', canVerify: room.verified !== undefined };
}
