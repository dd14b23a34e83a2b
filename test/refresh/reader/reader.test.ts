import { describe, expect, test } from '@jest/globals';
import { eventNames } from '../../../src/refresh/event-names.ts';
import { decodeEnvelope } from '../../../src/refresh/reader/decode-envelope.ts';
import { ipKey } from '../../../src/refresh/reader/envelope-facts.ts';
import { fits } from '../../../src/refresh/reader/extract-columns.ts';
import { knownBots } from '../../../src/refresh/reader/known-bots.ts';
import { pageAddress } from '../../../src/refresh/reader/page-address.ts';
import { RAW_RECORD_COLUMNS } from '../../../src/refresh/reader/raw-columns.ts';
import { recordReader } from '../../../src/refresh/reader/read-records.ts';
import { trafficTags } from '../../../src/refresh/reader/traffic-tags.ts';

describe('addresses', () => {
  test.each([
    ['https://shop.example/a/B?x=1#y', 'shop.example', '/a/B'],
    ['shopping.example.com/login', 'shopping.example.com', '/login'],
    ['https://Shop.Example:8443?x', 'shop.example', '/'],
    ['//shop.example/a', 'shop.example', '/a'],
    ['/only/path?q', '', '/only/path'],
    ['https://user:pw@shop.example/x', 'shop.example', '/x'],
    ['', '', ''],
  ])('%s has its host and path', (url, host, path) => {
    expect(pageAddress(url)).toEqual({ host, path });
  });

  test.each([
    ['203.0.113.9', '4cb007109'],
    ['203.0.113.9, 10.0.0.1', '4cb007109'],
    ['::ffff:10.0.0.1', '40a000001'],
    ['2001:db8::1', '620010db8000000000000000000000001'],
    ['::', `6${'0'.repeat(32)}`],
    ['999.1.1.1', ''],
    ['1:2:3', ''],
    ['fe80::1%eth0', ''],
    ['unknown', ''],
  ])('%s becomes a text that sorts as addresses do', (ip, key) => {
    expect(ipKey(ip)).toBe(key);
  });
});

describe('what a visit says of itself', () => {
  const nothing = { source: '', medium: '', campaign: '', click: '' };
  test("the SDK's own words come first, then UTM of the page, click ids, UTM of the referrer", () => {
    const page = 'https://s.example/?utm_source=a&utm_medium=b&gclid=1';
    expect(trafficTags({ ...nothing, source: 'own' }, page, '')).toMatchObject({ source: 'own', kind: 'sdk' });
    expect(trafficTags(nothing, page, '')).toMatchObject({ source: 'a', medium: 'b', kind: 'utm' });
    expect(trafficTags(nothing, '/?fbclid=x', 'https://r.example/?utm_source=r')).toMatchObject({
      source: 'facebook',
      medium: 'social',
      kind: 'click',
    });
    expect(trafficTags(nothing, '/', 'https://r.example?utm_source=r&utm_campaign=%7Bx%7D')).toMatchObject({
      source: 'r',
      campaign: '{x}',
      kind: 'utm',
    });
    expect(trafficTags(nothing, '/?xutm_source=no', '')).toMatchObject({ kind: '' });
    expect(trafficTags(nothing, '/?utm_source=100%', '')).toMatchObject({ source: '100%' });
  });
});

describe('values', () => {
  test.each([
    ['decimal', '1e14', true],
    ['decimal', '1e16', false],
    ['decimal', '12,50', false],
    ['integer', '2147483647', true],
    ['integer', '2147483648', false],
    ['integer', '1.5', false],
    ['millis', '1.5', true],
    ['millis', 'Infinity', false],
    ['bigint', '123456789012345678', true],
    ['text', 'anything', true],
  ] as const)('%s takes %s: %s', (kind, text, taken) => {
    expect(fits(kind, text)).toBe(taken);
  });

  test('numbers of 16 digits and more keep every digit', () => {
    expect(decodeEnvelope('{"data":"[{\\"a\\":12345678901234567890,\\"b\\":0.1}]"}')).toMatchObject({
      data: { elements: [{ a: '12345678901234567890', b: 0.1 }] },
    });
  });

  test('the second name of a value is not thrown away when it says something else', () => {
    const read = recordReader({ eventAliases: new Map(), attributeAliases: new Map([['total', 'value']]) });
    const event = {
      event_id: 'e',
      event_type: 'purchase',
      timestamp: 1_778_400_000_000,
      unique_id: 'u',
      attributes: { _value: 2, total: 3, kept: true, __proto__x: 1 },
    };
    const [record] = [
      ...read(
        { number: 1, text: JSON.stringify({ data: [event], ingest_time: 1_778_400_000_000 }), overlong: false },
        { key: 'k', modified: 0 },
      ),
    ];
    const cell = (name: string) => record?.cells[RAW_RECORD_COLUMNS.indexOf(name) - 1];
    expect(cell('value')).toBe('3');
    expect(JSON.parse(cell('rest') ?? '')).toEqual({ _value: '2', kept: true, __proto__x: 1 });
  });
});

test('event names: the owner first, then the presets, then without the underscore', () => {
  const name = eventNames(
    new Map([
      ['_page_view', 'seen'],
      ['Order Completed', 'purchase'],
    ]),
  );
  expect(['_page_view', 'Order Completed', '_first_open', '_scroll', 'custom'].map(name)).toEqual([
    'seen',
    'purchase',
    'first_visit',
    'scroll',
    'custom',
  ]);
});

test('bots are known by their user agent, browsers and silence are not', () => {
  const isBot = knownBots();
  expect(isBot('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toBe(true);
  expect(
    isBot(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    ),
  ).toBe(false);
  expect(isBot('')).toBe(false);
});
