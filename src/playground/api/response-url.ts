import type { Json } from '../shapes.ts';
import { WORKSPACE } from '../workspace.ts';
import { addMessage, editMessage, findMessage, type ResponseUrl, removeMessage, type World } from '../world.ts';
import { readMessage } from './chat.ts';

const THIRTY_MINUTES = 30 * 60_000;

/** A new `response_url` for a command or a click; its message, if any, is what `replace_original` changes. */
export function issueResponseUrl(world: World, user: string, channel: string, messageTs?: string): string {
  const id = world.ids.next('R');
  const until = Date.parse(world.clock.now()) + THIRTY_MINUTES;
  world.responseUrls.set(id, { id, channel, user, until, left: 5, ...(messageTs === undefined ? {} : { messageTs }) });
  return `${world.base}/response/${WORKSPACE.teamId}/${id}`;
}

/** Takes one answer to a `response_url`: HTTP status and text as Slack gives them. */
export function answerResponseUrl(world: World, id: string, body: Json): { status: number; text: string } {
  const url = world.responseUrls.get(id);
  if (url === undefined) return { status: 404, text: 'no_team' };
  if (url.left <= 0) return { status: 404, text: 'used_url' };
  if (Date.parse(world.clock.now()) > url.until) return { status: 404, text: 'expired_url' };
  const fault = answerAs(world, url, body);
  if (fault !== undefined) return { status: 400, text: fault };
  url.left -= 1;
  return { status: 200, text: 'ok' };
}

/** The message in the body of an acknowledged command or a `response_url`; the error word when it was refused. */
export function answerAs(world: World, url: ResponseUrl, body: Json): string | undefined {
  const original = url.messageTs === undefined ? undefined : findMessage(world, url.channel, url.messageTs);
  if (body.delete_original === true) {
    if (original !== undefined) removeMessage(world, original);
    return undefined;
  }
  const parts = readMessage(world, body);
  if ('refused' in parts) return String(parts.refused.error);
  if (body.replace_original === true && original !== undefined) {
    if (parts.blocks === undefined) delete original.blocks;
    editMessage(world, original, parts);
    return undefined;
  }
  const open = body.response_type === 'in_channel';
  const message = addMessage(world, {
    channel: url.channel,
    user: WORKSPACE.botUser,
    botId: WORKSPACE.botId,
    ...parts,
    ...(open ? {} : { onlyFor: url.user }),
    ...(typeof body.thread_ts === 'string' ? { threadTs: body.thread_ts } : {}),
  });
  // The first answer to a command becomes the original that later answers may replace.
  url.messageTs ??= message.ts;
  return undefined;
}
