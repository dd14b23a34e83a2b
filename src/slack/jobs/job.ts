import type { Reading } from '../../glossary/reading.ts';

/** One question on its way, as it is remembered from the moment it was acknowledged until its one message stands. */
export interface Job {
  /** Names the job, its answer, and its message (`metadata.event_payload.job_id`). */
  readonly id: string;
  /** What makes it the same question: a second claim of one key does nothing. */
  readonly key: string;
  readonly work: Work;
  /** Slack user id; empty for a digest. */
  readonly asker: string;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  readonly place: Place;
  readonly via: Via;
  /** The channel in which a command was typed: it gets the preview. */
  readonly typedIn?: { readonly channel: string; readonly responseUrl?: string };
  /** Slack said that people of another company read the channel, or that the asker is one of them. */
  readonly external?: boolean;
  /** The price that a person saw and approved. */
  readonly approvedUsd?: number;
}

export type Work =
  | { readonly kind: 'ask'; readonly text: string; readonly last?: Reading }
  | { readonly kind: 'sql'; readonly text: string; readonly file?: SqlFile }
  | { readonly kind: 'reading'; readonly reading: Reading; readonly text: string; readonly digest?: DigestNote };

/** A `.sql` file that a person attached: read when its turn comes. */
export interface SqlFile {
  readonly url: string;
  readonly bytes: number;
}

/** What a digest's message says of itself. */
export interface DigestNote {
  readonly id: string;
  readonly name: string;
  /** Slack user id of the one who set it up: may decide its price. */
  readonly owner?: string;
  readonly line: string;
  readonly late?: { readonly title: string; readonly text: string };
}

/** A thread of a channel (or the channel itself), where `edit` is the message that becomes the answer; or a person's direct messages. */
export type Place =
  | { readonly to: 'channel'; readonly channel: string; readonly thread?: string; readonly edit?: string }
  | { readonly to: 'direct'; readonly user: string };

export type Via = 'mention' | 'direct' | 'reply' | 'ask' | 'sql' | 'button' | 'home' | 'digest';

/** A job with where it stands. `posting`: the answer may already be in Slack, so look before posting again. */
export interface JobRecord {
  readonly job: Job;
  readonly state: 'waiting' | 'posting' | 'done';
  /** Where its message stands: channel and timestamp of the plan, later of the answer. */
  readonly channel?: string;
  readonly message?: string;
  readonly heldBy?: string;
  /** Milliseconds since 1970. */
  readonly heldUntil?: number;
  /** How the question was read, once its query runs. */
  readonly reading?: Reading;
  /** Who pressed Cancel or Stop, in whatever process. */
  readonly cancelledBy?: string;
}
