import type { Clock } from '../services/clock.ts';
import { type Ids, issueIds } from './ids.ts';
import type { Manifest } from './manifest.ts';
import type { Channel, Message, OpenView, Person, Piece, Recorded, StoredFile, Switches, ThreadStatus } from './shapes.ts';
import { sampleChannels, samplePeople } from './workspace.ts';

/** A use of a `response_url`: five answers within thirty minutes. */
export interface ResponseUrl {
  id: string;
  channel: string;
  user: string;
  until: number;
  left: number;
  /** The message whose button was pressed, which `replace_original` changes. */
  messageTs?: string;
}

/** Everything the fake Slack holds. Only `api/`, `act.ts` and the page's routes change it, by the verbs below. */
export interface World {
  clock: Clock;
  ids: Ids;
  manifest: Manifest;
  zone: string;
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  messages: Map<string, Message[]>;
  files: Map<string, StoredFile>;
  homes: Map<string, OpenView>;
  /** Open modals of each person, the one on top last. */
  modals: Map<string, OpenView[]>;
  triggers: Map<string, { user: string; until: number; used: boolean }>;
  responseUrls: Map<string, ResponseUrl>;
  statuses: Map<string, ThreadStatus>;
  prompts: Map<string, { title: string; message: string }[]>;
  /** person → channel → the newest message that was seen there. */
  read: Map<string, Map<string, string>>;
  records: Recorded[];
  switches: Switches;
  /** The address of this server, known once it listens. */
  base: string;
  changed(): void;
  onChange(listener: () => void): () => void;
  record(entry: Omit<Recorded, 'n' | 'at'>): void;
}

/** How many lines the recorder keeps. */
export const RECORDS_KEPT = 1000;

/** The workspace at its first start: people and channels, no messages. */
export function createWorld(options: {
  clock: Clock;
  manifest: Manifest;
  zone: string;
  ids?: { lastTs: string; count: number };
}): World {
  const listeners = new Set<() => void>();
  let recorded = 0;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const world: World = {
    clock: options.clock,
    ids: issueIds(options.clock, options.ids),
    manifest: options.manifest,
    zone: options.zone,
    people: samplePeople(options.manifest.name),
    channels: sampleChannels(),
    messages: new Map(),
    files: new Map(),
    homes: new Map(),
    modals: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    statuses: new Map(),
    prompts: new Map(),
    read: new Map(),
    records: [],
    switches: { slowNetwork: false, rateLimits: false, loseNextReply: false },
    base: '',
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    record(entry) {
      recorded += 1;
      world.records.push({ n: recorded, at: world.clock.now(), ...entry });
      if (world.records.length > RECORDS_KEPT) world.records.shift();
      changed();
    },
  };
  return world;
}

/** Adds a message at the end of its channel and gives blocks and elements the ids that Slack would. */
export function addMessage(world: World, draft: Omit<Message, 'ts'> & { ts?: string }): Message {
  const message: Message = { ...draft, ts: draft.ts ?? world.ids.ts() };
  if (message.blocks !== undefined) message.blocks = withIds(world, message.blocks);
  const list = world.messages.get(message.channel) ?? [];
  list.push(message);
  world.messages.set(message.channel, list);
  if (message.threadTs !== undefined && message.botId !== undefined) clearStatus(world, message.channel, message.threadTs);
  world.changed();
  return message;
}

/** The message with that timestamp, ephemerals included. */
export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.get(channel)?.find((message) => message.ts === ts);
}

/** Changes a message in place. */
export function editMessage(world: World, message: Message, change: Partial<Message>): void {
  Object.assign(message, change);
  if (change.blocks !== undefined) message.blocks = withIds(world, change.blocks);
  if (message.onlyFor === undefined) message.editedTs = world.ids.ts();
  world.changed();
}

/** Takes a message away. */
export function removeMessage(world: World, message: Message): void {
  const list = world.messages.get(message.channel) ?? [];
  world.messages.set(
    message.channel,
    list.filter((other) => other !== message),
  );
  world.changed();
}

/** The bot's post in a thread ends the "is reading your question" line, as in Slack. */
function clearStatus(world: World, channel: string, threadTs: string): void {
  const status = world.statuses.get(`${channel}:${threadTs}`);
  if (status !== undefined) status.text = '';
}

/** A deep copy in which every block has a `block_id` and every acting element an `action_id`, as Slack assigns them. */
export function withIds(world: World, blocks: Piece[]): Piece[] {
  const copy = structuredClone(blocks);
  const visit = (value: unknown, isBlock: boolean) => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, isBlock);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
    const piece = value as Piece;
    if (isBlock && piece.block_id === undefined) piece.block_id = world.ids.next('b').slice(-6).toLowerCase();
    const row =
      piece.type === 'actions' || piece.type === 'context_actions' ? piece.elements : piece.type === 'card' ? piece.actions : [];
    for (const element of [...(Array.isArray(row) ? row : []), piece.accessory, piece.element] as (Piece | undefined)[]) {
      if (element !== undefined && element.type !== 'image') element.action_id ??= world.ids.next('a').slice(-6).toLowerCase();
    }
    visit(piece.child_blocks, true);
    if (piece.type === 'carousel') visit(piece.elements, true);
  };
  visit(copy, true);
  return copy;
}

/** Where the thread of a message begins: its root, or itself. */
export function threadRoot(message: Message): string {
  return message.threadTs ?? message.ts;
}

/** The direct message between the app's bot and a person. */
export function botDirectMessage(world: World, user: string, bot: string): Channel | undefined {
  return [...world.channels.values()].find((c) => c.kind === 'im' && c.members.includes(user) && c.members.includes(bot));
}
