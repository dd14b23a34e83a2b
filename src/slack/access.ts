import type { WebClient } from '@slack/web-api';
import type { Clock } from '../services/clock.ts';
import type { Job } from './jobs/job.ts';
import { callSlack, type Sleep, slackWord } from './send/call-slack.ts';

/** Who may do what, where. Everything unknown is closed. */
export interface Access {
  /** Why a job may not be answered where it was asked; undefined = it may. */
  deny(job: Job): Promise<Denial | undefined>;
  /** Guests, bots, people of other workspaces: may not use Askstream at all. */
  isOutsider(user: string): Promise<boolean>;
  isExternal(channel: string): Promise<boolean>;
  maySql(user: string): boolean;
  isEditor(user: string): boolean;
  /** Forgets what it knew of a channel: it was shared or unshared. */
  forget(channel: string): void;
}

export type Denial = 'outsider' | 'external_channel' | 'not_an_engineer';

export interface AccessWorld {
  readonly client: WebClient;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly team: string;
  /** Slack user ids; an empty list opens it to everybody in the workspace. */
  readonly engineers: readonly string[];
  readonly editors: readonly string[];
}

export function openAccess(world: AccessWorld): Access {
  const people = rememberFor<boolean>(world.clock, 600_000);
  const channels = rememberFor<boolean>(world.clock, 300_000);
  const isOutsider = (user: string) => people.of(user, () => lookUpPerson(user, world));
  const isExternal = async (channel: string) =>
    channel.startsWith('D') ? false : channels.of(channel, () => lookUpChannel(channel, world));
  const maySql = (user: string) => world.engineers.length === 0 || world.engineers.includes(user);
  const isEditor = (user: string) => world.editors.length === 0 || world.editors.includes(user);
  return {
    isOutsider,
    isExternal,
    maySql,
    isEditor,
    forget: channels.forget,
    async deny(job) {
      if (job.asker !== '' && (await isOutsider(job.asker))) return 'outsider';
      if (job.place.to === 'channel' && (job.external || (await isExternal(job.place.channel)))) return 'external_channel';
      return job.work.kind === 'sql' && !maySql(job.asker) ? 'not_an_engineer' : undefined;
    },
  };
}

async function lookUpPerson(user: string, { client, sleep, team }: AccessWorld): Promise<boolean> {
  try {
    const { user: person } = await callSlack(() => client.users.info({ user }), sleep);
    if (!person) return true;
    const flags = [person.deleted, person.is_bot, person.is_restricted, person.is_ultra_restricted, person.is_stranger];
    return flags.some(Boolean) || (person.team_id !== undefined && person.team_id !== team);
  } catch (fault) {
    if (slackWord(fault) === undefined) throw fault;
    return true;
  }
}

async function lookUpChannel(channel: string, { client, sleep }: AccessWorld): Promise<boolean> {
  try {
    const { channel: found } = await callSlack(() => client.conversations.info({ channel }), sleep);
    const shown = found as { is_ext_shared?: boolean; is_pending_ext_shared?: boolean } | undefined;
    return !shown || Boolean(shown.is_ext_shared || shown.is_pending_ext_shared);
  } catch (fault) {
    if (slackWord(fault) === undefined) throw fault;
    return true;
  }
}

function rememberFor<T>(clock: Clock, ms: number) {
  const known = new Map<string, { until: number; value: T }>();
  return {
    async of(key: string, find: () => Promise<T>): Promise<T> {
      const now = Date.parse(clock.now());
      const hit = known.get(key);
      if (hit && hit.until > now) return hit.value;
      const value = await find();
      if (known.size > 5000) known.clear();
      known.set(key, { until: now + ms, value });
      return value;
    },
    forget: (key: string) => void known.delete(key),
  };
}
