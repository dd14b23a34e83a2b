import type { Room } from '../room.ts';
import type { DeliverWorld } from './deliver.ts';

/** A room's way to deliver: refusals of Slack are logged with their pointers. */
export function deliverWorld({ client, sleep, log }: Pick<Room, 'client' | 'sleep' | 'log'>): DeliverWorld {
  return { client, sleep, onRefused: (word, detail) => log.warn({ word, detail }, 'Slack refused a message') };
}
