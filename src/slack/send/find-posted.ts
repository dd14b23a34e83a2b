import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import { slackWord } from './call-slack.ts';

/** A message of ours that already stands; `plan`: it still shows the plan. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  readonly plan: boolean;
}

/**
 * Looks in a thread, or in a channel since `askedAt` (ISO), for the message that carries a job's id in its metadata. Only asked
 * when a post may or may not have arrived.
 */
export async function findPosted(
  client: WebClient,
  place: { readonly channel: string; readonly thread?: string | undefined },
  job: { readonly id: string; readonly askedAt: string },
): Promise<Posted | undefined> {
  const oldest = String(Date.parse(job.askedAt) / 1000 - 60);
  let cursor: string | undefined;
  for (let page = 0; page < 5; page++) {
    const common = { channel: place.channel, include_all_metadata: true, limit: 200, oldest, ...(cursor ? { cursor } : {}) };
    const found = await read(client, common, place.thread);
    for (const message of found.messages ?? []) {
      const payload = (message as { metadata?: { event_payload?: { job_id?: string; part?: string } } }).metadata?.event_payload;
      if (payload?.job_id === job.id && message.ts)
        return { channel: place.channel, ts: message.ts, plan: payload.part === 'plan' };
    }
    cursor = found.response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  return undefined;
}

type Page = Pick<ConversationsHistoryResponse, 'messages' | 'response_metadata'>;

/** A thread whose first message was deleted holds nothing of ours that anybody could see. */
async function read(client: WebClient, common: { channel: string; oldest: string }, thread: string | undefined): Promise<Page> {
  if (!thread) return client.conversations.history(common);
  try {
    return await client.conversations.replies({ ...common, ts: thread });
  } catch (fault) {
    if (slackWord(fault) === 'thread_not_found') return {};
    throw fault;
  }
}
