import type { View } from '@slack/types';
import type { Piece } from '../blocks/pieces.ts';
import type { Room } from '../room.ts';

/** Shows a modal to the one who pressed; Slack takes a trigger for three seconds only, so this comes before any slow work. */
export async function openView(view: Piece, trigger: string, room: Pick<Room, 'client' | 'report'>): Promise<void> {
  try {
    await room.client.views.open({ trigger_id: trigger, view: asView(view) });
  } catch (fault) {
    room.report(fault, 'modal');
  }
}

/** Our own pieces pass for Slack's view type here and nowhere else. */
export function asView(view: Piece): View {
  return view as unknown as View;
}
