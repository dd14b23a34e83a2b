import type { Ack, Json } from '../shapes.ts';
import type { World } from '../world.ts';
import { ACK_MS, type Kind, type Retry, type Transport } from './transport.ts';

/** Sends to the app, notes it in the recorder, and tries events again as Slack does. */
export interface Deliver {
  (kind: Kind, name: string, payload: Json): Promise<Ack>;
  /** Sends the last event that a person caused once more, as Slack does when it missed the acknowledgement. */
  again(): Promise<Ack | undefined>;
  /** Resolves when nothing is under way; scheduled retries are not waited for. */
  idle(): Promise<void>;
  close(): void;
}

/** Slack tries an event again at once, after a minute and after five. */
export const RETRY_MS: readonly number[] = [0, 60_000, 300_000];

const SLOW_MS = 800;

/** A sender over one transport; failed events come again after `retryMs`, commands and presses never do. */
export function deliverer(world: World, transport: Transport, retryMs: readonly number[] = RETRY_MS): Deliver {
  const timers = new Set<NodeJS.Timeout>();
  const under = new Set<Promise<unknown>>();
  let lastEvent: { name: string; payload: Json } | undefined;
  let closed = false;

  async function once(kind: Kind, name: string, payload: Json, retry?: Retry): Promise<Ack> {
    if (world.switches.slowNetwork) await pause(SLOW_MS);
    const ack = await transport.send(kind, payload, retry);
    world.record({
      way: 'to app',
      name,
      request: payload,
      response: ack.body,
      ms: ack.ms,
      ok: ack.ok,
      ...(ack.error === undefined ? {} : { error: ack.error }),
      ...(ack.ms >= ACK_MS ? { late: true } : {}),
      ...(retry === undefined ? {} : { retry: retry.num }),
    });
    if (!ack.ok && kind === 'events_api' && !closed) tryAgain(name, payload, ack, retry?.num ?? 0);
    return ack;
  }

  function tryAgain(name: string, payload: Json, ack: Ack, tried: number): void {
    const wait = retryMs[tried];
    if (wait === undefined) return;
    const reason = ack.error === 'operation_timeout' ? 'http_timeout' : ack.status === 0 ? 'connection_failed' : 'http_error';
    const timer = setTimeout(() => {
      timers.delete(timer);
      track(once('events_api', name, payload, { num: tried + 1, reason }));
    }, wait);
    timer.unref();
    timers.add(timer);
  }

  function track<T>(work: Promise<T>): Promise<T> {
    under.add(work);
    return work.finally(() => under.delete(work));
  }

  const send = (kind: Kind, name: string, payload: Json) => {
    // The app's own messages come back as events too; to repeat those would prove nothing.
    const event = payload.event as Json | undefined;
    if (event !== undefined && event.bot_id === undefined && event.hidden !== true) lastEvent = { name, payload };
    return track(once(kind, name, payload));
  };
  return Object.assign(send, {
    again: async () =>
      lastEvent === undefined
        ? undefined
        : track(once('events_api', lastEvent.name, lastEvent.payload, { num: 1, reason: 'http_timeout' as const })),
    async idle() {
      while (under.size > 0) await Promise.allSettled([...under]);
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
