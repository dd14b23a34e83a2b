/**
 * Functions of Spark that the transforms use and DuckDB lacks or reads otherwise, each with Spark's answer (measured on
 * Spark 3.5.6 and 4.1.1). `date_format` takes only the patterns named: strftime wants a constant.
 */
export const SPARK_MACROS: readonly string[] = [
  `CREATE OR REPLACE MACRO get_json_object(j, p) AS CASE WHEN json_valid(j) THEN json_extract_string(j, p) END`,
  `CREATE OR REPLACE MACRO timestamp_millis(ms) AS make_timestamp(CAST(ms AS BIGINT) * 1000)`,
  `CREATE OR REPLACE MACRO unix_millis(t) AS epoch_ms(CAST(t AS TIMESTAMP))`,
  `CREATE OR REPLACE MACRO date_format(t, f) AS CASE f
    WHEN 'yyyy-MM-dd' THEN strftime(CAST(t AS TIMESTAMP), '%Y-%m-%d')
    WHEN 'yyyy-MM-dd HH:mm:ss' THEN strftime(CAST(t AS TIMESTAMP), '%Y-%m-%d %H:%M:%S')
    WHEN 'yyyy-MM-dd HH:mm:ss.SSS' THEN strftime(CAST(t AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
    WHEN 'yyyyMM' THEN strftime(CAST(t AS TIMESTAMP), '%Y%m')
    WHEN 'HH' THEN strftime(CAST(t AS TIMESTAMP), '%H')
    ELSE error('date_format: pattern not in the common subset: ' || f) END`,
  `CREATE OR REPLACE MACRO from_utc_timestamp(t, z) AS timezone(z, timezone('UTC', CAST(t AS TIMESTAMP)))`,
  `CREATE OR REPLACE MACRO datediff(a, b) AS date_diff('day', CAST(b AS DATE), CAST(a AS DATE))`,
  `CREATE OR REPLACE MACRO date_add(d, n) AS CAST(CAST(d AS DATE) + CAST(n AS INTEGER) AS DATE)`,
  `CREATE OR REPLACE MACRO date_sub(d, n) AS CAST(CAST(d AS DATE) - CAST(n AS INTEGER) AS DATE)`,
  `CREATE OR REPLACE MACRO substring_index(s, d, n) AS CASE WHEN n >= 0 THEN array_to_string(list_slice(string_split(s, d), 1, n), d) ELSE array_to_string(list_slice(string_split(s, d), n, -1), d) END`,
  `CREATE OR REPLACE MACRO nvl(a, b) AS coalesce(a, b)`,
  `CREATE OR REPLACE MACRO regexp_like(s, p) AS regexp_matches(s, p)`,
  `CREATE OR REPLACE MACRO sha2(s, n) AS CASE WHEN n IN (0, 256) THEN sha256(s) ELSE error('sha2: 256 only') END`,
  `CREATE OR REPLACE MACRO percentile_approx(x, p) AS quantile_disc(x, p)`,
  `CREATE OR REPLACE MACRO collect_list(x) AS coalesce(list(x) FILTER (WHERE x IS NOT NULL), [])`,
  `CREATE OR REPLACE MACRO split(s, p) AS regexp_split_to_array(s, p)`,
  `CREATE OR REPLACE MACRO element_at(l, i) AS list_extract(l, i)`,
  `CREATE OR REPLACE MACRO array_join(l, d) AS array_to_string(l, d)`,
  `CREATE OR REPLACE MACRO substr(s, a) AS substring(s, CASE WHEN a = 0 THEN 1 ELSE a END), (s, a, n) AS substring(s, CASE WHEN a = 0 THEN 1 ELSE a END, n)`,
  `CREATE OR REPLACE MACRO regexp_replace(s, p, r) AS system.main.regexp_replace(s, p, r, 'g')`,
  `CREATE OR REPLACE MACRO try_to_timestamp(s) AS timezone('UTC', TRY_CAST(s AS TIMESTAMPTZ))`,
];
