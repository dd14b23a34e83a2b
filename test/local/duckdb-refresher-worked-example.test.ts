import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest } from '@jest/globals';
import { sharedPath, whenShared } from '../helpers/shared.ts';
import { openRawHouse } from '../refresh/raw-house.ts';

jest.setTimeout(60_000);
const samples = sharedPath('data', 'aws-clickstream');

whenShared("AWS's shopping sample gives the figures of the worked example", async () => {
  const { rawDir, refresh, rows, clear } = openRawHouse({ currency: 'USD' });
  copyFileSync(`${samples}/aws-clickstream-shopping/envelope-gzip.jsonl`, join(rawDir, 'sample.jsonl'));
  expect(await refresh()).toMatchObject({
    records_read: 10_000,
    events: 10_000,
    duplicates: 0,
    quarantined: 0,
    late_events: 10_000,
  });
  const counts = await rows(`SELECT (SELECT count(*) FROM events)::INT AS events, (SELECT count(*) FROM users)::INT AS users,
    (SELECT count(*) FROM sessions)::INT AS sessions, (SELECT count(*) FROM page_views)::INT AS page_views,
    (SELECT count(*) FROM product_events)::INT AS products, (SELECT count(*) FROM orders WHERE is_valid)::INT AS valid,
    (SELECT count(*) FROM orders WHERE NOT is_valid)::INT AS invalid, (SELECT count(*) FROM sessions WHERE purchased)::INT AS purchased,
    (SELECT count(*) FROM sessions WHERE is_bot)::INT AS bots, (SELECT sum(revenue) FROM orders WHERE is_valid)::VARCHAR AS revenue`);
  expect(counts).toEqual([
    {
      events: 10_000,
      users: 97,
      sessions: 191,
      page_views: 2_187,
      products: 4_658,
      valid: 3,
      invalid: 7,
      purchased: 3,
      bots: 0,
      revenue: '178.94',
    },
  ]);
  clear();
});

whenShared('the 23 edge-case files of AWS come out as the worked example says', async () => {
  const { rawDir, refresh, clear } = openRawHouse();
  const folder = `${samples}/aws-clickstream-edge-cases`;
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(rawDir, name));
  expect(await refresh()).toMatchObject({
    files_read: 23,
    records_read: 51,
    events: 21,
    duplicates: 22,
    quarantined: 8,
    reasons: { not_json: 1, envelope_without_data: 2, event_not_object: 1, data_not_decodable: 3, data_not_array: 1 },
  });
  clear();
});
