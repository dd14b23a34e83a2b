import type { KnownBlock, MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Message, Piece } from '../blocks/pieces.ts';
import { callSlack, type Sleep, slackWord } from './call-slack.ts';
import { findPosted } from './find-posted.ts';
import { ladder } from './ladder.ts';

export interface DeliverWorld {
  readonly client: WebClient;
  readonly sleep: Sleep;
  /** Told what Slack refused, for the log. */
  readonly onRefused: (word: string, detail: unknown) => void;
}

export interface Target {
  readonly channel: string;
  readonly thread?: string | undefined;
  /** The message that becomes this one. */
  readonly edit?: string | undefined;
  readonly jobId: string;
  readonly askedAt: string;
  readonly part?: 'plan' | 'answer';
}

/**
 * Posts or edits one message, with less and less in it while Slack refuses it, and never twice: a post whose reply was lost is
 * looked for by its job's id first. Answers the timestamp and the step of the ladder that was taken (0 = whole). Throws where
 * the channel itself can't be written to.
 */
export async function deliver(message: Message, target: Target, world: DeliverWorld): Promise<{ ts: string; step: number }> {
  const steps = ladder(message);
  for (const [step, thinner] of steps.entries()) {
    try {
      return { ts: await send(thinner, target, world), step };
    } catch (fault) {
      const word = slackWord(fault);
      if (word === undefined || !thinnerHelps.has(word) || step === steps.length - 1) throw fault;
      world.onRefused(word, (fault as { data?: unknown }).data);
    }
  }
  throw new Error('A ladder has no steps.');
}

const thinnerHelps = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_blocks_too_long',
  'msg_blocks_too_many',
  'msg_too_long',
]);

const goneMessage = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

async function send(message: Message, target: Target, world: DeliverWorld): Promise<string> {
  const { client, sleep } = world;
  const content = contentOf(message, target);
  if (target.edit) {
    const ts = target.edit;
    try {
      await callSlack(() => client.chat.update({ channel: target.channel, ts, ...content }), sleep);
      return ts;
    } catch (fault) {
      if (!goneMessage.has(slackWord(fault) ?? '')) throw fault;
    }
  }
  try {
    return await post(content, target, world);
  } catch (fault) {
    // The question was deleted: its answer is posted beside where it stood, since it may be awaited.
    if (slackWord(fault) !== 'thread_not_found') throw fault;
    return post(content, { ...target, thread: undefined }, world);
  }
}

async function post(content: ReturnType<typeof contentOf>, target: Target, { client, sleep }: DeliverWorld): Promise<string> {
  const { channel, thread, jobId, askedAt } = target;
  const where = thread ? { channel, thread_ts: thread } : { channel };
  const posted = await callSlack<{ ts?: string | undefined }>(
    () => client.chat.postMessage({ ...where, ...content, unfurl_links: false, unfurl_media: false }),
    sleep,
    async () => findPosted(client, target, { id: jobId, askedAt }),
  );
  return posted.ts ?? '';
}

function contentOf(message: Message, target: Target): { text: string; blocks: KnownBlock[]; metadata: MessageMetadata } {
  return {
    text: message.text || 'Askstream',
    blocks: asKnown(message.blocks),
    metadata: {
      event_type: 'askstream_message',
      event_payload: { job_id: target.jobId, ...(target.part === 'plan' ? { part: 'plan' } : {}) },
    },
  };
}

/** Slack's types lag behind its blocks (data_table, container …), so our own pieces pass for them here and nowhere else. */
export function asKnown(blocks: readonly Piece[]): KnownBlock[] {
  return [...blocks] as unknown as KnownBlock[];
}
