/** Makes typed expressions from a seed: the same seed gives the same expressions. */
export function randomExpressions(seed: number, count: number): string[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => new Maker(random).any(3));
}

type Kind = 'number' | 'text' | 'boolean' | 'date' | 'timestamp' | 'array' | 'json';
type Random = () => number;

/** Mulberry32. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const LEAVES: Readonly<Record<Kind, readonly string[]>> = {
  number: [
    '0',
    '1',
    '-7',
    '2147483647',
    "BIGINT '12'",
    '1.5',
    '0.05',
    '-12.345',
    '100.00',
    '2.5e0',
    '-0.5e0',
    '1e0',
    'CAST(7 AS decimal(10,2))',
    'CAST(NULL AS integer)',
    "REAL '1.5'",
    'CAST(3 AS smallint)',
  ],
  text: [
    "''",
    "'abc'",
    "' 42 '",
    "'2025-01-05'",
    "'héllo wörld'",
    "'a,b,,c'",
    "'12.50'",
    'CAST(NULL AS varchar)',
    "'https://shop.example.com/a/b?utm_source=x%20y&q=1#top'",
    '\'{"a":{"b":[1,"x"]},"n":1.5}\'',
    "'ABC abc'",
  ],
  boolean: ['true', 'false', 'CAST(NULL AS boolean)'],
  date: ["DATE '2025-01-31'", "DATE '2024-02-29'", "DATE '2025-12-29'", 'CAST(NULL AS date)'],
  timestamp: [
    "TIMESTAMP '2025-01-05 14:05:09.123'",
    "TIMESTAMP '2025-03-30 01:30:00'",
    "CAST('2025-06-30 23:59:59.999' AS timestamp)",
    'CAST(NULL AS timestamp)',
  ],
  array: ['ARRAY[3, 1, 2]', 'ARRAY[1, NULL]', 'ARRAY[2, 2, 5, 1]', 'CAST(ARRAY[] AS array(integer))', 'sequence(1, 4)'],
  json: ['json_parse(\'{"a":{"b":[1,"x"]},"n":1.5}\')', "json_parse('[1,2,null]')", "CAST('x' AS json)"],
};

/** `#n` a number, `#t` a text and so on. */
const SHAPES: Readonly<Record<Kind, readonly string[]>> = {
  number: [
    '(#n + #n)',
    '(#n - #n)',
    '(#n * #n)',
    '(#n / #n)',
    '(#n % #n)',
    '-#n',
    'abs(#n)',
    'round(#n)',
    'round(#n, 1)',
    'floor(#n)',
    'ceil(#n)',
    'sign(#n)',
    'length(#t)',
    'strpos(#t, #t)',
    'year(#d)',
    'month(#s)',
    'day_of_week(#d)',
    'week(#d)',
    'hour(#s)',
    "date_diff('day', #d, #d)",
    "date_diff('month', #d, #d)",
    "date_diff('minute', #s, #s)",
    'cardinality(#a)',
    'coalesce(#n, #n)',
    'nullif(#n, #n)',
    'greatest(#n, #n)',
    'least(#n, #n)',
    'CASE WHEN #b THEN #n ELSE #n END',
    'if(#b, #n)',
    'TRY_CAST(#t AS integer)',
    'TRY_CAST(#t AS double)',
    'TRY_CAST(#t AS decimal(10,1))',
    'CAST(#n AS bigint)',
    'CAST(#n AS double)',
    'CAST(#n AS decimal(12,3))',
    'element_at(#a, 1)',
    '#a[1]',
    'array_max(#a)',
    'reduce(#a, 0, (s, x) -> s + coalesce(x, 0), s -> s)',
    'TRY(#n / #n)',
    'mod(#n, #n)',
    'sqrt(#n)',
    'to_unixtime(#s)',
    'json_array_length(#j)',
    "codepoint('A')",
    'bitwise_and(5, 3)',
    'truncate(#n)',
    'power(#n, 2)',
    "json_size(#j, '$.a')",
    'CAST(#b AS integer)',
  ],
  text: [
    '(#t || #t)',
    'upper(#t)',
    'lower(#t)',
    'trim(#t)',
    'substr(#t, 2)',
    'substr(#t, -2, 1)',
    "replace(#t, 'a', '-')",
    'reverse(#t)',
    'CAST(#n AS varchar)',
    'CAST(#d AS varchar)',
    'CAST(#s AS varchar)',
    'CAST(#b AS varchar)',
    "date_format(#s, '%Y-%m-%d %H:%i')",
    "split_part(#t, ',', 2)",
    "regexp_extract(#t, '[a-z]+')",
    "regexp_replace(#t, '([a-z])', '<$1>')",
    "json_extract_scalar(#t, '$.a.b[1]')",
    'url_extract_host(#t)',
    "url_extract_parameter(#t, 'utm_source')",
    'concat(#t, #t, #t)',
    'coalesce(#t, #t)',
    'CASE WHEN #b THEN #t ELSE #t END',
    "lpad(#t, 5, '*')",
    "array_join(#a, '-')",
    'json_format(#j)',
    'to_iso8601(#d)',
    "concat_ws('/', #t, #t)",
    'greatest(#t, #t)',
    'CAST(#t AS varchar(3))',
    "format('%s', #n)",
    "translate(#t, 'ab', 'x')",
    'url_encode(#t)',
    'typeof(#n)',
    "rpad(#t, 4, 'xy')",
    'TRY(CAST(#j AS varchar))',
  ],
  boolean: [
    '(#n < #n)',
    '(#n = #n)',
    '(#n >= #n)',
    '(#t = #t)',
    '(#t < #t)',
    '(#d <= #d)',
    '(#s <> #s)',
    '(#d < #s)',
    '(#b AND #b)',
    '(#b OR #b)',
    'NOT #b',
    '(#n IS NULL)',
    '(#n IS DISTINCT FROM #n)',
    '(#n BETWEEN #n AND #n)',
    '(#n IN (#n, #n))',
    "(#t LIKE '%b%')",
    'contains(#a, 2)',
    'any_match(#a, x -> x > 1)',
    'all_match(#a, x -> x > 0)',
    "regexp_like(#t, '^[a-z]')",
    "starts_with(#t, 'a')",
    'arrays_overlap(#a, #a)',
    '(#a = #a)',
    'is_nan(CAST(#n AS double))',
  ],
  date: [
    "date_add('day', 1, #d)",
    "date_add('month', 1, #d)",
    "date_trunc('month', #d)",
    "date_trunc('week', #d)",
    "(#d + INTERVAL '1' DAY)",
    "(#d - INTERVAL '1' MONTH)",
    'CAST(#s AS date)',
    'last_day_of_month(#d)',
    'coalesce(#d, #d)',
    'greatest(#d, #d)',
    'TRY_CAST(#t AS date)',
    'date(#s)',
  ],
  timestamp: [
    "date_trunc('hour', #s)",
    "date_trunc('week', #s)",
    "date_add('minute', 90, #s)",
    "(#s + INTERVAL '36' HOUR)",
    "(#s - INTERVAL '1' YEAR)",
    'CAST(#d AS timestamp)',
    'coalesce(#s, #s)',
    'TRY_CAST(#t AS timestamp)',
    "CAST(#s AT TIME ZONE 'Europe/Berlin' AS timestamp)",
    "TRY(date_parse(#t, '%Y-%m-%d'))",
    'least(#s, #s)',
  ],
  array: [
    'array_sort(#a)',
    'array_distinct(#a)',
    'filter(#a, x -> x > 1)',
    'transform(#a, x -> x + 1)',
    'slice(#a, 1, 2)',
    'reverse(#a)',
    '(#a || #a)',
    'array_union(#a, #a)',
    'array_except(#a, #a)',
    'array_remove(#a, 1)',
    'concat(#a, #a)',
    'coalesce(#a, #a)',
  ],
  json: [
    "json_extract(#j, '$.a')",
    "json_extract(#t, '$.n')",
    'CAST(#a AS json)',
    'CAST(#n AS json)',
    'CAST(#t AS json)',
    'TRY(json_parse(#t))',
  ],
};

const LETTERS: Readonly<Record<string, Kind>> = {
  n: 'number',
  t: 'text',
  b: 'boolean',
  d: 'date',
  s: 'timestamp',
  a: 'array',
  j: 'json',
};
const KINDS = Object.keys(SHAPES) as Kind[];

class Maker {
  private readonly random: Random;
  constructor(random: Random) {
    this.random = random;
  }

  any(depth: number): string {
    return `SELECT ${this.make(this.pick(KINDS), depth)}`;
  }

  private make(kind: Kind, depth: number): string {
    if (depth === 0 || this.random() < 0.15) return this.pick(LEAVES[kind]);
    return this.pick(SHAPES[kind]).replace(/#([ntbdsaj])/g, (_whole, letter: string) =>
      this.make(LETTERS[letter] ?? 'number', depth - 1),
    );
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T;
  }
}
