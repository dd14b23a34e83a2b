import type { App } from '@slack/bolt';
import type { Room } from '../room.ts';

/** One way in: hears something of Slack and hands it on. Parses, acknowledges, calls; holds no rules of the shop. */
export type Door = (bolt: App, room: Room) => void;
