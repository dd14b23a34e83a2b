import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from '@jest/globals';
import { quote } from '../../src/local/trino/expression.ts';
import { jsonScalar, urlParameter, urlPart, whenAscii } from '../../src/local/trino/functions/native-paths.ts';
import { plainPattern, plainReplacement } from '../../src/local/trino/functions/native-regex.ts';
import { registerNatives } from '../../src/local/trino/natives/register-natives.ts';

const JSON_PIECES =
  String.raw`{ } [ ] , : "a" "b" "é" "\u0061" "x\ny" "" 1 -0 0 007 1.50 1e3 12345678901234567890 true null NaN -Infinity nan "inf" {"a":1} {"a":"x"} {"a":{"b":"y"}} {"b":2,"a":3} {"a":1,"a":2} {"a":[1,"b"]} [{"a":1}] {"a":NaN,"b":1} {"b":1,} "😀" tru`.split(
    ' ',
  );
const URL_PIECES =
  'https:// http:// HTTPS:// shop.example.com ex-a.de a--b.com my_shop.de 1.2.3.4 localhost :8080 : /a /b%20c / ? & # = x utm x=1 x=a%20b x=a+b utm=google x= ;p é | { user:pw@ [::1] .'.split(
    ' ',
  );
const PATTERNS = [
  ...['a', '[0-9]+', '^/p/[0-9]+', '(a)(b)?c', 'a|bc', 'a.c', '\\d{2}', '[^/]+', 'x*?y', '(?:ab)c', '\\w+@\\w', 'a{2,3}?b'],
  ...[
    '^(b|c)',
    '[a-z]+-[0-9]',
    '\\.',
    '[\\w.-]+',
    '([a-c]+)(\\d+)',
    'é',
    '[é]',
    'a$',
    '\\s',
    '(?i)a',
    '(a+)+b',
    'z*',
    'a++',
    '[[:alpha:]]',
  ],
];
const TEXT_PIECES = [
  'a',
  'b',
  'c',
  'aa',
  'bc',
  '0',
  '12',
  '/p/',
  '-',
  '.',
  '@',
  'x',
  'y',
  'z',
  '\n',
  'é',
  '😀',
  ' ',
  'ß',
  'İ',
  '\r',
  '',
];

test('the quick ways give what the exact functions give for every text tried', async () => {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  registerNatives(connection);
  const draw = generator(20261124);
  const differing: unknown[] = [];
  const compare = async (pieces: readonly string[], pairs: readonly (readonly [quick: string, exact: string])[]) => {
    const texts = Array.from({ length: 1500 }, () =>
      Array.from({ length: 1 + draw(6) }, () => pieces[draw(pieces.length)]).join(''),
    );
    await connection.run(`CREATE OR REPLACE TABLE t AS SELECT unnest([${[...new Set(texts)].map(quote).join(', ')}]) AS x`);
    for (const [quick, exact] of pairs) {
      const reader = await connection.runAndReadAll(
        `SELECT x, ${quick}, ${exact} FROM t WHERE ${quick} IS DISTINCT FROM ${exact} LIMIT 3`,
      );
      if (reader.currentRowCount > 0) differing.push(quick, ...reader.getRowsJson());
    }
  };
  await compare(
    JSON_PIECES,
    ['$.a', '$.a.b', '$.b'].map((path) => {
      const exact = (x: string) => `tr_json_extract_scalar(${x}, '${path}')`;
      return [jsonScalar('x', path, exact), exact('x')] as const;
    }),
  );
  await compare(URL_PIECES, [
    ...['host', 'path', 'query'].map((part) => [urlPart('x', part, (x) => `tr_url_${part}(${x})`), `tr_url_${part}(x)`] as const),
    ...['x', 'utm'].map((name) => {
      const exact = (x: string) => `TRY(tr_url_parameter(${x}, '${name}'))`;
      return [urlParameter('x', name, exact), exact('x')] as const;
    }),
  ]);
  const quickPatterns = PATTERNS.flatMap((pattern) => {
    const plain = plainPattern(pattern);
    return plain === undefined ? [] : [[pattern, plain] as const];
  });
  expect(quickPatterns.length).toBeGreaterThan(14);
  await compare(TEXT_PIECES, [
    [
      whenAscii(
        'x',
        (x) => `upper(${x})`,
        (x) => `tr_upper(${x})`,
      ),
      'tr_upper(x)',
    ],
    ["trim(x, ' ' || chr(10) || chr(13))", "tr_trim(x, ' ' || chr(10) || chr(13), 'both')"],
    ["string_split(x, 'a')[2]", "tr_split_part(x, 'a', 2)"],
    ["replace(x, 'a', 'é')", "tr_replace(x, 'a', 'é')"],
    ...quickPatterns.flatMap(([pattern, plain]) => {
      const text = quote(pattern);
      const shown = pattern.includes('(a)') ? '<$1>' : '<$0>';
      const replacement = plainReplacement(shown, pattern);
      const pairs: (readonly [string, string])[] = [
        [`regexp_matches(x, ${plain})`, `tr_regexp_like(x, ${text})`],
        [`CASE WHEN regexp_matches(x, ${plain}) THEN regexp_extract(x, ${plain}, 0) END`, `tr_regexp_extract(x, ${text}, 0)`],
      ];
      if (replacement)
        pairs.push([`regexp_replace(x, ${plain}, ${replacement}, 'g')`, `tr_regexp_replace(x, ${text}, ${quote(shown)})`]);
      return pairs;
    }),
  ]);
  expect(differing).toEqual([]);
}, 60_000);

/** Whole numbers below a size, the same ones for a seed (Mulberry32). */
function generator(seed: number): (size: number) => number {
  let state = seed;
  return (size) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % size;
  };
}
