import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { Run } from '../services/refresher.ts';

/** Where a refresh is being told. */
export interface RefreshTelling {
  readonly channel: string;
  readonly ts: string;
  readonly by: string;
  readonly id: string;
  /** When it began, ISO 8601 UTC. */
  readonly since: string;
  /** The run that another began, which it tells of. */
  readonly run?: string;
  /** Who began that: `schedule`, `slack` … */
  readonly began?: string;
  readonly joined: readonly string[];
  readonly files: number;
  readonly bytes: number;
  /** Without a sign of life until then (ms since 1970) another process may go on with it. */
  readonly heldUntil: number;
}

/** What outlives the process of refreshes that are being told, and of what they came to. */
export interface KeptTellings {
  /** The message that tells of the refresh under way, so that a restart can go on with it; undefined when it has ended. */
  keepTelling(telling: RefreshTelling | undefined): Promise<void>;
  telling(): Promise<RefreshTelling | undefined>;
  /** A sign of life; nothing where another is told by now, or none. */
  renewTelling(telling: RefreshTelling): Promise<void>;
  /** Takes over what nobody tells any more, for the one who is first; where `sole`, whoever told it is gone. */
  takeTelling(until: number, sole: boolean): Promise<RefreshTelling | undefined>;
  /** What a refresh came to, for «Run details». */
  keepRun(id: string, run: Run): Promise<void>;
  run(id: string): Promise<Run | undefined>;
}

const day = 86_400_000;

export function openKeptTellings({ memory, clock }: { memory: Memory; clock: Clock }): KeptTellings {
  const now = () => Date.parse(clock.now());
  return {
    async keepTelling(telling) {
      if (telling) await memory.put('telling', 'current', telling, { expiresAt: now() + day });
      else await memory.delete('telling', 'current');
    },
    telling: async () => (await memory.get<RefreshTelling>('telling', 'current'))?.value,
    async renewTelling(telling) {
      const found = await memory.get<RefreshTelling>('telling', 'current');
      if (found?.value.id === telling.id)
        await memory.put('telling', 'current', telling, { if: found.version, expiresAt: now() + day });
    },
    async takeTelling(heldUntil, sole) {
      const found = await memory.get<RefreshTelling>('telling', 'current');
      if (!found || (!sole && found.value.heldUntil > now())) return undefined;
      const taken = { ...found.value, heldUntil };
      const isMine = await memory.put('telling', 'current', taken, { if: found.version, expiresAt: now() + day });
      return isMine ? taken : undefined;
    },
    async keepRun(id, run) {
      await memory.put('refresh', id, run, { expiresAt: now() + 90 * day });
    },
    run: async (id) => (await memory.get<Run>('refresh', id))?.value,
  };
}
