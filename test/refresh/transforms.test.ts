import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { list } from 'isbot';
import { parse } from 'yaml';
import patterns from '../../src/refresh/reference/bot-patterns.json' with { type: 'json' };
import { TABLES } from '../../src/refresh/tables.ts';
import { TRANSFORM_NAMES } from '../../src/refresh/transforms.ts';

const folder = new URL('../../src/refresh/transforms/', import.meta.url);
const texts = readdirSync(folder).map(
  (file) => [file, readFileSync(new URL(file, folder), 'utf8').replace(/--[^\n]*/g, '')] as const,
);

// What Spark and DuckDB read differently, or one of them not at all; measured on Spark 3.5.6, 4.1.1 and DuckDB 1.5.6.
const BANNED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a backslash', /\\/],
  ['double quotes or backquotes', /["`]/],
  ['::', /::/],
  ['QUALIFY', /\bQUALIFY\b/i],
  ['UNNEST, LATERAL VIEW, posexplode', /\b(unnest|lateral|posexplode)\b/i],
  [
    'count_if, any_value, array_agg, first, first_value, last',
    /\b(count_if|any_value|array_agg|first|last|first_value|last_value)\s*\(/i,
  ],
  ['parse_url, url_decode, to_utc_timestamp', /\b(parse_url|url_decode|to_utc_timestamp)\b/i],
  ['hash, xxhash64, dayofweek', /\b(hash|xxhash64|dayofweek|weekday)\s*\(/i],
  ['div, //, RLIKE, <=>, ANTI JOIN', /\bdiv\b|\/\/|\brlike\b|<=>|\banti\s+join\b/i],
  ['array and map literals and subscripts', /\b(array|map|struct)\s*\(|\w\[\d+\]/i],
  ['SELECT DISTINCT count of several columns', /count\s*\(\s*distinct\s+\w+\s*,/i],
  ['FILTER over a window', /FILTER\s*\([^)]*\)\s*OVER/i],
  ['concat, which skips or keeps NULLs', /\bconcat\s*\(/i],
  ['INTERVAL on a DATE', /\binterval\b/i],
  ['CAST of a division or a text to a wide DECIMAL', /(?<!\bprice )AS DECIMAL\((?:19|[2-9][0-9]),/],
  [
    'strftime, epoch_ms and other names of DuckDB alone',
    /\b(strftime|epoch_ms|make_timestamp|list_\w+|string_split|struct_pack|json_extract\w*|regexp_matches|read_\w+)\s*\(/i,
  ],
  ['* EXCLUDE, * REPLACE, GROUP BY ALL', /\bexclude\b|[*]\s*replace\b|GROUP BY ALL/i],
];

const literals = /'[^']*'/g;

test.each(BANNED)('no transform uses %s', (_what, pattern) => {
  expect(texts.flatMap(([file, text]) => (pattern.test(text.replace(literals, "'x'")) ? [file] : []))).toEqual([]);
});

test('no literal holds a quote or a backslash, which Spark reads otherwise', () => {
  for (const [file, text] of texts) {
    const found = [...text.matchAll(literals)];
    const doubled = found.filter((match, at) => match.index === (found[at - 1]?.index ?? -9) + (found[at - 1]?.[0].length ?? 0));
    expect([file, doubled.map((match) => match[0])]).toEqual([file, []]);
    expect([file, found.some((match) => match[0].includes(String.fromCharCode(92)))]).toEqual([file, false]);
  }
});

test('every transform has a name and every name a file with one SELECT', () => {
  expect(texts.map(([file]) => file.replace('.sql', '')).sort()).toEqual([...TRANSFORM_NAMES].sort());
  for (const [file, text] of texts) {
    expect([file, /^(WITH|SELECT)\b/.test(text.trim())]).toEqual([file, true]);
    expect([file, text.replace(literals, '').includes(';')]).toEqual([file, false]);
  }
});

test('every ORDER BY of a window ends in a full key', () => {
  for (const [file, text] of texts) {
    for (const [, keys] of text.matchAll(/OVER \([^)]*ORDER BY ([^)]*?)(?: ROWS[^)]*)?\)/g)) {
      expect([
        file,
        /item_number$|view_number$|session_id$|order_id$|money_seq$|money_currency, ''$/.test((keys as string).trim()),
      ]).toEqual([file, true]);
    }
  }
});

test("known bots are isbot's list, as the package has it", () => {
  expect(patterns).toEqual(list);
});

test('the tables have the columns of the glossary in their order', () => {
  const glossary = parse(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8')) as {
    readonly tables: Readonly<
      Record<string, { readonly columns: Readonly<Record<string, string>>; readonly partition?: string }>
    >;
  };
  for (const [name, table] of Object.entries(TABLES)) {
    expect([name, table.columns.map((c) => [c.name, c.type])]).toEqual([
      name,
      Object.entries(glossary.tables[name]?.columns ?? {}),
    ]);
    expect([name, table.partitionColumns[0]]).toEqual([name, glossary.tables[name]?.partition]);
  }
  expect(Object.keys(TABLES)).toEqual(
    expect.arrayContaining(['events', 'sessions', 'page_views', 'product_events', 'orders', 'users', 'quarantine', 'runs']),
  );
});
