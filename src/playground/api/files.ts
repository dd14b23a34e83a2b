import type { Json, StoredFile } from '../shapes.ts';
import { WORKSPACE } from '../workspace.ts';
import { addMessage, type World } from '../world.ts';
import { readMessage } from './chat.ts';
import { botIn, isRefusal, messageFields } from './conversations.ts';
import { type Args, type CallContext, type Method, missing, type Reply, refuse } from './method.ts';

/** How long Slack's scan of a new file takes here, milliseconds. */
export const FILE_READY_MS = 300;

/** `files.*`: upload in three steps, and its scan that takes a moment. */
export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': { scopes: ['files:write'], tier: 100, run: begin },
  'files.completeUploadExternal': { scopes: ['files:write'], tier: 100, run: complete },
  'files.info': { scopes: ['files:read'], tier: 100, run: info },
  'files.delete': { scopes: ['files:write'], tier: 50, run: remove },
};

/** Keeps uploaded bytes under the id that `files.getUploadURLExternal` gave out; false = no such upload. */
export function receiveBytes(world: World, id: string, bytes: Uint8Array): boolean {
  const file = world.files.get(id);
  if (file === undefined || file.completed) return false;
  file.bytes = bytes;
  return true;
}

/** Adds a file that a person attached: complete and scanned at once. */
export function addPersonFile(world: World, user: string, name: string, bytes: Uint8Array): StoredFile {
  const file = { ...emptyFile(world, name, user), bytes, completed: true, readyAt: 0 };
  world.files.set(file.id, file);
  return file;
}

/** A file object as the Web API and events show it; before the scan is over `mimetype` is empty. */
export function fileFields(world: World, file: StoredFile): Json {
  const ready = file.completed && file.readyAt <= performance.now();
  const url = `${world.base}/files-pri/${WORKSPACE.teamId}-${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: Math.floor(Date.parse(file.createdAt) / 1000),
    timestamp: Math.floor(Date.parse(file.createdAt) / 1000),
    name: file.name,
    title: file.title,
    mimetype: ready ? file.mimetype : '',
    filetype: ready ? file.name.split('.').pop() : '',
    user: file.user,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    is_public: file.shares.length > 0,
    url_private: url,
    url_private_download: url,
    permalink: `${WORKSPACE.url}files/${file.user}/${file.id}`,
    channels: file.shares.map((share) => share.channel),
    shares: { public: Object.fromEntries(file.shares.map((share) => [share.channel, [{ ts: share.ts }]])) },
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
  };
}

function emptyFile(world: World, name: string, user: string): StoredFile {
  return {
    id: world.ids.next('F'),
    name,
    title: name,
    mimetype: mimeOf(name),
    user,
    bytes: new Uint8Array(),
    createdAt: world.clock.now(),
    completed: false,
    readyAt: Number.POSITIVE_INFINITY,
    shares: [],
  };
}

const MIMES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  csv: 'text/csv',
  sql: 'text/plain',
  txt: 'text/plain',
  json: 'application/json',
};

function mimeOf(name: string): string {
  return MIMES[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

function begin(args: Args, { world }: CallContext): Reply {
  const name = args.text('filename');
  const length = args.number('length');
  if (name === undefined) return missing('filename');
  if (length === undefined || length <= 0)
    return refuse('invalid_arguments', ['must be a positive integer [json-pointer:/length]']);
  const file = emptyFile(world, name, WORKSPACE.botUser);
  const alt = args.text('alt_txt') ?? args.text('alt_text');
  if (alt !== undefined) file.altText = alt;
  world.files.set(file.id, file);
  return { ok: true, file_id: file.id, upload_url: `${world.base}/upload/v1/${file.id}` };
}

function complete(args: Args, context: CallContext): Reply {
  const { world } = context;
  const entries = args.json('files');
  if (!Array.isArray(entries) || entries.length === 0) return missing('files');
  const files: StoredFile[] = [];
  for (const entry of entries as Json[]) {
    const file = world.files.get(String(entry.id));
    if (file === undefined) return refuse('file_not_found');
    if (file.bytes.length === 0) return refuse('file_update_failed');
    if (typeof entry.title === 'string') file.title = entry.title;
    files.push(file);
  }
  const target = args.text('channel_id');
  const shared = target === undefined ? undefined : share(args, context, target, files);
  if (shared !== undefined) return shared;
  for (const file of files) {
    file.completed = true;
    file.readyAt = performance.now() + FILE_READY_MS;
  }
  world.changed();
  return { ok: true, files: files.map((file) => ({ id: file.id, title: file.title })) };
}

/** Shares into a channel; the method answers without a ts, as Slack does. A user id is no channel here. */
function share(args: Args, context: CallContext, target: string, files: StoredFile[]): Reply | undefined {
  const { world } = context;
  if (world.people.has(target)) return refuse('channel_not_found');
  const channel = botIn(world, target);
  if (isRefusal(channel)) return channel;
  const comment = args.text('initial_comment');
  const blocks = args.json('blocks');
  const parts = comment === undefined && blocks === undefined ? { text: '' } : readMessage(world, { text: comment, blocks });
  if ('refused' in parts) return parts.refused;
  const thread = args.text('thread_ts');
  const message = addMessage(world, {
    channel: channel.id,
    user: WORKSPACE.botUser,
    botId: WORKSPACE.botId,
    subtype: 'file_share',
    files: files.map((file) => file.id),
    ...parts,
    ...(thread === undefined ? {} : { threadTs: thread }),
  });
  for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts });
  context.announce({ ...messageFields(world, message), channel: channel.id, event_ts: message.ts }, channel.id);
  return undefined;
}

function info(args: Args, { world }: CallContext): Reply {
  const id = args.text('file');
  if (id === undefined) return missing('file');
  const file = world.files.get(id);
  return file === undefined ? refuse('file_not_found') : { ok: true, file: fileFields(world, file), content_truncated: false };
}

function remove(args: Args, { world }: CallContext): Reply {
  const id = args.text('file');
  if (id === undefined || !world.files.delete(id)) return refuse('file_not_found');
  world.changed();
  return { ok: true };
}
