import { describe, expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { REFUSAL_CODES } from '../../src/sql/refusals.ts';
import type { GuardRefusal, SafeSql } from '../../src/sql/safe-sql.ts';
import { ATTACKS, SELF_TEST_CATALOG } from '../../src/sql/self-test.ts';
import { shopCatalog } from './shop-catalog.ts';

describe('a statement that passes', () => {
  test('carries its tables, columns, limit and output', () => {
    const sql = passed(`SELECT s.country, count(*) AS Orders, max(o.revenue)
      FROM sessions s JOIN clickstream.orders o ON o.session_id = s.session_id
      WHERE s.dt = '2026-11-01' GROUP BY 1 ORDER BY 2 DESC LIMIT 25`);
    expect(sql.kind).toBe('query');
    expect(sql.tables).toEqual(['clickstream.sessions', 'clickstream.orders']);
    expect([...sql.columns].sort()).toEqual([
      'clickstream.orders.revenue',
      'clickstream.orders.session_id',
      'clickstream.sessions.country',
      'clickstream.sessions.dt',
      'clickstream.sessions.session_id',
    ]);
    expect(sql.limit).toBe(25);
    expect(sql.outputColumns).toEqual(['country', 'Orders', '_col2']);
    expect(sql.catalog).toBe(shopCatalog);
  });

  test('keeps its text but for the semicolon and what follows it', () => {
    expect(passed('SELECT country -- yes\nFROM sessions ; -- no').text).toBe('SELECT country -- yes\nFROM sessions');
    expect(passed("SELECT '😀;' FROM sessions;").text).toBe("SELECT '😀;' FROM sessions");
  });

  test('counts a star as every column and names them', () => {
    const sql = passed('SELECT * FROM orders');
    expect(sql.outputColumns).toEqual(['order_id', 'session_id', 'revenue', 'items', 'dt']);
    expect(sql.columns).toHaveLength(5);
  });

  test('has no output names where a row hides them', () => {
    expect(passed('SELECT t.* FROM orders CROSS JOIN UNNEST(items) t').outputColumns).toEqual([]);
  });
});

describe('partition bounds', () => {
  test.each([
    ["dt = '2026-11-01'", '2026-11-01', '2026-11-01'],
    ["dt >= '2026-11-01' AND dt < '2026-12-01'", '2026-11-01', '2026-11-30'],
    ["(dt BETWEEN '2026-11-01' AND '2026-11-07') AND country = 'DE'", '2026-11-01', '2026-11-07'],
    ["dt IN ('2026-11-05', '2026-11-01')", '2026-11-01', '2026-11-05'],
    ["'2026-11-01' <= dt", '2026-11-01', undefined],
    ["CAST(dt AS date) > date '2026-10-31'", '2026-11-01', undefined],
    ["dt > '2026-11-01' OR country = 'DE'", undefined, undefined],
    ["NOT dt = '2026-11-01'", undefined, undefined],
    ["dt <> '2026-11-01'", undefined, undefined],
    ["substr(dt, 1, 7) = '2026-11'", undefined, undefined],
  ])('of %s', (condition, from, to) => {
    const [bound] = passed(`SELECT count(*) FROM sessions WHERE ${condition}`).partitions;
    expect([bound?.from, bound?.to]).toEqual([from, to]);
  });

  test('stand once for each mention of a table', () => {
    const sql = passed(`SELECT (SELECT count(*) FROM sessions WHERE dt = '2026-11-01') FROM sessions LIMIT 1`);
    expect(sql.partitions).toEqual([
      { table: 'clickstream.sessions', column: 'dt' },
      { table: 'clickstream.sessions', column: 'dt', from: '2026-11-01', to: '2026-11-01' },
    ]);
  });

  test('reach through a WITH query that is named once and only passes the column on', () => {
    const inner = 'SELECT dt, count(*) AS n FROM sessions GROUP BY dt';
    expect(bound(`WITH d AS (${inner}) SELECT n FROM d WHERE dt >= '2026-11-01'`)).toBe('2026-11-01');
    expect(bound(`WITH d AS (${inner} LIMIT 5) SELECT n FROM d WHERE dt >= '2026-11-01'`)).toBeUndefined();
    expect(bound(`WITH d AS (${inner}) SELECT a.n FROM d a, d b WHERE a.dt >= '2026-11-01'`)).toBeUndefined();
    const ranked = 'SELECT dt, row_number() OVER (ORDER BY dt) AS n FROM sessions';
    expect(bound(`SELECT n FROM (${ranked}) WHERE dt >= '2026-11-01'`)).toBeUndefined();
  });

  test('in ON bound only the optional side of an outer join', () => {
    const sql = passed(`SELECT 1 FROM sessions s LEFT JOIN orders o
      ON o.session_id = s.session_id AND o.dt = '2026-11-02' AND s.dt = '2026-11-01'`);
    expect(sql.partitions.map((one) => one.from)).toEqual([undefined, '2026-11-02']);
  });

  function bound(text: string): string | undefined {
    return passed(text).partitions[0]?.from;
  }
});

describe('advice', () => {
  test.each([
    ['SELECT count(*) FROM sessions', ['no_partition_bound']],
    ["SELECT country FROM sessions WHERE dt = '2026-11-01' LIMIT 5", ['limit_without_order']],
    ["SELECT count(*) FROM sessions WHERE dt = '2026-11-01' LIMIT 1", []],
    ["SELECT 1.0 * count_if(converted) / count(*) FROM sessions WHERE dt = '2026-11-01'", ['decimal_ratio']],
    ["SELECT count_if(converted) / count(*) FROM sessions WHERE dt = '2026-11-01'", ['integer_division']],
    [
      "SELECT sum(CASE WHEN converted THEN 1 ELSE 0 END) / nullif(sum(pageviews), 0) FROM sessions WHERE dt = 'x'",
      ['integer_division'],
    ],
    ["SELECT revenue / 2, sum(revenue) / count(*), pageviews / 2e0 FROM sessions WHERE dt = '2026-11-01' GROUP BY 1, 3", []],
    ["SELECT approx_distinct(user_pseudo_id) FROM sessions WHERE dt = '2026-11-01'", ['approximate']],
  ])('on %s', (text, codes) => {
    expect(passed(text).advice.map((one) => one.code)).toEqual(codes);
  });

  test('offers a safer text that passes without it', () => {
    const [advice] = passed("SELECT count_if(converted) / count(*) AS cr FROM sessions WHERE dt = '2026-11-01'").advice;
    expect(advice?.rewrite).toBe(
      "SELECT CAST(count_if(converted) AS double) / count(*) AS cr FROM sessions WHERE dt = '2026-11-01'",
    );
    expect(passed(advice!.rewrite!).advice).toEqual([]);
    const [rough] = passed("SELECT approx_distinct(country) FROM sessions WHERE dt = '2026-11-01'").advice;
    expect(passed(rough!.rewrite!).text).toContain('count(DISTINCT country)');
  });
});

describe('a refusal', () => {
  test('says what is missing, where, with a caret', () => {
    const text = "SELECT device_category\nFROM sessions\nWHERE dt >= '2026-11-17'\nGROUP device_category\nORDER BY 2 DESC";
    const refusal = refused(text);
    expect(refusal).toMatchObject({
      code: 'syntax',
      line: 4,
      column: 7,
      message: 'Line 4, column 7: BY is missing after GROUP.',
    });
    expect(refusal.facts.context).toBe(
      "  3 | WHERE dt >= '2026-11-17'\n  4 | GROUP device_category\n    |       ^ expected BY\n  5 | ORDER BY 2 DESC",
    );
  });

  test('of a write names the word and its place', () => {
    expect(refused('\n  delete from sessions').message).toMatch(/^Line 2, column 3: DELETE changes data, and I only read\./);
  });

  test('names every fault at once, tables first', () => {
    const refusal = refused('SELECT u.user_id, c.name\nFROM users u\nJOIN crm.customers c ON true');
    expect(refusal.message).toMatch(/^Two things stop this\. Line 3, column 6: crm\.customers is not a table I may read\./);
    expect(refusal.all).toEqual([
      { code: 'table_not_allowed', line: 3, column: 6, name: 'crm.customers' },
      { code: 'column_not_allowed', line: 1, column: 8, name: 'users.user_id' },
    ]);
  });

  test('guesses what was meant among allowed names only', () => {
    expect(refused('SELECT country FROM sesions').facts.suggestion).toBe('sessions');
    expect(refused('SELECT devcie_category FROM sessions').message).toContain('Did you mean device_category?');
    expect(refused('SELECT user_ipp FROM events').message).not.toContain('user_ip?');
  });

  test.each([
    ['SELECT dt::date FROM sessions', 'CAST(x AS type)'],
    ["SELECT country FROM sessions WHERE country ILIKE 'd%'", 'lower(x) LIKE'],
    ['SELECT `country` FROM sessions', 'Write "country"'],
    ['SELECT country FROM sessions LIMIT 5 OFFSET 5', 'OFFSET stands before LIMIT'],
    ['SELECT country, FROM sessions', 'a comma too many before FROM'],
    ['SELECT country FROM sessions WHERE dt == 1', 'one ='],
    ["SELECT country FROM sessions WHERE dt = 'x", 'never closed'],
    ['SELECT country FROM (SELECT 1', 'is missing'],
    ['SELECT country\u00a0FROM sessions', 'U+00A0'],
    ['SELECT country FROM sessions WHERE country = "DE"', "'DE'"],
    ['SELECT country AS c FROM sessions WHERE c = 1', 'a name that you gave in SELECT'],
  ])('of %s says what to do', (text, words) => {
    expect(refused(text).message).toContain(words);
  });

  test('never uses words of the machine', () => {
    for (const text of ATTACKS) {
      const { code, message } = refused(text, SELF_TEST_CATALOG);
      expect(REFUSAL_CODES).toContain(code);
      expect(message).toMatch(/^(Line \d+, column \d+: |[A-Z]).*[.?]$/s);
      expect(message).not.toMatch(/undefined|null|NaN|Context|node_modules|Error/);
    }
  });
});

describe('the syntax scope', () => {
  test('asks for one read-only statement, whatever it names', () => {
    const ask = (text: string): boolean => checkSql(text, shopCatalog, { scope: 'syntax' }).ok;
    expect(ask('SELECT * FROM a.b.c')).toBe(true);
    expect(ask('SHOW CATALOGS')).toBe(true);
    expect(ask('SELECT 1; SELECT 2')).toBe(false);
    expect(ask('DELETE FROM t')).toBe(false);
    expect(ask("SELECT * FROM TABLE(pg.system.query(query => 'x'))")).toBe(false);
  });
});

test('a text of more than 262,144 bytes, a blank one and one with control characters are no SQL', () => {
  expect(refused(`SELECT '${'ü'.repeat(131_100)}'`).code).toBe('text_too_long');
  expect(refused(' \n\t').code).toBe('text_empty');
  expect(refused('SELECT 1\n, \u0000')).toMatchObject({ code: 'control_character', line: 2, column: 3 });
  expect(refused("SELECT '\ud800'").code).toBe('control_character');
});

test('a chain of thousands of operators is answered, not thrown', () => {
  expect(checkSql(`SELECT ${'1 + '.repeat(8000)}1`, shopCatalog)).toHaveProperty('ok');
  expect(refused(`SELECT ${'1, '.repeat(20_000)}1`).code).toBe('too_many_words');
});

function passed(text: string): SafeSql {
  const verdict = checkSql(text, shopCatalog);
  if (!verdict.ok) throw new Error(`refused: ${verdict.message}`);
  return verdict.sql;
}

function refused(text: string, catalog = shopCatalog): GuardRefusal {
  const verdict = checkSql(text, catalog);
  if (verdict.ok) throw new Error(`passed: ${text.slice(0, 200)}`);
  return verdict;
}
