import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { recordReader } from '../../../src/refresh/reader/read-records.ts';
import { READER_VERSION } from '../../../src/refresh/reader/reader-version.ts';
import { nastyFiles } from '../nasty-files.ts';
import { envelope } from '../raw-house.ts';

const KNOWN = { version: 1, answers: 'fda1f35f5497623fa08ca8a6' };

/** Beside the nasty history: numbers, texts and names in every form that the reader brings into another one. */
const FORMS = [
  { value: '1e2', currency: ' eur ', search_term: ' Größe ', duration: 12.7, _user_id: 7, results_count: '99999999999' },
  { _page_url: 'https://Shop.example:8080/A?utm_source=x%20y&gclid=1#f', _page_referrer: '//news.example/a?b', user: { a: 1 } },
  {
    _traffic_source_source: 's',
    _value: '0007.50',
    order_id: '12345678901234567890',
    blob: { deep: ['\0', '\ud83d'] },
  },
];

test('the reader answers as its version always did: who changes the answers raises READER_VERSION, so that raw is read again', () => {
  const read = recordReader({ eventAliases: new Map([['pdp', 'view_item']]), attributeAliases: new Map([['q', 'search_term']]) });
  const forms = FORMS.map((attributes, i) => ({
    id: `f${i}`,
    at: '2026-05-10T10:00:00Z',
    attributes,
    items: [{ id: 1, price: '2e1' }, 7],
  }));
  const files = [
    ...nastyFiles(1),
    { key: 'forms.jsonl', content: `${envelope(forms, { country_code: 'de', ip: '::1' })}\nno json\n` },
  ];
  const hash = createHash('sha256');
  for (const { key, content } of files) {
    for (const [index, text] of content.split('\n').entries()) {
      if (text === '') continue;
      for (const record of read({ number: index + 1, text, overlong: false }, { key, modified: 1_778_400_000_000 }))
        hash.update(JSON.stringify(record));
    }
  }
  expect({ version: READER_VERSION, answers: hash.digest('hex').slice(0, 24) }).toEqual(KNOWN);
});
