import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../services/clock.ts';
import type { RawLine } from './envelope.ts';
import type { ShopMark } from './raw-files.ts';
import { ownerOfRawDir, readMark, writeMark, writeRawFile, writtenTo } from './raw-files.ts';
import { HOUR, openCalendar } from './shop-calendar.ts';
import type { ShopHours } from './shop-hours.ts';
import { openShopHours } from './shop-hours.ts';
import type { Shop } from './visitors.ts';

/** `zone` is the shop's IANA time zone; `days` (90) the length of its past at birth; `scale` (1) its size, 1 = some 300,000 events in 90 days. */
export interface SampleShopOptions {
  readonly rawDir: string;
  readonly seed: number;
  readonly zone: string;
  readonly clock: Clock;
  readonly days?: number;
  readonly scale?: number;
}

/** A shop that writes raw files up to now, and goes on while it lives. */
export interface SampleShop {
  /** Writes what is missing from the last file to now; `done` and `total` are hours. `events` counts records, broken ones included. */
  topUp(onProgress?: (done: number, total: number) => void): Promise<{ files: number; events: number }>;
  /** Writes every `everyMs` what arrived since, as one small file; nothing when nothing arrived. A failed round is tried again with the next; `stop` throws the fault if the last one failed. */
  live(everyMs: number): { stop(): Promise<void> };
}

/** Opens the sample shop in a raw folder: a new one in an empty folder, else the one that lives there, as it was born. */
export function openSampleShop(options: SampleShopOptions): SampleShop {
  const { rawDir, clock } = options;
  const now = () => Date.parse(clock.now());
  let writer: Promise<Writer> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const topUp: SampleShop['topUp'] = (onProgress) => {
    // One at a time: a round of `live` may fall into a top-up.
    const round = turn.then(async () => {
      writer ??= openWriter(rawDir, await bornOrFound(options, now()));
      return (await writer).writeTo(now(), onProgress);
    });
    turn = round.catch(() => {
      // What was drawn may not have been written: begin again from what the folder holds.
      writer = null;
    });
    return round;
  };
  return { topUp, live: (everyMs) => startRounds(() => topUp(), everyMs) };
}

function startRounds(topUp: () => Promise<unknown>, everyMs: number): { stop(): Promise<void> } {
  let fault: unknown = null;
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= topUp()
      .then(
        () => {
          fault = null;
        },
        (error: unknown) => {
          fault = error;
        },
      )
      .finally(() => {
        round = null;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
      if (fault !== null) throw new Error('The sample shop could not write its raw files', { cause: fault });
    },
  };
}

async function bornOrFound(options: SampleShopOptions, now: number): Promise<ShopMark> {
  const { rawDir, seed, zone, days = 90, scale = 1 } = options;
  const owner = await ownerOfRawDir(rawDir);
  if (owner === 'other')
    throw new Error('The raw folder holds files that are not the sample shop’s; give the sample shop an empty folder.');
  const found = await readMark(rawDir);
  if (found !== null) return found;
  const mark = { seed, start: startOf(zone, now, days), days, scale, zone };
  await writeMark(rawDir, mark);
  return mark;
}

/** Local midnight `days` days ago, as the UTC hour that holds it. */
function startOf(zone: string, now: number, days: number): number {
  const calendar = openCalendar(zone, now, days);
  const noon = calendar(now - days * 24 * HOUR);
  const midnight = noon.at - noon.hour * HOUR;
  // A change of the clocks in between moves it by an hour.
  const off = calendar(midnight).hour;
  return off > 12 ? midnight + (24 - off) * HOUR : midnight - off * HOUR;
}

interface Writer {
  writeTo(now: number, onProgress?: (done: number, total: number) => void): Promise<{ files: number; events: number }>;
}

async function openWriter(rawDir: string, mark: ShopMark): Promise<Writer> {
  const shop: Shop = { ...mark, calendar: openCalendar(mark.zone, mark.start, mark.days) };
  let from = Math.max(mark.start, (await writtenTo(rawDir)) ?? mark.start);
  const hours = await openShopHours(shop, Math.floor(from / HOUR) * HOUR);
  let current = hours.next();
  return {
    writeTo: async (now, onProgress) => {
      const total = Math.max(0, Math.ceil((now - from) / HOUR));
      const sum = { files: 0, events: 0 };
      let writing = Promise.resolve(false);
      for (let done = 1; from < now; done += 1) {
        const to = Math.min(now, current.at + HOUR);
        const lines = linesBetween(current.lines, from, to);
        // The files land in order, so that the newest one tells how far all of them reach; the next hour is drawn meanwhile.
        if (await writing) sum.files += 1;
        writing = writeRawFile(rawDir, from, to, lines);
        // Thrown by the `await` of the next round; without this the process would end before it.
        writing.catch(() => undefined);
        for (const { records } of lines) sum.events += records;
        from = to;
        if (to === current.at + HOUR) current = await nextHour(hours);
        onProgress?.(done, Math.max(done, total));
      }
      if (await writing) sum.files += 1;
      return sum;
    },
  };
}

async function nextHour(hours: ShopHours): Promise<ReturnType<ShopHours['next']>> {
  await setImmediate();
  return hours.next();
}

function linesBetween(lines: readonly RawLine[], from: number, to: number): readonly RawLine[] {
  return lines.filter(({ at }) => at >= from && at < to);
}
