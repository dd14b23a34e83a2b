import { browsersByWeight } from './browsers.ts';
import type { RawLine, Sender } from './envelope.ts';
import { envelopeOf, pack } from './envelope.ts';
import { placesByWeight } from './places.ts';
import { plants } from './plants.ts';
import type { Random } from './random.ts';
import { openRandom } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';
import { HOUR } from './shop-calendar.ts';
import type { Shop } from './visitors.ts';

/** A broken line with the reason that the quarantine must give it. */
export interface BrokenLine extends RawLine {
  readonly reason: (typeof reasons)[number];
}

/** Reasons of the quarantine (domain study §6.2) that the sample shop plants. */
export const reasons = [
  'not_json',
  'envelope_without_data',
  'data_not_decodable',
  'data_not_array',
  'event_not_object',
  'missing_event_id',
  'missing_event_type',
  'missing_timestamp',
  'bad_timestamp',
  'missing_user',
] as const;

/** The broken lines that arrive in this hour: one record each, which must end in quarantine. */
export function brokenRecords(shop: Shop, hour: ShopHour): BrokenLine[] {
  const random = openRandom(shop.seed, Math.round(hour.at / HOUR), 3);
  const count = random.count(plants.wire.brokenPerHour * Math.max(0.3, shop.scale));
  return Array.from({ length: count }, () => brokenLine(random.pick(reasons), hour.at + random.whole(0, HOUR), random));
}

function brokenLine(reason: BrokenLine['reason'], at: number, random: Random): BrokenLine {
  const sender: Sender = {
    browser: random.weighted(browsersByWeight.mobile).browser,
    place: random.weighted(random.weighted(placesByWeight).cities).place,
    placeUnknown: false,
    ip: `198.51.100.${random.whole(1, 255)}`,
  };
  const data = dataOf(reason, at - 1200, random);
  const compressed = reason === 'data_not_decodable';
  const facts = { ingest: at, upload: at - 300, bundle: 1, data, compressed };
  const line = JSON.stringify(envelopeOf(sender, facts, random));
  return { at, records: 1, reason, line: reason === 'not_json' ? line.slice(0, random.whole(20, 200)) : line };
}

function dataOf(reason: BrokenLine['reason'], time: number, random: Random): string | undefined {
  const event = eventWithout(reason, time, random);
  switch (reason) {
    case 'envelope_without_data':
      return undefined;
    case 'data_not_decodable':
      // Cut in the middle, as by a connection that broke.
      return pack(JSON.stringify([event])).slice(0, 120);
    case 'data_not_array':
      return JSON.stringify(event);
    case 'event_not_object':
      return JSON.stringify(['ping']);
    default:
      return JSON.stringify([event]);
  }
}

function eventWithout(reason: BrokenLine['reason'], time: number, random: Random): Record<string, unknown> {
  const id = random.uuid();
  const user = { device_id: id, unique_id: id };
  return {
    ...(reason === 'missing_event_type' ? {} : { event_type: '_page_view' }),
    ...(reason === 'missing_event_id' ? {} : { event_id: random.uuid() }),
    ...(reason === 'missing_timestamp' ? {} : { timestamp: reason === 'bad_timestamp' ? 'just now' : time }),
    ...(reason === 'missing_user' ? { device_id: '', unique_id: null } : user),
    app_id: 'fjordhaus',
    platform: 'Web',
    attributes: { _page_url: 'https://www.fjordhaus.example/' },
  };
}
