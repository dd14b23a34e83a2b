import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from './services/clock.ts';

export interface AliveWorld {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Since when Slack can't reach the app, ISO 8601 UTC; undefined while it can. */
  readonly downSince: () => string | undefined;
  readonly log: { error(facts: object, what: string): void };
}

/** Slack away for so long is more than Slack changing its connection. */
const borneMs = 5 * 60_000;
const beatMs = 30_000;

/**
 * The file `DATA_DIR/alive` is touched each half minute while the process turns and Slack can reach it: who watches the process
 * (ECS, Docker) looks how old it is and starts the process anew. Every minute without Slack is a line of level error in the log.
 */
export function openAliveFile(world: AliveWorld): { beat(): void; close(): void } {
  const file = join(world.dataDir, 'alive');
  let beats = 0;
  const beat = () => {
    const now = new Date(world.clock.now());
    const since = world.downSince();
    const downMs = since === undefined ? 0 : now.getTime() - Date.parse(since);
    if (downMs < borneMs) touch(file, now, world.log);
    // Two beats are a minute.
    if (downMs >= beatMs * 2 && beats++ % 2 === 0) world.log.error({ downSince: since }, 'Slack is not connected');
  };
  beat();
  const timer = setInterval(beat, beatMs);
  timer.unref();
  return { beat, close: () => clearInterval(timer) };
}

/** A disk that takes nothing ends no process: whoever looks at the file does. */
function touch(file: string, now: Date, log: AliveWorld['log']): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    utimesSync(file, now, now);
  } catch (fault) {
    log.error({ err: fault }, 'the file that says that the process is alive could not be written');
  }
}
