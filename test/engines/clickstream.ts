/** Columns of the table `shop.clicks` in Athena's types, the partition last. */
export const CLICKSTREAM_COLUMNS = [
  ['event_id', 'varchar'],
  ['session_id', 'varchar'],
  ['visitor_id', 'varchar'],
  ['event_time', 'timestamp(3)'],
  ['event_name', 'varchar'],
  ['page', 'varchar'],
  ['url', 'varchar'],
  ['revenue', 'decimal(12,2)'],
  ['tags', 'array(varchar)'],
  ['attributes', 'map(varchar, varchar)'],
  ['items', 'array(row(sku varchar, qty integer, price decimal(10,2)))'],
  ['properties', 'varchar'],
  ['dt', 'varchar'],
] as const;

/** The statement that writes 20,000 events of ten days below a folder, the same ones every time. */
export function clickstream(folder: string): string {
  const draw = (salt: string, size: number) => `(hash(n, '${salt}') % ${size})::INTEGER`;
  return `COPY (
    SELECT 'e' || n AS event_id, 's' || (n // 7) AS session_id, 'v' || (n // 7 % 900) AS visitor_id,
      TIMESTAMP '2026-11-01 00:00:00' + to_milliseconds((n // 7) * 300000::BIGINT + (n % 7) * (20000 + ${draw('gap', 90000)}::BIGINT)) AS event_time,
      ['view', 'view', 'search', 'cart', 'checkout', 'purchase'][1 + least(5, ${draw('event', 6)})] AS event_name,
      ['/', '/list', '/product/' || ${draw('product', 40)}, '/cart'][1 + ${draw('page', 4)}] AS page,
      'https://shop.example.com/p?utm_source=' || ['google', 'mail', 'a%20b'][1 + ${draw('source', 3)}] AS url,
      CASE WHEN ${draw('paid', 9)} = 0 THEN (${draw('revenue', 20000)} / 100)::DECIMAL(12,2) END AS revenue,
      ['t' || ${draw('tag', 5)}, CASE WHEN ${draw('tags', 3)} = 0 THEN NULL ELSE 'u' END] AS tags,
      map(['device', 'country'], [['mobile', 'desktop'][1 + ${draw('device', 2)}], ['CH', 'DE', 'US'][1 + ${draw('country', 3)}]]) AS attributes,
      list_transform(range(${draw('items', 3)}), lambda i: {'sku': 'sku' || (i + ${draw('sku', 9)}), 'qty': (1 + i)::INTEGER, 'price': (1.25 * (i + 1))::DECIMAL(10,2)}) AS items,
      '{"cart":{"value":' || (${draw('cart', 5000)} / 100) || '},"coupon":' || CASE WHEN ${draw('coupon', 4)} = 0 THEN 'null' ELSE '"c' || ${draw('coupons', 3)} || '"' END || '}' AS properties,
      strftime(TIMESTAMP '2026-11-01 00:00:00' + to_milliseconds((n // 7) * 300000::BIGINT), '%Y-%m-%d') AS dt
    FROM range(20000) t(n)
  ) TO '${folder}' (FORMAT parquet, PARTITION_BY (dt), OVERWRITE_OR_IGNORE)`;
}

/** What engineers write for clickstreams. */
export const CLICKSTREAM_QUERIES: Readonly<Record<string, string>> = {
  'daily conversion': `SELECT dt, count(DISTINCT session_id) AS sessions, count(DISTINCT IF(event_name = 'purchase', session_id)) AS buyers,
    round(1e0 * count(DISTINCT IF(event_name = 'purchase', session_id)) / count(DISTINCT session_id), 4) AS cr, sum(revenue) AS revenue, avg(revenue) AS aov
    FROM clicks WHERE dt BETWEEN '2026-11-02' AND '2026-11-08' GROUP BY dt ORDER BY dt`,
  'funnel with a time limit': `WITH steps AS (SELECT session_id, min(event_time) FILTER (WHERE event_name = 'view') AS v, min(event_time) FILTER (WHERE event_name = 'cart') AS c,
    min(event_time) FILTER (WHERE event_name = 'purchase') AS p FROM clicks WHERE dt >= '2026-11-02' GROUP BY session_id)
    SELECT count(v) AS viewed, count_if(c > v) AS carted, count_if(p > c AND c > v AND date_diff('minute', c, p) <= 3) AS bought FROM steps`,
  sessionization: `WITH gaps AS (SELECT visitor_id, event_time, lag(event_time) OVER (PARTITION BY visitor_id ORDER BY event_time, event_id) AS before FROM clicks),
    numbered AS (SELECT visitor_id, event_time, sum(IF(before IS NULL OR date_diff('minute', before, event_time) >= 30, 1, 0)) OVER (PARTITION BY visitor_id ORDER BY event_time ROWS UNBOUNDED PRECEDING) AS n FROM gaps)
    SELECT visitor_id, n, count(*) AS events, date_diff('second', min(event_time), max(event_time)) AS seconds FROM numbered GROUP BY visitor_id, n ORDER BY events DESC, visitor_id, n LIMIT 50`,
  'weekly cohorts': `WITH first AS (SELECT visitor_id, date_trunc('week', min(event_time)) AS week FROM clicks GROUP BY visitor_id)
    SELECT CAST(f.week AS date) AS cohort, date_diff('week', f.week, date_trunc('week', c.event_time)) AS k, count(DISTINCT c.visitor_id) AS visitors
    FROM first f JOIN clicks c ON c.visitor_id = f.visitor_id GROUP BY 1, 2 ORDER BY 1, 2`,
  'attribution in a window': `SELECT url_extract_parameter(s.url, 'utm_source') AS source, count(DISTINCT p.event_id) AS purchases, sum(p.revenue) AS revenue
    FROM clicks p JOIN clicks s ON s.visitor_id = p.visitor_id AND s.event_time <= p.event_time AND s.event_time > p.event_time - INTERVAL '1' DAY
    WHERE p.event_name = 'purchase' AND s.event_name = 'view' AND p.dt = '2026-11-04' AND s.dt IN ('2026-11-03', '2026-11-04') GROUP BY 1 ORDER BY 2 DESC, 1`,
  'top paths': `SELECT path, count(*) AS sessions FROM (SELECT session_id, array_join(slice(array_agg(regexp_replace(page, '/[0-9]+$', '/{id}') ORDER BY event_time, event_id), 1, 4), ' > ') AS path
    FROM clicks WHERE dt = '2026-11-03' GROUP BY session_id) GROUP BY path ORDER BY sessions DESC, path LIMIT 20`,
  'items unnested': `SELECT i.sku, sum(i.qty) AS quantity, sum(i.qty * i.price) AS value, count(DISTINCT c.session_id) AS sessions FROM clicks c CROSS JOIN UNNEST(c.items) AS i(sku, qty, price)
    WHERE c.attributes['device'] = 'mobile' GROUP BY i.sku HAVING sum(i.qty) > 10 ORDER BY value DESC, sku`,
  'tags and attributes': `SELECT k, v, count(*) AS n, count(DISTINCT t) AS tags FROM clicks CROSS JOIN UNNEST(attributes) AS a(k, v) CROSS JOIN UNNEST(filter(tags, x -> x IS NOT NULL)) AS g(t) WHERE dt < '2026-11-03' GROUP BY k, v ORDER BY k, v`,
  'json and percentiles': `SELECT coalesce(json_extract_scalar(properties, '$.coupon'), 'none') AS coupon, count(*) AS n, sum(CAST(json_extract_scalar(properties, '$.cart.value') AS decimal(10,2))) AS value,
    max(CAST(json_extract_scalar(properties, '$.cart.value') AS double)) AS most FROM clicks WHERE event_name = 'cart' GROUP BY 1 ORDER BY 1`,
  'grouping sets': `SELECT attributes['device'] AS device, attributes['country'] AS country, count(*) AS n, sum(revenue) AS revenue, sum(revenue) / count(revenue) AS aov FROM clicks GROUP BY 1, 2
    UNION ALL SELECT element_at(attributes, 'device'), NULL, count(*), sum(revenue), avg(revenue) FROM clicks GROUP BY 1 ORDER BY 1, 2`,
  'moving average': `SELECT dt, n, round(avg(n) OVER (ORDER BY dt ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 2) AS average, n - lag(n, 1, 0) OVER (ORDER BY dt) AS change,
    round(100e0 * n / sum(n) OVER (), 3) AS share FROM (SELECT dt, count(*) AS n FROM clicks GROUP BY dt) ORDER BY dt`,
  'correlated and top of group': `SELECT dt, page, n FROM (SELECT dt, page, count(*) AS n, row_number() OVER (PARTITION BY dt ORDER BY count(*) DESC, page) AS rank FROM clicks c
    WHERE EXISTS (SELECT 1 FROM clicks p WHERE p.session_id = c.session_id AND p.event_name = 'purchase') GROUP BY dt, page) WHERE rank <= 3 ORDER BY dt, rank`,
};
