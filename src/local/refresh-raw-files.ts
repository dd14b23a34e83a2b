import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ListedFile } from './refresh-readers.ts';

/** Files under the raw folder, and those that could not even be looked at; undefined when there is no such folder. */
export interface RawListing {
  readonly files: readonly ListedFile[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Lists every file below `rawDir`, sorted by key. Names that begin with a dot or an underscore are left out, as Spark
 * leaves them out: they are files still being written, or marks.
 */
export async function listRawFiles(rawDir: string): Promise<RawListing | undefined> {
  const files: ListedFile[] = [];
  const unreadable: { file: string; reason: string }[] = [];
  const exists = await stat(rawDir)
    .then((s) => s.isDirectory())
    .catch(() => false);
  if (!exists) return undefined;
  await walk(rawDir, rawDir, files, unreadable);
  files.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { files, unreadable };
}

async function walk(
  rawDir: string,
  folder: string,
  files: ListedFile[],
  unreadable: { file: string; reason: string }[],
): Promise<void> {
  let entries: Awaited<ReturnType<typeof listed>>;
  try {
    entries = await listed(folder);
  } catch {
    unreadable.push({ file: keyOf(rawDir, folder), reason: 'no permission to list it' });
    return;
  }
  const shown = entries.filter((entry) => !/^[._]/.test(entry.name));
  const found = await Promise.all(
    shown.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return undefined;
      const facts = await stat(path).catch(() => undefined);
      return facts?.isFile() ? { key: keyOf(rawDir, path), path, size: facts.size, modified: facts.mtimeMs } : undefined;
    }),
  );
  for (const file of found) if (file !== undefined) files.push(file);
  for (const entry of shown) if (entry.isDirectory()) await walk(rawDir, join(folder, entry.name), files, unreadable);
}

const listed = (folder: string) => readdir(folder, { withFileTypes: true });

function keyOf(rawDir: string, path: string): string {
  return relative(rawDir, path).split(sep).join('/');
}
