import { gzipSync } from 'node:zlib';
import type { Random } from './random.ts';
import type { Visitor } from './visitors.ts';

/** One line of a raw file. `at` is its ingest time in ms; `records` counts as definition 24 does. */
export interface RawLine {
  readonly at: number;
  readonly line: string;
  readonly records: number;
}

/** Who sends: what the collector sees of a browser besides the request's body. */
export type Sender = Pick<Visitor, 'browser' | 'place' | 'placeUnknown' | 'ip'>;

/** What varies between requests of one sender. Times in ms. */
export interface RequestFacts {
  /** When the collector received it. */
  readonly ingest: number;
  /** The browser's clock when it sent. */
  readonly upload: number;
  /** Number of the request in its session. */
  readonly bundle: number;
  /** A JSON array as text, or base64(gzip(…)) of it with `compression`. Undefined leaves `data` out. */
  readonly data: string | undefined;
  readonly compressed: boolean;
}

/** The envelope of one request, with the fields of AWS's ingestion server and those that CloudFront's headers add, as a JSON object. */
export function envelopeOf(sender: Sender, facts: RequestFacts, random: Random): Record<string, unknown> {
  const { place, browser } = sender;
  const compression = facts.compressed ? '&compression=gzip' : '';
  const time = new Date(facts.ingest).toISOString();
  return {
    date: time,
    ...(facts.data === undefined ? {} : { data: facts.data }),
    ip: random.chance(0.08) ? `${sender.ip}, 10.0.4.17` : sender.ip,
    source_type: 'http_server',
    rid: random.hex(32),
    ua: browser.ua,
    method: 'POST',
    uri: `/collect?platform=Web&appId=fjordhaus${compression}&event_bundle_sequence_id=${facts.bundle}&upload_timestamp=${facts.upload}`,
    platform: 'Web',
    path: '/collect',
    appId: 'fjordhaus',
    ...(facts.compressed ? { compression: 'gzip' } : {}),
    ingest_time: facts.ingest,
    server_ingest_time: facts.ingest,
    timestamp: time,
    ...(sender.placeUnknown ? {} : placeFields(place)),
  };
}

/** base64(gzip(text)): a small window, for thousands of small bodies have to be packed. */
export function pack(text: string): string {
  return gzipSync(text, { level: 4, windowBits: 13, memLevel: 6 }).toString('base64');
}

function placeFields(place: Sender['place']) {
  const { country, region, city, latitude, longitude } = place;
  return { country_code: country, region, city, latitude, longitude };
}
