import type { Answer, Mark, Outcome } from '../answer/stations.ts';
import type { DataReading } from '../glossary/reading.ts';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { DigestNote, Via, Work } from './jobs/job.ts';
import { type KeptPrices, openKeptPrices } from './kept-prices.ts';
import { type KeptTellings, openKeptTellings } from './kept-tellings.ts';

/** An outcome as it was shown, so that its buttons work later and over a restart; without the picture's bytes. */
export interface KeptAnswer {
  readonly id: string;
  readonly outcome: Outcome;
  readonly asker: string;
  readonly via: Via;
  readonly askedAt: string;
  readonly channel: string;
  readonly thread?: string;
  /** Timestamp of its message, once it stands. */
  readonly message?: string;
  readonly picture?: string;
  readonly updated?: Mark;
  readonly shared?: { readonly asker: string; readonly command: '/ask' | '/sql' };
  readonly digest?: DigestNote;
  /** Its price may be decided until then, ISO 8601 UTC. */
  readonly until?: string;
  /** What the month had cost when it was asked for: «$18.40 of $60.00». */
  readonly month?: string;
}

/** What a thread was last about: the Reading that a reply changes, and the outcome that a reply may answer. */
export interface ThreadMemory {
  readonly reading?: DataReading;
  /** Id of the last outcome; empty until there is one. */
  readonly last: string;
  readonly asker: string;
}

/** Answers and threads in memory, 90 days. */
export interface Kept extends KeptTellings, KeptPrices {
  get(id: string): Promise<KeptAnswer | undefined>;
  /** Keeps an outcome; once its message stands, also the thread and the channel that it stands in. */
  keep(answer: KeptAnswer): Promise<void>;
  thread(channel: string, ts: string): Promise<ThreadMemory | undefined>;
  /** Marks a thread as the app's from the question on, so that a reply is heard while the first answer is still being made. */
  openThread(channel: string, ts: string, asker: string): Promise<void>;
  /** Answers that stand in a channel and were asked in the last two days, oldest first. */
  recentIn(channel: string): Promise<readonly KeptAnswer[]>;
  /** The last answers of a person, newest first. */
  recentOf(user: string, most: number): Promise<readonly KeptAnswer[]>;
  /** A question that may be answered in direct messages only, for the button that says so. */
  keepDenied(id: string, work: Work): Promise<void>;
  denied(id: string): Promise<Work | undefined>;
  /** True once for a key: a button that is pressed twice does one thing. */
  once(key: string, forMs: number): Promise<boolean>;
  /** What a thumb said; `reason` and `expected` come from the modal. */
  feedback(id: string, user: string, said: { good: boolean; reason?: string; expected?: string }): Promise<void>;
}

const day = 86_400_000;

export function openKept({ memory, clock }: { memory: Memory; clock: Clock }): Kept {
  const now = () => Date.parse(clock.now());
  const get = async (id: string) => (await memory.get<KeptAnswer>('answer', id))?.value;
  return {
    ...openKeptTellings({ memory, clock }),
    ...openKeptPrices({ memory, clock }),
    get,
    async keep(answer) {
      const expiresAt = now() + 90 * day;
      await memory.put('answer', answer.id, { ...answer, outcome: withoutPicture(answer.outcome) }, { expiresAt });
      if (answer.message === undefined) return;
      await rememberThread(memory, answer, expiresAt);
      if (answer.until !== undefined)
        await memory.put('undecided', answer.id, { until: answer.until }, { if: 'absent', expiresAt: now() + 2 * day });
      if (answer.outcome.kind !== 'answer') return;
      await memory.put('posted', `${answer.channel}:${answer.id}`, { askedAt: answer.askedAt }, { expiresAt: now() + 2 * day });
      if (answer.asker && !answer.shared)
        await memory.put('mine', `${answer.asker}:${answer.id}`, {}, { expiresAt: now() + 14 * day });
    },
    thread: async (channel, ts) => (await memory.get<ThreadMemory>('thread', `${channel}:${ts}`))?.value,
    async openThread(channel, ts, asker) {
      const value: ThreadMemory = { last: '', asker };
      await memory.put('thread', `${channel}:${ts}`, value, { if: 'absent', expiresAt: now() + 90 * day });
    },
    async recentIn(channel) {
      const ids = await memory.list(`posted`, `${channel}:`);
      const found = await Promise.all(ids.map(({ id }) => get(id.slice(channel.length + 1))));
      return found.filter((a) => a !== undefined).toSorted((a, b) => a.askedAt.localeCompare(b.askedAt));
    },
    async recentOf(user, most) {
      const ids = await memory.list('mine', `${user}:`);
      const found = await Promise.all(ids.slice(-most).map(({ id }) => get(id.slice(user.length + 1))));
      return found.filter((a) => a !== undefined).toReversed();
    },
    async keepDenied(id, work) {
      await memory.put('denied', id, work, { expiresAt: now() + day });
    },
    denied: async (id) => (await memory.get<Work>('denied', id))?.value,
    once: (key, forMs) => memory.put('once', key, {}, { if: 'absent', expiresAt: now() + forMs }),
    async feedback(id, user, said) {
      await memory.put('feedback', `${id}:${user}`, { ...said, at: clock.now() }, { expiresAt: now() + 400 * day });
    },
  };
}

/** An answer's own message starts a thread too: a reply under it, in direct messages, changes it. */
async function rememberThread(memory: Memory, answer: KeptAnswer, expiresAt: number): Promise<void> {
  const { outcome, channel, id, asker } = answer;
  const root = answer.thread ?? answer.message!;
  const before = (await memory.get<ThreadMemory>('thread', `${channel}:${root}`))?.value;
  const reading = outcome.kind === 'answer' ? outcome.reading : before?.reading;
  const value: ThreadMemory = { last: id, asker: before?.asker ?? asker, ...(reading ? { reading } : {}) };
  await memory.put('thread', `${channel}:${root}`, value, { expiresAt });
}

function withoutPicture(outcome: Outcome): Outcome {
  if (outcome.kind !== 'answer') return outcome;
  const { png: _, ...rest } = outcome;
  return rest satisfies Answer;
}
