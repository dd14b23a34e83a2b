import type { Logger, LogLevel } from '@slack/bolt';
import type { Log } from './room.ts';

/** Bolt's and the Web API's logger over ours. Their debug lines hold whole bodies, so they are never written. */
export function boltLogger(log: Log): Logger {
  let name = 'slack';
  const facts = (rest: readonly unknown[]) => ({ from: name, ...(rest.length > 1 ? { more: rest.slice(1).map(String) } : {}) });
  return {
    debug() {},
    info: (...said: unknown[]) => log.debug(facts(said), String(said[0])),
    warn: (...said: unknown[]) => log.warn(facts(said), String(said[0])),
    error: (...said: unknown[]) => log.error(facts(said), String(said[0])),
    setLevel() {},
    getLevel: () => 'info' as LogLevel,
    setName(to: string) {
      name = to;
    },
  };
}
