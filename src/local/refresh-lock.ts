import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Who holds the lock. `born` tells a process from a later one with the same number, where the system says it. */
export interface LockHolder {
  readonly pid: number;
  readonly born: string;
  readonly since: string;
  readonly trigger: string;
  readonly token: string;
}

export type LockEnd = { readonly kind: 'held'; release(): Promise<void> } | { readonly kind: 'taken'; readonly by: LockHolder };

/** Takes the lock file, or says who holds it. A lock whose process is gone is taken over. */
export async function takeLock(path: string, who: { readonly since: string; readonly trigger: string }): Promise<LockEnd> {
  const holder: LockHolder = { pid: process.pid, born: await bornOf(process.pid), ...who, token: randomBytes(8).toString('hex') };
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${holder.token}`;
  await writeFile(aside, JSON.stringify(holder));
  try {
    for (let attempt = 0; ; attempt += 1) {
      if (await linked(aside, path)) return { kind: 'held', release: () => release(path, holder.token) };
      const other = await holderOf(path);
      if (other !== undefined && (attempt > 3 || (await isAlive(other)))) return { kind: 'taken', by: other };
      await putAside(path, other);
    }
  } finally {
    await rm(aside, { force: true });
  }
}

// A hard link appears whole or not at all, and fails when the name is taken: no half-written lock, no two holders.
async function linked(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<LockHolder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockHolder;
  } catch {
    return undefined; // gone meanwhile, or no lock of ours
  }
}

async function isAlive(holder: LockHolder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const born = await bornOf(holder.pid);
  return born === '' || holder.born === '' || born === holder.born;
}

// Renamed and looked at again before it is removed: another process may have replaced the stale lock by its own meanwhile.
async function putAside(path: string, stale: LockHolder | undefined): Promise<void> {
  const away = `${path}.stale-${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, away);
  } catch {
    return;
  }
  const moved = await holderOf(away);
  if (moved !== undefined && moved.token !== stale?.token && (await isAlive(moved)))
    await link(away, path).catch(() => undefined);
  await rm(away, { force: true });
}

async function release(path: string, token: string): Promise<void> {
  if ((await holderOf(path))?.token === token) await rm(path, { force: true });
}

// Start of a process in clock ticks since boot (Linux); '' elsewhere.
async function bornOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
