import { setImmediate } from 'node:timers/promises';
import { botVisits } from './bots.ts';
import { brokenRecords } from './broken-records.ts';
import type { RawLine } from './envelope.ts';
import { longestDelay, requestsOf } from './requests.ts';
import { HOUR } from './shop-calendar.ts';
import type { Shop, Visit } from './visitors.ts';
import { visitsOfNewcomers } from './visitors.ts';
import { walkVisit } from './walk-visit.ts';

/** The raw lines of a shop, one ingest hour after the other. */
export interface ShopHours {
  /** All lines that arrive in the next hour, by time of arrival; `at` is the hour's start in ms. */
  next(): { readonly at: number; readonly lines: readonly RawLine[] };
}

/** Opens the shop at an hour (ms, at or after its start). An hour's lines are the same wherever the shop was opened. */
export async function openShopHours(shop: Shop, from: number): Promise<ShopHours> {
  const planned = new Map<number, Visit[]>();
  const pending = new Map<number, RawLine[]>();
  const plan = (at: number, matters: (visit: Visit) => boolean) => {
    for (const visit of visitsOfNewcomers(shop, shop.calendar(at))) {
      if (visit.startsAt >= shop.start && matters(visit)) push(planned, hourOf(visit.startsAt), visit);
    }
  };
  const walk = (at: number) => {
    for (const visit of planned.get(at) ?? []) deliver(pending, from, requestsOf(visit, walkVisit(shop, visit).events));
    planned.delete(at);
    if (at < from - longestVisit) return;
    for (const { visit, events } of botVisits(shop, shop.calendar(at))) deliver(pending, from, requestsOf(visit, events));
  };

  // Before the shop's first hour its later guests were born; before `from` only those matter whose requests are still under way.
  const matters = ({ startsAt, straggler }: Visit) =>
    startsAt >= from - longestVisit || (straggler !== null && startsAt >= from - longestDelay);
  for (let at = shop.start - prehistory; at < from; at += HOUR) {
    plan(at, matters);
    if (at % (96 * HOUR) === 0) await setImmediate();
  }
  for (let at = Math.max(shop.start, from - longestDelay); at < from; at += HOUR) {
    walk(at);
    await setImmediate();
  }

  let at = from;
  return {
    next: () => {
      plan(at, () => true);
      walk(at);
      deliver(pending, from, brokenRecords(shop, shop.calendar(at)));
      const lines = (pending.get(at) ?? []).sort((a, b) => a.at - b.at || (a.line < b.line ? -1 : 1));
      pending.delete(at);
      at += HOUR;
      return { at: at - HOUR, lines };
    },
  };
}

const prehistory = 56 * 24 * HOUR;
const longestVisit = 6 * HOUR;

function deliver(pending: Map<number, RawLine[]>, from: number, lines: readonly RawLine[]): void {
  for (const line of lines) if (line.at >= from) push(pending, hourOf(line.at), line);
}

function hourOf(instant: number): number {
  return Math.floor(instant / HOUR) * HOUR;
}

function push<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
