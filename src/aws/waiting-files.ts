import type { S3File, S3Files } from './s3-files.ts';

/** Raw files that no run has read yet. */
export interface WaitingFiles {
  /** How many, and their bytes. */
  count(): Promise<{ files: number; bytes: number }>;
}

const READ_AT_ONCE = 16;

/**
 * The listing of raw files without what the manifests name. A manifest is one JSON below `manifest/`, a list of
 * `[path, size, modified]` (or an object that holds it as `files`), never changed once it is there; a raw file written again
 * under its name is new again.
 */
export function openWaitingFiles(raw: S3Files, state: S3Files): WaitingFiles {
  const manifests = new Map<string, readonly Entry[]>();
  return {
    async count() {
      const [listing] = await Promise.all([raw.list(''), readNew(state, manifests)]);
      const known = byName(manifests);
      const waiting = listing.filter((file) => isData(file) && !isKnown(file, known));
      return { files: waiting.length, bytes: waiting.reduce((sum, file) => sum + file.size, 0) };
    },
  };
}

type Entry = readonly [path: string, size: number];

async function readNew(state: S3Files, manifests: Map<string, readonly Entry[]>): Promise<void> {
  const listed = (await state.list('manifest/')).map((file) => file.key).filter((key) => key.endsWith('.json'));
  for (const key of manifests.keys()) if (!listed.includes(key)) manifests.delete(key);
  const unread = listed.filter((key) => !manifests.has(key));
  for (let at = 0; at < unread.length; at += READ_AT_ONCE)
    await Promise.all(
      unread.slice(at, at + READ_AT_ONCE).map(async (key) => manifests.set(key, entriesOf(await state.text(key)))),
    );
}

/** Names that begin with a dot or an underscore are marks, or files on their way, for Spark too. */
function isData({ key, size }: S3File): boolean {
  return size > 0 && !key.split('/').some((part) => /^[._]/.test(part));
}

/** Last part of the path and size → whole paths: manifests name files by their whole address, listings from the raw folder on. */
function byName(manifests: ReadonlyMap<string, readonly Entry[]>): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, string[]>();
  for (const [path, size] of [...manifests.values()].flat()) {
    const name = nameAndSize(path, size);
    const paths = known.get(name);
    if (paths) paths.push(path);
    else known.set(name, [path]);
  }
  return known;
}

function entriesOf(text: string | undefined): readonly Entry[] {
  const found: unknown = JSON.parse(text ?? '[]');
  const list = Array.isArray(found) ? found : (found as { files?: unknown }).files;
  return Array.isArray(list) ? (list as Entry[]) : [];
}

function isKnown({ key, size }: S3File, known: ReadonlyMap<string, readonly string[]>): boolean {
  return known.get(nameAndSize(key, size))?.some((path) => path === key || path.endsWith(`/${key}`)) ?? false;
}

function nameAndSize(path: string, size: number): string {
  return `${path.split('/').pop()} ${size}`;
}
