import { findChannel, findPerson, type Who } from './lookup.ts';
import type { Json, Message, OpenView, Recorded, StoredFile, Switches, ThreadStatus } from './shapes.ts';
import { stateValues } from './view-state.ts';
import { threadRoot, type World } from './world.ts';

/** What a test may look at; `where` = `#name`, a channel id, or `@persona` for the app's direct message with them. */
export interface Look {
  /** Messages of a channel, oldest first, without ephemerals. */
  messages(where: string): Message[];
  /** The root and its replies, oldest first, without ephemerals. */
  thread(where: string, ts: string): Message[];
  /** What only this person sees. */
  ephemerals(who: Who): Message[];
  /** The modal on top of a person's screen, with its state in `values`. */
  modal(who: Who): OpenView | undefined;
  modalState(who: Who): Record<string, Record<string, Json>> | undefined;
  home(who: Who): OpenView | undefined;
  status(where: string, ts: string): ThreadStatus | undefined;
  file(id: string): StoredFile | undefined;
  files(): StoredFile[];
  /** Calls of the app, all or of one method. */
  calls(method?: string): Recorded[];
  /** Calls that Slack refused. */
  refusals(): Recorded[];
  /** What was sent to the app. */
  deliveries(): Recorded[];
  /** Waits until `find` gives something truthy, looking again after every change; throws after `ms` with what is there. */
  until<T>(find: () => T | undefined | null | false, ms?: number): Promise<T>;
  /** The faults that can be switched on; changing them takes effect at once. */
  switches: Switches;
  /** The recorder's lines, both ways. */
  records: readonly Recorded[];
}

/** The read-only view of the simulated workspace. */
export function look(world: World): Look {
  const inChannel = (where: string) => {
    const channel = findChannel(world, where);
    return channel === undefined ? [] : (world.messages.get(channel.id) ?? []);
  };
  const modal = (who: Who) => world.modals.get(findPerson(world, who)?.id ?? '')?.at(-1);
  return {
    messages: (where) => inChannel(where).filter((m) => m.onlyFor === undefined),
    thread: (where, ts) => inChannel(where).filter((m) => m.onlyFor === undefined && threadRoot(m) === ts),
    ephemerals(who) {
      const id = findPerson(world, who)?.id;
      return [...world.messages.values()].flat().filter((m) => m.onlyFor !== undefined && m.onlyFor === id);
    },
    modal,
    modalState(who) {
      const top = modal(who);
      return top === undefined ? undefined : stateValues(top.view.blocks, top.values);
    },
    home: (who) => world.homes.get(findPerson(world, who)?.id ?? ''),
    status: (where, ts) => world.statuses.get(`${findChannel(world, where)?.id}:${ts}`),
    file: (id) => world.files.get(id),
    files: () => [...world.files.values()],
    calls: (method) => world.records.filter((r) => r.way === 'to slack' && (method === undefined || r.name === method)),
    refusals: () => world.records.filter((r) => r.way === 'to slack' && !r.ok),
    deliveries: () => world.records.filter((r) => r.way === 'to app'),
    until: (find, ms = 5000) => until(world, find, ms),
    switches: world.switches,
    records: world.records,
  };
}

function until<T>(world: World, find: () => T | undefined | null | false, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      off();
    };
    const check = (): boolean => {
      try {
        const found = find();
        if (!found) return false;
        stop();
        resolve(found);
      } catch (cause) {
        stop();
        reject(cause);
      }
      return true;
    };
    const off = world.onChange(check);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Nothing came within ${ms} ms. The last calls were:\n${lastLines(world)}`));
    }, ms);
    check();
  });
}

function lastLines(world: World): string {
  const lines = world.records.slice(-12);
  return lines.map((r) => `  ${r.way} ${r.name} ${r.ok ? 'ok' : r.error} ${JSON.stringify(r.response).slice(0, 300)}`).join('\n');
}
