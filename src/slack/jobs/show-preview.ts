import { previewFace } from '../blocks/preview-face.ts';
import type { KeptAnswer } from '../kept.ts';
import type { Room } from '../room.ts';
import { callSlack } from '../send/call-slack.ts';
import type { asKnown } from '../send/deliver.ts';
import { whisper } from './say-denied.ts';

/** `/ask` or `/sql` in a channel: the whole answer lies in the person's direct messages, here they get the finding (face b3). */
export async function showPreview(
  kept: KeptAnswer,
  whole: { readonly channel: string; readonly ts: string },
  typedIn: { readonly channel: string; readonly responseUrl?: string },
  room: Room,
): Promise<void> {
  const { permalink } = await callSlack(
    () => room.client.chat.getPermalink({ channel: whole.channel, message_ts: whole.ts }),
    room.sleep,
  ).catch(() => ({ permalink: undefined }));
  // Never into a channel that others read from outside, not even to one person's eyes there.
  const mayShare = kept.outcome.kind === 'answer' && !(await room.access.isExternal(typedIn.channel));
  const face = previewFace(kept, permalink, mayShare);
  try {
    if (typedIn.responseUrl && (await answerUrl(typedIn.responseUrl, face, room))) return;
    await whisper(face, { user: kept.asker, channel: typedIn.channel }, room);
  } catch (fault) {
    room.report(fault, 'preview');
  }
}

/** A response_url works where the app is no member; only Slack's own hosts are ever called. */
async function answerUrl(
  url: string,
  face: { text: string; blocks: Parameters<typeof asKnown>[0] },
  room: Room,
): Promise<boolean> {
  if (!isSlacks(url, room)) return false;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ response_type: 'ephemeral', text: face.text, blocks: face.blocks }),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  return response.ok;
}

function isSlacks(url: string, room: Pick<Room, 'client'>): boolean {
  const { protocol, origin, hostname } = new URL(url);
  const own = new URL(room.client.slackApiUrl ?? 'https://slack.com/api/').origin;
  return (protocol === 'https:' && hostname === 'hooks.slack.com') || (own !== 'https://slack.com' && origin === own);
}
