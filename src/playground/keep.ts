import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Message, StoredFile } from './shapes.ts';
import type { World } from './world.ts';

/** The form of the state file; another version is ignored. */
interface Kept {
  version: 1;
  ids: { lastTs: string; count: number };
  messages: Message[];
  files: (Omit<StoredFile, 'bytes' | 'readyAt'> & { base64: string })[];
  read: [string, [string, string][]][];
}

/** How many bytes of files are kept over a restart; the oldest go first. */
const FILE_BYTES_KEPT = 40_000_000;
const WRITE_AFTER_MS = 250;

/** Reads kept counters, messages and files; undefined when there is no state file or it is none of ours. */
export function readKept(path: string): Kept | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
    return kept.version === 1 ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Puts what was kept back into the workspace. */
export function restore(world: World, kept: Kept): void {
  for (const message of kept.messages) {
    const list = world.messages.get(message.channel) ?? [];
    list.push(message);
    world.messages.set(message.channel, list);
  }
  for (const { base64, ...file } of kept.files) {
    world.files.set(file.id, { ...file, bytes: new Uint8Array(Buffer.from(base64, 'base64')), readyAt: 0 });
  }
  for (const [person, seen] of kept.read) world.read.set(person, new Map(seen));
}

/** Writes the state after changes, through a temporary file so that a crash leaves the old one; ephemerals are not kept. */
export function keepState(world: World, path: string): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    timer = undefined;
    const text = JSON.stringify(snapshot(world));
    writing = writing.then(() => save(path, text)).catch(() => undefined);
  };
  const off = world.onChange(() => {
    timer ??= setTimeout(write, WRITE_AFTER_MS).unref();
  });
  return {
    async close() {
      off();
      clearTimeout(timer);
      write();
      await writing;
    },
  };
}

async function save(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.next`;
  await writeFile(next, text);
  await rename(next, path);
}

function snapshot(world: World): Kept {
  let left = FILE_BYTES_KEPT;
  const files = [...world.files.values()].reverse().flatMap((file) => {
    left -= file.bytes.length;
    if (!file.completed || left < 0) return [];
    const { bytes, readyAt: _, ...rest } = file;
    return [{ ...rest, base64: Buffer.from(bytes).toString('base64') }];
  });
  return {
    version: 1,
    ids: world.ids.state(),
    messages: [...world.messages.values()].flat().filter((m) => m.onlyFor === undefined),
    files: files.reverse(),
    read: [...world.read].map(([person, seen]) => [person, [...seen]]),
  };
}
