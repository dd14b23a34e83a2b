import { gzipSync } from 'node:zlib';

/** Draws the same for a seed: `below(n)` a whole number, `one(list)` an entry. */
export interface Dice {
  below(n: number): number;
  one<T>(list: readonly T[]): T;
}

/** Dice of a seed. */
export function dice(seed: number): Dice {
  let state = seed;
  const below = (n: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * n);
  };
  return { below, one: (list) => list[below(list.length)] as (typeof list)[number] };
}

/**
 * Raw lines as nobody means them: numbers that no double holds, names that are places in an array, halves of letters, NULs,
 * damaged base64, foreign forms of time and address. Written as text, so that what JSON.stringify would mend stays.
 */
export function wildFile(seed: number, lines: number): Buffer {
  const d = dice(seed);
  const pieces: Buffer[] = d.below(3) === 0 ? [Buffer.from('\ufeff')] : [];
  for (let line = 0; line < lines; line += 1) {
    pieces.push(d.below(40) === 0 ? Buffer.from(d.one(BROKEN)) : Buffer.from(envelope(d, `${seed}-${line}`)));
    pieces.push(Buffer.from(d.one(['\n', '\n', '\n', '\r\n', '\n\n', '\n \t\n'])));
  }
  const whole = Buffer.concat(pieces);
  return d.below(2) === 0 ? gzipSync(whole) : whole;
}

const BROKEN = [
  '{',
  'null',
  '[]',
  '"text"',
  '{"data":NaN}',
  '{"a":1,}',
  '{"data":"[]"} x',
  'é\u0000',
  '{"data": 01}',
  '{"a":"\t"}',
];
const NUMBERS = [
  '0',
  '-0',
  '1',
  '1.0',
  '7.5',
  '1e3',
  '1E-7',
  '0.00001',
  '0.000001',
  '1.5e-9',
  '1e21',
  '1e22',
  '123456789012345',
  '1234567890123456',
  '12345678901234567890',
  '0.1234567890123456789',
  '1e400',
  '-1e400',
  '100000000000000000000',
  '-123.4500',
  '2147483648',
  '9007199254740993',
  '5e-324',
  '1.0000000000000001',
];
const TEXTS = [
  '',
  ' ',
  'plain',
  ' trimmed\\t',
  'tab\\there',
  'line\\nbreak',
  'nul\\u0000end',
  'half\\ud83d',
  '\\udc00half',
  '\\ud83d\\ude00',
  'ÄÖß',
  'İ',
  '\\"quoted\\"',
  '\\\\',
  'a/b',
  '\u00a0x\u2003',
  '12',
  '1e3',
  '0x10',
  '١٢',
  'null',
  '\\u001f',
  '12.50',
  '-3',
  '.5',
  '5.',
  '+7',
  'true',
  '2147483647',
  '\u007f',
];
const OWN = [
  'app_id',
  'platform',
  'system_language',
  'locale',
  'country_code',
  'os_name',
  'os',
  'os_version',
  'make',
  'model',
  'viewport_width',
  'host_name',
  'user_id',
  'zone_offset',
  'event_name',
  '7',
  '42',
  '__proto__',
  'constructor',
  'x y',
];
const ATTRIBUTES = [
  '_user_id',
  '_session_number',
  '_page_title',
  '_screen_title',
  'page_title',
  '_screen_name',
  '_page_referrer',
  '_latest_referrer',
  '_traffic_source_source',
  '_traffic_source_medium',
  '_traffic_source_campaign',
  '_traffic_source_clid_platform',
  'element',
  'search_term',
  'results_count',
  'transaction_id',
  'order_id',
  'value',
  '_value',
  'currency',
  '_currency',
  'tax',
  'shipping',
  'coupon',
  'payment_type',
  'item_list_name',
  'error_message',
  'form_id',
  'form_field',
  'duration',
  'responseStart',
  'responseStatus',
  '_engagement_time_msec',
  'free',
  '3',
  '10',
  '007',
  '4294967295',
  '__proto__',
  'toString',
  'event_x',
  'app_id',
];
const TYPES = [
  '_page_view',
  '_page_view',
  'view_item',
  'add_to_cart',
  'purchase',
  'refund',
  '_page_load',
  '_first_open',
  'search',
  'constructor',
  '_App',
  '__x',
  'form_start',
  'js_error',
  '_scroll',
];
const URLS = [
  'https://shop.example/a?utm_source=news&utm_medium=email',
  'HTTP://User:pw@Shop.Example:8080/Å?gclid=1#x',
  '//shop.example',
  'shop.example/p/1?fbclid=',
  '/only/path?utm_campaign=%C3%A4+b',
  '?q',
  '#',
  'a@b@c/d',
  'https://x?utm_source=%zz&utm_medium=%E4',
  'data:text',
  'https://[::1]:80/x',
  'https://google.com/search?q=1',
  'http://',
  'x://y?a=1&utm_source=a&utm_source=b',
  'https://t.co/?wbraid=3&gbraid=4',
  '://',
];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Googlebot/2.1 (+http://www.google.com/bot.html)',
  'curl/8.1',
  'python-requests/2.31.0',
  'Mozilla/5.0 (Linux; Android 14; SM-T970) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Safari/537.36',
  'GoogleWv',
  'cubot',
  'x',
  '',
  'Ümlaut bot',
];
const IPS = [
  '203.0.113.9',
  '203.0.113.9, 10.0.0.1',
  '::ffff:203.0.113.10',
  '2001:db8::1',
  '2001:DB8:0:0:0:0:0:2',
  '::',
  '1:2:3',
  '256.1.1.1',
  '203.0.113',
  ' 198.51.100.7 ',
  'g::1',
  '1::2::3',
];
const MOMENTS = [
  '1716200000000',
  '"1716200000000"',
  '"2024-05-20T10:00:00Z"',
  '"2024-05-20 10:00:00"',
  '"2024-05-20T10:00:00.1239+05:30"',
  '"2024-02-30T10:00:00Z"',
  '"2024-05-20"',
  '0',
  '"-"',
  'null',
  'true',
  '"1.7e12"',
  '1716200000000.75',
  '"20/May/2024"',
  '1e12',
  '"2024-05-20T24:00:00Z"',
];

function envelope(d: Dice, id: string): string {
  const device = `d${d.below(6)}`;
  const events = Array.from({ length: d.below(5) }, (_, i) =>
    d.below(25) === 0 ? value(d, 2) : event(d, `${id}-${i}`, d.below(9) === 0 ? 'other' : device),
  );
  const list = `[${events.join(',')}]`;
  const fields = [`"data":${data(d, list)}`];
  const maybe = (name: string, text: () => string) => {
    if (d.below(3) > 0) fields.splice(d.below(fields.length + 1), 0, `${JSON.stringify(name)}:${text()}`);
  };
  for (const name of ['ingest_time', 'server_ingest_time', 'timestamp', 'date']) maybe(name, () => d.one(MOMENTS));
  maybe('ua', () => JSON.stringify(d.one(AGENTS)));
  maybe('ip', () => JSON.stringify(d.one(IPS)));
  maybe(
    'uri',
    () => `"/collect?upload_timestamp=${d.one(['1716200000000', '17162', '171620000000'])}${d.one(['', '&x=1', 'z'])}"`,
  );
  maybe('country_code', () => d.one(['"de"', '"US"', '""', '7', 'null']));
  maybe('region', () => value(d, 0));
  maybe('city', () => value(d, 0));
  maybe('latitude', () => d.one(['"52.5"', '91', '-0', '"0x10"', '"abc"', '1e1', '" 7 "', 'true']));
  maybe('longitude', () => d.one(['13.4', '"181"', '"-179.99999"', '""', '1e-7']));
  maybe('appId', () => value(d, 1));
  maybe('platform', () => d.one(['"Web"', '"iOS"', '"android"']));
  return `{${fields.join(d.one([',', ', ', ' ,']))}}`;
}

function data(d: Dice, list: string): string {
  const packed = gzipSync(list).toString('base64');
  const cut = 4 * d.below(packed.length / 4);
  return d.one([
    () => JSON.stringify(list),
    () => `"${packed}"`,
    () => `"${packed}"`,
    () => list,
    () => `"${packed.replaceAll('+', '-').replaceAll('/', '_')}"`,
    () => `"${packed.slice(0, 20)}\\n ${packed.slice(20)}"`,
    () => `"${packed.slice(0, cut)}"`,
    () => `"${packed}QUJD"`,
    () => `"${gzipSync(list.slice(0, 9)).toString('base64')}"`,
    () =>
      JSON.stringify(
        Buffer.concat([gzipSync(list.slice(0, 5)), gzipSync(list.slice(5)), Buffer.alloc(d.below(4))]).toString('base64'),
      ),
    () => JSON.stringify(Buffer.concat([gzipSync(list), Buffer.from('xx')]).toString('base64')),
    () => JSON.stringify(` ${list}`),
    () => '"{}"',
    () => '{}',
    () => '17',
    () => '""',
    () => 'null',
    () => JSON.stringify(`${list},`),
    () =>
      JSON.stringify(
        gzipSync(Buffer.concat([Buffer.from('['), Buffer.from('"\xff\xfe"', 'latin1'), Buffer.from(']')])).toString('base64'),
      ),
  ])();
}

function event(d: Dice, id: string, device: string): string {
  const time = 1_716_200_000_000 + d.below(86_400_000 * 2) - (d.below(30) === 0 ? 86_400_000 * 3 : 0);
  const pairs = [`"event_id":${d.below(20) === 0 ? value(d, 0) : JSON.stringify(d.below(15) === 0 ? 'again' : id)}`];
  pairs.push(`"event_type":${d.below(30) === 0 ? value(d, 1) : JSON.stringify(d.one(TYPES))}`);
  pairs.push(
    `"timestamp":${d.one([`${time}`, `${time}`, `${time}`, `"${time}"`, `${time}.5`, `${time / 1000}e3`, d.below(4) === 0 ? value(d, 0) : `${time}`])}`,
  );
  if (d.below(15) > 0) pairs.push(`"unique_id":${d.below(20) === 0 ? value(d, 1) : `"u${d.below(8)}"`}`);
  if (d.below(4) > 0) pairs.push(`"device_id":"${device}"`);
  for (let i = d.below(6); i > 0; i -= 1)
    pairs.splice(d.below(pairs.length + 1), 0, `${JSON.stringify(d.one(OWN))}:${value(d, 1)}`);
  const attributes = Array.from({ length: d.below(12) }, () => `${JSON.stringify(d.one(ATTRIBUTES))}:${value(d, 2)}`);
  attributes.push(`"_page_url":${JSON.stringify(d.one(URLS))}`);
  if (d.below(2) === 0) attributes.push(`"_page_referrer":${JSON.stringify(d.one(URLS))}`);
  if (d.below(2) === 0) attributes.push(`"_session_id":"s${d.below(4)}"`);
  pairs.push(`"attributes":${d.below(30) === 0 ? value(d, 2) : `{${attributes.join(',')}}`}`);
  if (d.below(3) === 0)
    pairs.push(
      `"user":${d.one([value(d, 2), `{"_user_id":{"value":${value(d, 1)},"set_timestamp":1},"_user_first_touch_timestamp":{"value":${d.one(NUMBERS)}},"9":1,"name":{"value":"x"}}`])}`,
    );
  if (d.below(3) === 0)
    pairs.push(`"items":${d.below(8) === 0 ? value(d, 2) : `[${Array.from({ length: d.below(3) }, () => item(d)).join(',')}]`}`);
  return `{${pairs.join(',')}}`;
}

function item(d: Dice): string {
  const names = [
    'item_id',
    'id',
    'name',
    'brand',
    'category',
    'item_category2',
    'price',
    'quantity',
    'currency',
    'coupon',
    'index',
    'extra',
    '5',
  ];
  return d.below(15) === 0
    ? value(d, 1)
    : `{${Array.from({ length: d.below(7) }, () => `"${d.one(names)}":${value(d, 1)}`).join(',')}}`;
}

function value(d: Dice, depth: number): string {
  const kind = d.below(depth > 0 ? 9 : 7);
  if (kind < 3) return d.one(NUMBERS);
  if (kind < 6) return `"${d.one(TEXTS)}"`;
  if (kind === 6) return d.one(['true', 'false', 'null']);
  if (kind === 7) return `[${Array.from({ length: d.below(3) }, () => value(d, depth - 1)).join(',')}]`;
  return `{${Array.from({ length: d.below(4) }, () => `${JSON.stringify(d.one(ATTRIBUTES))}:${value(d, depth - 1)}`).join(',')}}`;
}
