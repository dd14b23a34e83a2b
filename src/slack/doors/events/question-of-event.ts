import { ulid } from 'ulid';
import type { Job, Place, SqlFile, Via, Work } from '../../jobs/job.ts';
import type { Room } from '../../room.ts';
import { asSql, readTyped, type Typed, type TypedEvent } from '../../typed-text.ts';

/** The envelope of an event as Slack sends it, as far as a question needs it. */
export interface Envelope {
  readonly type?: string;
  readonly team_id?: string;
  readonly is_ext_shared_channel?: boolean;
  readonly event?: QuestionEvent;
}

interface QuestionEvent extends TypedEvent {
  readonly type?: string;
  readonly subtype?: string;
  readonly bot_id?: string;
  readonly user?: string;
  readonly channel?: string;
  readonly channel_type?: string;
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly user_team?: string;
  readonly files?: readonly { readonly name?: string; readonly url_private?: string; readonly size?: number }[];
}

/**
 * Envelope → the job that it asks for: a mention, a direct message, or a reply in a thread that Askstream answered; undefined for
 * all else (edits, bots, system lines, other people's talk). The twin of a mention and a redelivery give the same key.
 */
export async function questionOfEvent(
  body: Envelope,
  room: Pick<Room, 'botUser' | 'clock' | 'kept' | 'team'>,
): Promise<Job | undefined> {
  const { event } = body;
  if (body.type !== 'event_callback' || !event?.user || !event.channel || !event.ts || !isWritten(event)) return undefined;
  const typed = readTyped(event, room.botUser);
  const via = await doorOf(event, typed, room);
  if (!via) return undefined;
  const { user, channel, ts } = event;
  const place: Place = { to: 'channel', channel, thread: event.thread_ts ?? ts };
  const sql = asSql(typed);
  const work = workOf(event, typed, sql);
  const outside = body.is_ext_shared_channel === true || (event.user_team !== undefined && event.user_team !== room.team);
  return {
    id: ulid(Date.parse(room.clock.now())),
    key: `${body.team_id ?? room.team}:${channel}:${ts}`,
    work,
    asker: user,
    askedAt: room.clock.now(),
    place,
    via: work.kind === 'sql' ? 'sql' : via,
    ...(outside ? { external: true } : {}),
  };
}

function workOf(event: QuestionEvent, typed: Typed, sql: string | undefined): Work {
  const file = sqlFileOf(event);
  if (file) return { kind: 'sql', text: '', file };
  if (sql) return { kind: 'sql', text: sql };
  return { kind: 'ask', text: [typed.text, typed.code].filter(Boolean).join('\n') };
}

/** The first `.sql` file of a message. */
function sqlFileOf({ files }: QuestionEvent): SqlFile | undefined {
  const found = files?.find((f) => /\.sql$/i.test(f.name ?? '') && f.url_private);
  return found && { url: found.url_private!, bytes: found.size ?? 0 };
}

/** A person's own new message: no edit, no bot, no system line. */
function isWritten(event: QuestionEvent): boolean {
  const isPlain = event.subtype === undefined || event.subtype === 'file_share' || event.subtype === 'thread_broadcast';
  return isPlain && event.bot_id === undefined && event.user !== 'USLACK' && event.user !== 'USLACKBOT';
}

async function doorOf(
  event: QuestionEvent,
  typed: { mentionsApp: boolean; mentionsOthers: boolean },
  room: Pick<Room, 'kept'>,
): Promise<Via | undefined> {
  if (event.type === 'app_mention') return 'mention';
  if (event.type !== 'message') return undefined;
  if (event.channel_type === 'im') return 'direct';
  if (typed.mentionsApp) return 'mention';
  // People talk to each other in that thread too: a line that names somebody else isn't for the app.
  if (!event.thread_ts || typed.mentionsOthers) return undefined;
  return (await room.kept.thread(event.channel!, event.thread_ts)) ? 'reply' : undefined;
}
