import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrokenLine } from '../../src/sample/broken-records.ts';
import { brokenRecords, reasons } from '../../src/sample/broken-records.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';
import { HOUR } from '../../src/sample/shop-calendar.ts';
import type { SdkEvent } from '../../src/sample/trail.ts';
import { everyVisit, shopOf } from './every-visit.ts';
import { rawLines, recordsOf } from './raw-lines.ts';

const days = 14;
const shop = shopOf(11, days, 0.2);
const end = shop.start + days * 24 * HOUR;
const rawDir = mkdtempSync(join(tmpdir(), 'sample-wire-'));

type Body = SdkEvent['body'];
interface Sent {
  readonly body: Body;
  readonly ingest: number;
  readonly upload: number;
  readonly envelope: Record<string, unknown>;
}

const sent: Sent[] = [];
const failed: string[] = [];
let records = 0;

beforeAll(async () => {
  const options = { rawDir, seed: shop.seed, zone: 'Europe/Berlin', days, scale: 0.2 };
  const made = await openSampleShop({ ...options, clock: { now: () => new Date(end).toISOString() } }).topUp();
  records = made.events;
  for (const { line } of rawLines(rawDir)) {
    const found = recordsOf(line);
    if (typeof found === 'string') {
      failed.push(found);
      continue;
    }
    const envelope = JSON.parse(line) as Record<string, unknown>;
    const upload = Number(/upload_timestamp=(\d+)/.exec(String(envelope.uri))?.[1]);
    for (const record of found) {
      const reason = faultOf(record);
      if (reason === null) sent.push({ body: record as Body, ingest: Number(envelope.ingest_time), upload, envelope });
      else failed.push(reason);
    }
  }
});

afterAll(() => rmSync(rawDir, { recursive: true, force: true }));

function faultOf(record: unknown): BrokenLine['reason'] | null {
  if (typeof record !== 'object' || record === null) return 'event_not_object';
  const { event_id, event_type, timestamp, unique_id, device_id } = record as Record<string, unknown>;
  if (!event_id) return 'missing_event_id';
  if (!event_type) return 'missing_event_type';
  if (timestamp === undefined) return 'missing_timestamp';
  if (typeof timestamp !== 'number') return 'bad_timestamp';
  return unique_id || device_id ? null : 'missing_user';
}

describe('the raw lines of the sample shop', () => {
  test('fail exactly where a fault was planted, for the planted reason', () => {
    const planted: string[] = [];
    for (let at = shop.start; at < end; at += HOUR)
      planted.push(...brokenRecords(shop, shop.calendar(at)).map(({ reason }) => reason));
    expect(failed.toSorted()).toEqual(planted.sort());
    expect(planted.length).toBeGreaterThan(5);
  });

  test('are conserved: records = events, resent ones and failed ones', () => {
    const ids = new Set(sent.map(({ body }) => body.event_id));
    expect(records).toBe(sent.length + failed.length);
    expect(sent.length - ids.size).toBeGreaterThan(0);
    expect((sent.length - ids.size) / sent.length).toBeLessThan(0.03);
  });

  test('carry every event of every visit that was over, and no person’s event that was not drawn', () => {
    const ids = new Set(sent.map(({ body }) => body.event_id));
    const drawn = new Set<string>();
    for (const { visit, events } of everyVisit(shop)) {
      for (const { body, at } of events) {
        drawn.add(body.event_id);
        if (at < end - 60_000 && visit.straggler !== 'late') expect(ids.has(body.event_id)).toBe(true);
      }
    }
    const people = sent.filter(({ envelope }) => !/bot|Headless/i.test(String(envelope.ua)));
    expect(people.every(({ body }) => drawn.has(body.event_id))).toBe(true);
  });

  test('carry 1 to 50 events a request, some as plain text, most compressed', () => {
    const requests = Map.groupBy(sent, ({ envelope }) => envelope.rid);
    for (const [, events] of requests) expect(events.length).toBeLessThanOrEqual(50);
    const plain = [...requests.values()].filter(([first]) => first!.envelope.compression === undefined).length / requests.size;
    expect(plain).toBeGreaterThan(0.1);
    expect(plain).toBeLessThan(0.2);
  });

  test('hold late events, and clocks that run ahead by what upload_timestamp tells', () => {
    const late = sent.filter(({ body, ingest }) => ingest - body.timestamp > 24 * HOUR);
    const ahead = sent.filter(({ body, ingest }) => body.timestamp - ingest > 5 * 60_000);
    expect(late.length).toBeGreaterThan(20);
    expect(ahead.length).toBeGreaterThan(5);
    for (const { body, ingest, upload } of ahead) {
      const shifted = body.timestamp + (ingest - upload);
      expect(shifted).toBeLessThanOrEqual(ingest);
      expect(ingest - shifted).toBeLessThan(120_000);
    }
  });

  test('tell a place in most envelopes, and a session on every event', () => {
    const withPlace = sent.filter(
      ({ envelope }) => typeof envelope.country_code === 'string' && typeof envelope.latitude === 'number',
    );
    expect(withPlace.length / sent.length).toBeGreaterThan(0.93);
    expect(withPlace.length / sent.length).toBeLessThan(0.995);
    for (const { body } of sent) expect(body.attributes._session_id).toMatch(/^[0-9a-f]{8}-\d{8}-\d{9}$/);
  });

  test('know all reasons that the quarantine can give for a record of ordinary size', () => {
    expect(reasons).toHaveLength(10);
  });
});
