import type { LineOptions } from '../../answer/line.ts';
import type { Outcome, Question } from '../../answer/stations.ts';
import { nothingRan } from '../../answer/words/say-refusal.ts';
import type { Reading } from '../../glossary/reading.ts';
import type { Room } from '../room.ts';
import { readSlackFile } from '../send/read-file.ts';
import { belowSql, unreadableFile } from '../words.ts';
import type { Job, Work } from './job.ts';
import type { HeldJob } from './job-store.ts';
import type { ResolvedPlace } from './resolve-place.ts';

/** Asks the line what a job asks: words with the thread so far, SQL, or a stored Reading. */
export async function askLine(held: HeldJob, at: ResolvedPlace, room: Room, options: LineOptions): Promise<Outcome> {
  const { job, reading } = held.record;
  const { work } = job;
  const given: LineOptions = {
    ...options,
    onState: keepReading(held, room, options.onState),
    askedFor: job.id,
    offersBound: true,
    ...(work.kind === 'reading' && work.digest ? { spender: { kind: 'digest', who: work.digest.owner ?? '' } } : {}),
    ...(job.approvedUsd === undefined ? {} : { approvedUsd: job.approvedUsd }),
  };
  const { line } = room;
  const base = { id: job.id, text: work.text, askedAt: job.askedAt, ...(job.asker ? { asker: job.asker } : {}) };
  if (work.kind === 'sql') return runSql(job, work, room, given);
  // Read before the restart: a model would read it anew, at a price and perhaps differently.
  if (reading) return line.reading(reading, base, given);
  if (work.kind === 'reading') return line.reading(work.reading, base, given);
  if (work.last) return line.ask({ ...base, last: work.last }, given);
  return inThread(base, at, room, given);
}

/** Remembers how the question was read as soon as its query runs. */
function keepReading(held: HeldJob, room: Room, tell: LineOptions['onState']): NonNullable<LineOptions['onState']> {
  let reading: Reading | undefined;
  return (state) => {
    if (state.state === 'read') reading = state.reading;
    if (state.state === 'running' && reading && held.record.job.work.kind === 'ask')
      held.save({ reading }).catch((fault: unknown) => room.report(fault, 'memory'));
    tell?.(state);
  };
}

/** Typed SQL, or the content of an attached file; a file that can't be read is a refusal like any other. */
async function runSql(job: Job, work: Extract<Work, { kind: 'sql' }>, room: Room, options: LineOptions): Promise<Outcome> {
  const base = { id: job.id, askedAt: job.askedAt, asker: job.asker };
  if (!work.file) return room.line.sql({ ...base, text: work.text }, options);
  const text = await readSlackFile(work.file, room.client);
  if (text !== undefined) return room.line.sql({ ...base, text }, options);
  const sentence = `${unreadableFile} ${nothingRan}`;
  return { kind: 'refused', id: job.id, question: '', sql: '', code: 'unreadable_file', sentence, scannedBytes: 0, ms: {} };
}

/** A reply may answer the question that was asked back, or change the last Reading of its thread. */
async function inThread(question: Question, at: ResolvedPlace, room: Room, options: LineOptions): Promise<Outcome> {
  const thread = at.thread ? await room.kept.thread(at.channel, at.thread) : undefined;
  if (!thread) return room.line.ask(question, options);
  const last = thread.last ? (await room.kept.get(thread.last))?.outcome : undefined;
  const ask = (text: string) =>
    room.line.ask({ ...question, text, ...(thread.reading ? { last: thread.reading } : {}) }, options);
  if (last?.kind === 'answer' && !last.reading) return withNote(await ask(question.text), belowSql);
  if (last?.kind !== 'clarify') return ask(question.text);

  const choice = last.reading.choices.find((c) => same(c.label, question.text));
  if (choice) return ask(choice.question);
  // «top products» asked back «by what?»: a short reply completes the question, a long one is a question of its own.
  const isShort = question.text.trim().split(/\s+/).length <= 4;
  const [first, second] = isShort
    ? [`${last.question} ${question.text}`, question.text]
    : [question.text, `${last.question} ${question.text}`];
  const outcome = await ask(first);
  if (outcome.kind !== 'clarify' && outcome.kind !== 'decline') return outcome;
  const other = await ask(second);
  return other.kind === 'answer' ? other : outcome;
}

/** What a reply lost must stand where its numbers are. */
function withNote(outcome: Outcome, note: string): Outcome {
  if (outcome.kind === 'answer') return { ...outcome, notes: [note, ...outcome.notes] };
  return outcome.kind === 'clarify' || outcome.kind === 'decline' ? { ...outcome, note: outcome.note ?? note } : outcome;
}

function same(a: string, b: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return bare(a) === bare(b);
}
