import type { Channel, Message, OpenView, Recorded, Switches, ThreadStatus } from './shapes.ts';
import { PERSONAS, type Persona, WORKSPACE } from './workspace.ts';
import { threadRoot, type World } from './world.ts';

/** A call that Slack refused, drawn where its message would have stood. */
export interface RefusedCall {
  at: string;
  name: string;
  error: string;
  faults: string[];
  threadTs?: string;
}

/** A file as the page shows it. */
export interface ShownFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  bytes: number;
}

/** A channel in a person's sidebar; `unread` = top-level messages of others since the last look. */
export interface ShownChannel {
  id: string;
  name: string;
  kind: Channel['kind'];
  external: boolean;
  members: number;
  unread: number;
  /** The other person of a direct message. */
  other?: string;
}

/** Everything one person sees; the page draws this and nothing else. */
export interface PageState {
  me: string;
  personas: { name: Persona; id: string }[];
  people: Record<string, { name: string; tint: string; isBot: boolean }>;
  bot: string;
  workspace: { name: string; url: string };
  channels: ShownChannel[];
  appChannel: string | undefined;
  commands: { command: string; description: string; usageHint: string }[];
  prompts: { title: string; message: string }[];
  clock: string;
  zone: string;
  facts: { engine: string; transport: string };
  calls: number;
  refusedCalls: number;
  switches: Switches;
  open: string | undefined;
  messages: Message[];
  refused: RefusedCall[];
  statuses: ThreadStatus[];
  files: Record<string, ShownFile>;
  home: OpenView | undefined;
  modal: OpenView | undefined;
  modalDepth: number;
}

/** What a persona sees with one channel open. */
export function pageState(world: World, who: Persona, open: string | undefined, facts: PageState['facts']): PageState {
  const me = PERSONAS[who];
  const mine = [...world.channels.values()].filter((channel) => channel.members.includes(me));
  const channel = mine.find((one) => one.id === open);
  const direct = mine.find((one) => one.kind === 'im' && one.members.includes(WORKSPACE.botUser));
  const messages = newest(visible(world, channel, me));
  const calls = world.records.filter((record) => record.way === 'to slack');
  const modals = world.modals.get(me) ?? [];
  return {
    me,
    personas: (Object.keys(PERSONAS) as Persona[]).map((name) => ({ name, id: PERSONAS[name] })),
    people: Object.fromEntries(
      [...world.people].map(([id, one]) => [id, { name: one.realName, tint: one.tint, isBot: one.isBot }]),
    ),
    bot: WORKSPACE.botUser,
    workspace: { name: WORKSPACE.teamName, url: WORKSPACE.url },
    channels: mine.map((one) => shownChannel(world, one, me)),
    appChannel: direct?.id,
    commands: [...world.manifest.commands],
    prompts: [...(world.prompts.get(direct?.id ?? '') ?? world.manifest.prompts)],
    clock: world.clock.now(),
    zone: world.zone,
    facts,
    calls: calls.length,
    refusedCalls: calls.filter((record) => !record.ok).length,
    switches: { ...world.switches },
    open: channel?.id,
    messages,
    refused: calls.filter((record) => isRefusedIn(record, channel?.id)).map(refusedCall),
    statuses: [...world.statuses.values()].filter((status) => status.channel === channel?.id),
    files: shownFiles(world, messages),
    home: world.homes.get(me),
    modal: modals.at(-1),
    modalDepth: modals.length,
  };
}

/** The last threads with all their replies: enough to read, little enough to redraw at every change. */
const ROOTS_SHOWN = 150;

function newest(messages: Message[]): Message[] {
  const roots = [...new Set(messages.map(threadRoot))].sort().slice(-ROOTS_SHOWN);
  const shown = new Set(roots);
  return messages.filter((message) => shown.has(threadRoot(message)));
}

function visible(world: World, channel: Channel | undefined, me: string): Message[] {
  if (channel === undefined) return [];
  return (world.messages.get(channel.id) ?? []).filter((m) => m.onlyFor === undefined || m.onlyFor === me);
}

function shownChannel(world: World, channel: Channel, me: string): ShownChannel {
  const seen = world.read.get(me)?.get(channel.id) ?? '0';
  const unread = visible(world, channel, me).filter(
    (m) => m.ts > seen && m.user !== me && (threadRoot(m) === m.ts || channel.kind === 'im'),
  );
  const other = channel.kind === 'im' ? channel.members.find((id) => id !== me) : undefined;
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    external: channel.external,
    members: channel.members.length,
    unread: unread.length,
    ...(other === undefined ? {} : { other }),
  };
}

const TEMPORARY = new Set(['reply_lost', 'ratelimited']);

function isRefusedIn(record: Recorded, channel: string | undefined): boolean {
  const posts = record.name === 'chat.postMessage' || record.name === 'chat.update' || record.name === 'chat.postEphemeral';
  return posts && !record.ok && channel !== undefined && record.request.channel === channel && !TEMPORARY.has(record.error ?? '');
}

function refusedCall(record: Recorded): RefusedCall {
  const errors = (record.response as { errors?: string[] }).errors;
  const thread = record.request.thread_ts;
  return {
    at: record.at,
    name: record.name,
    error: record.error ?? '',
    faults: errors ?? [],
    ...(typeof thread === 'string' ? { threadTs: thread } : {}),
  };
}

function shownFiles(world: World, messages: Message[]): Record<string, ShownFile> {
  const named = messages.flatMap((m) => [...(m.files ?? []), ...pictureIds(m)]);
  return Object.fromEntries(
    [...new Set(named)].flatMap((id) => {
      const file = world.files.get(id);
      if (file === undefined) return [];
      return [[id, { id, name: file.name, title: file.title, mimetype: file.mimetype, bytes: file.bytes.length }]];
    }),
  );
}

function pictureIds(message: Message): string[] {
  return [...JSON.stringify(message.blocks ?? []).matchAll(/"slack_file":\{"id":"(F[A-Z0-9]+)"/g)].map((match) => match[1] ?? '');
}
