import type { Ack, Json } from '../shapes.ts';
import type { World } from '../world.ts';
import { ACK_MS, type Kind, type Retry, type Transport } from './transport.ts';

/** Sends to the app, notes it in the recorder, and tries events again as Slack does. */
export interface Deliver {
  (kind: Kind, name: string, payload: Json): Promise<Ack>;
  /** Sends the last event that a person caused once more, as Slack does when it missed the acknowledgement. */
  again(): Promise<Ack | undefined>;
  close(): void;
}

/** Slack tries an event again at once, after a minute and after five. */
export const RETRY_MS: readonly number[] = [0, 60_000, 300_000];

const SLOW_MS = 800;

/** A sender over one transport; failed events come again after `retryMs`, commands and presses never do. */
export function deliverer(world: World, transport: Transport, retryMs: readonly number[] = RETRY_MS): Deliver {
  const timers = new Set<NodeJS.Timeout>();
  let lastEvent: { name: string; payload: Json } | undefined;
  let closed = false;
  const once = async (kind: Kind, name: string, payload: Json, retry?: Retry): Promise<Ack> => {
    if (world.switches.slowNetwork) await pause(SLOW_MS);
    const ack = await transport.send(kind, payload, retry);
    noteDelivery(world, name, payload, ack, retry);
    const wait = retryMs[retry?.num ?? 0];
    if (ack.ok || kind !== 'events_api' || closed || wait === undefined) return ack;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void once(kind, name, payload, { num: (retry?.num ?? 0) + 1, reason: reasonOf(ack) });
    }, wait);
    timers.add(timer.unref());
    return ack;
  };
  const send = (kind: Kind, name: string, payload: Json) => {
    // The app's own messages come back as events too; to repeat those would prove nothing.
    const event = payload.event as Json | undefined;
    if (event !== undefined && event.bot_id === undefined && event.hidden !== true) lastEvent = { name, payload };
    return once(kind, name, payload);
  };
  return Object.assign(send, {
    again: async () => {
      const again: Retry = { num: 1, reason: 'http_timeout' };
      return lastEvent === undefined ? undefined : once('events_api', lastEvent.name, lastEvent.payload, again);
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  });
}

function noteDelivery(world: World, name: string, payload: Json, ack: Ack, retry?: Retry): void {
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
}

function reasonOf(ack: Ack): Retry['reason'] {
  if (ack.error === 'operation_timeout') return 'http_timeout';
  return ack.status === 0 ? 'connection_failed' : 'http_error';
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
