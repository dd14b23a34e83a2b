import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RawLine } from './envelope.ts';
import { HOUR } from './shop-calendar.ts';

/** What a raw folder remembers of the sample shop that fills it: written once, so that the shop stays the same shop. `start` is ms UTC. */
export interface ShopMark {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly scale: number;
  readonly zone: string;
}

/** Writes the lines that arrived in [from, to), both in ms and within one UTC hour, as one file; nothing for no lines. Atomic: a reader sees all or nothing. */
export async function writeRawFile(rawDir: string, from: number, to: number, lines: readonly RawLine[]): Promise<boolean> {
  if (lines.length === 0) return false;
  const folder = join(rawDir, hourFolder(from));
  await mkdir(folder, { recursive: true });
  const name = `part-${withinHour(from, from)}-${withinHour(to, from)}.jsonl.gz`;
  const text = lines.map(({ line }) => `${line}\n`).join('');
  await replaceFile(folder, name, await compress(text, { level: 1 }));
  return true;
}

/** How far the files of a raw folder reach, in ms; null without any file of the sample shop. */
export async function writtenTo(rawDir: string): Promise<number | null> {
  const newest = await newestPart(rawDir, '', ['year=', 'month=', 'day=', 'hour=']);
  const parts = newest?.match(/^year=(\d+)\/month=(\d+)\/day=(\d+)\/hour=(\d+)\/part-\d{7}-(\d{7})\.jsonl\.gz$/);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, to = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour) + to;
}

/** The mark of a raw folder; null when it has none. */
export async function readMark(rawDir: string): Promise<ShopMark | null> {
  try {
    return JSON.parse(await readFile(join(rawDir, markName), 'utf8')) as ShopMark;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(
      `The file ${markName} in the raw folder cannot be read; delete the raw folder to make the sample shop anew.`,
      {
        cause: error,
      },
    );
  }
}

/** Marks a raw folder as the sample shop's. */
export async function writeMark(rawDir: string, mark: ShopMark): Promise<void> {
  await mkdir(rawDir, { recursive: true });
  await replaceFile(rawDir, markName, `${JSON.stringify(mark, null, 2)}\n`);
}

/** Whether a raw folder is missing or holds nothing, holds the sample shop, or holds files of somebody else. */
export async function ownerOfRawDir(rawDir: string): Promise<'nobody' | 'sample' | 'other'> {
  const names = await namesIn(rawDir);
  if (names.includes(markName)) return 'sample';
  return names.every((name) => name.startsWith('.')) ? 'nobody' : 'other';
}

const markName = '.sample-shop.json';
const compress = promisify(gzip);

async function replaceFile(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(folder, `.${name}.tmp`);
  try {
    await writeFile(temporary, content);
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function hourFolder(instant: number): string {
  const [date = '', time = ''] = new Date(instant).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `year=${year}/month=${month}/day=${day}/hour=${time.slice(0, 2)}`;
}

function withinHour(instant: number, from: number): string {
  return String(instant - Math.floor(from / HOUR) * HOUR).padStart(7, '0');
}

/** Path of the last file, going down the newest folder of each level; an empty one gives way to the one before. */
async function newestPart(rawDir: string, path: string, levels: readonly string[]): Promise<string | null> {
  const prefix = levels[0] ?? 'part-';
  const names = (await namesIn(join(rawDir, path)))
    .filter((name) => name.startsWith(prefix))
    .sort()
    .reverse();
  for (const name of names) {
    if (levels.length === 0) return `${path}${name}`;
    const found = await newestPart(rawDir, `${path}${name}/`, levels.slice(1));
    if (found !== null) return found;
  }
  return null;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
