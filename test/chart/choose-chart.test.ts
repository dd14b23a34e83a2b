import { describe, expect, test } from '@jest/globals';
import type { ChartIntent, ChartTable } from '../../src/chart/chart-table.ts';
import { chooseChart } from '../../src/chart/choose-chart.ts';
import { asked, column, count, days, euro, months, rate, samples, table } from './samples.ts';

const dims = (rows: number) => Array.from({ length: rows }, (_, at) => `Name ${at}`);
const byDevice = table(
  [column('device', 'varchar'), column('sessions', 'bigint', count)],
  [
    ['Mobile', 5],
    ['Desktop', 9],
    ['Tablet', 1],
  ],
);
const daily = table(
  [column('dt', 'varchar'), column('cr', 'double', rate)],
  days(30).map((day) => [day, 0.02]),
);

describe('each type of chart', () => {
  test.each(Object.entries(samples))('%s', (name, sample) => {
    expect(chooseChart(sample.table, sample.intent)?.type).toBe(name.split(' ')[0]);
  });
});

describe('no picture', () => {
  const none: readonly (readonly [string, ChartTable, Partial<ChartIntent>?])[] = [
    ['no rows', { ...byDevice, rows: [] }],
    ['one row', { ...byDevice, rows: [['Mobile', 5]] }],
    [
      'nothing but names',
      table(
        [column('device', 'varchar'), column('channel', 'varchar')],
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
      ),
    ],
    [
      'only empty values',
      {
        ...byDevice,
        rows: [
          ['Mobile', null],
          ['Tablet', null],
        ],
      },
    ],
    ['asked for none', byDevice, { wants: 'none' }],
    ['two days of one number', { ...daily, rows: daily.rows.slice(0, 2) }],
    [
      'a log of events',
      table(
        [
          column('event_time', 'timestamp(3)'),
          column('session_id', 'varchar'),
          column('event_name', 'varchar'),
          column('page', 'varchar'),
          column('value', 'double'),
        ],
        dims(40).map((name, at) => [
          `2026-11-23 10:00:${String(at).padStart(2, '0')}.000`,
          name,
          at % 2 ? 'view' : 'click',
          `/p/${at % 3}`,
          at,
        ]),
      ),
    ],
    [
      'the same name twice',
      table(
        [column('device', 'varchar'), column('sessions', 'bigint')],
        [
          ['Mobile', 5],
          ['Mobile', 9],
        ],
      ),
    ],
    [
      'four dimensions',
      table(
        ['a', 'b', 'c', 'd'].map((name) => column(name, 'varchar')).concat(column('n', 'bigint')),
        dims(9).map((name, at) => [name, `x${at % 3}`, `y${at % 2}`, `z${at}`, at]),
      ),
    ],
  ];
  test.each(none)('%s', (_, rows, more = {}) => {
    expect(chooseChart(rows, { ...asked, ...more })).toBeUndefined();
  });
});

describe('the rules', () => {
  const rows: readonly (readonly [string, ChartTable, Partial<ChartIntent>, string])[] = [
    [
      'few time buckets of an amount are columns',
      table(
        [column('month', 'date'), column('n', 'bigint', count)],
        months(12, 2026, 1).map((month, at) => [month, at]),
      ),
      {},
      'columns',
    ],
    [
      'few time buckets of a rate are a line',
      table(
        [column('month', 'date'), column('cr', 'double', rate)],
        months(12, 2026, 1).map((month) => [month, 0.02]),
      ),
      {},
      'line',
    ],
    [
      'thirteen buckets are a line',
      table(
        [column('month', 'date'), column('n', 'bigint', count)],
        months(13, 2026, 1).map((month, at) => [month, at]),
      ),
      {},
      'line',
    ],
    ['a line where bars were asked for', { ...daily, rows: daily.rows.slice(0, 10) }, { wants: 'bars' }, 'columns'],
    [
      'years as numbers are time',
      table(
        [column('year', 'integer'), column('orders', 'bigint')],
        [2024, 2025, 2026].map((year) => [year, year]),
      ),
      {},
      'columns',
    ],
    [
      'names that never change are no dimension',
      table(
        [column('dt', 'date'), column('country', 'varchar'), column('cr', 'double', rate)],
        days(20).map((day) => [day, 'DE', 0.02]),
      ),
      {},
      'line',
    ],
    [
      'a retention curve is a line',
      table(
        [column('weeks_since', 'integer'), column('cr', 'double', rate)],
        [0, 1, 2, 3].map((week) => [week, 1 / (week + 1)]),
      ),
      {},
      'line',
    ],
    ['countries asked as top are bars', samples['map of Europe']!.table, { wants: 'top' }, 'bars'],
    [
      'three countries are bars',
      table(
        [column('country', 'varchar', { role: 'country' }), column('n', 'bigint', count)],
        [
          ['DE', 3],
          ['AT', 2],
          ['CH', 1],
        ],
      ),
      {},
      'bars',
    ],
    [
      'three countries are a map when asked',
      table(
        [column('country', 'varchar', { role: 'country' }), column('n', 'bigint', count)],
        [
          ['DE', 3],
          ['AT', 2],
          ['CH', 1],
        ],
      ),
      { wants: 'map' },
      'map',
    ],
    [
      'two letters without a country in the name stay names',
      table(
        [column('state', 'varchar'), column('n', 'bigint', count)],
        ['CA', 'DE', 'IN', 'GA', 'TX', 'NY', 'FL', 'OH', 'WA'].map((state, at) => [state, at]),
      ),
      {},
      'bars',
    ],
    [
      'spelled-out countries are known by value',
      table(
        [column('where_from', 'varchar'), column('n', 'bigint', count)],
        ['Deutschland', 'France', '日本', 'España', 'Italia', 'Brasil', 'Canada', 'India'].map((name, at) => [name, at + 1]),
      ),
      {},
      'map',
    ],
    [
      'a funnel by device is grouped',
      table(
        [column('step', 'varchar', { role: 'step' }), column('device', 'varchar'), column('n', 'bigint', count)],
        ['View', 'Cart', 'Buy'].flatMap((step, at) => ['A', 'B'].map((device) => [step, device, 90 - at * 30])),
      ),
      {},
      'grouped_bars',
    ],
    ['names as a funnel when asked', byDevice, { wants: 'funnel' }, 'funnel'],
    [
      'two comparable measures are grouped',
      table(
        [column('device', 'varchar'), column('sessions', 'bigint', count), column('carts', 'bigint', count)],
        [
          ['a', 100, 20],
          ['b', 80, 10],
        ],
      ),
      {},
      'grouped_bars',
    ],
    [
      'measures far apart show the first alone',
      table(
        [column('device', 'varchar'), column('sessions', 'bigint', count), column('orders', 'bigint', count)],
        [
          ['a', 1000, 20],
          ['b', 800, 10],
        ],
      ),
      {},
      'bars',
    ],
    [
      'an earlier period is no second measure',
      table(
        [column('device', 'varchar'), column('cr', 'double', rate), column('b', 'double', { ...rate, before: true })],
        [
          ['a', 0.1, 0.2],
          ['b', 0.1, 0.1],
        ],
      ),
      {},
      'bars',
    ],
    [
      'weekday by hour is a heat map',
      table(
        [column('weekday', 'varchar'), column('hour', 'integer'), column('n', 'bigint')],
        ['Mon', 'Tue', 'Wed'].flatMap((day) => [0, 1, 2, 3].map((hour) => [day, hour, hour])),
      ),
      {},
      'heat',
    ],
    [
      'a price range keeps its order',
      table(
        [column('price_band', 'varchar'), column('n', 'bigint', count)],
        [
          ['100+', 5],
          ['10-20', 3],
          ['<10', 1],
          ['20-100', 9],
        ],
      ),
      {},
      'columns',
    ],
  ];
  test.each(rows)('%s', (_, input, more, type) => {
    expect(chooseChart(input, { ...asked, ...more })?.type).toBe(type);
  });

  test('a price range runs from low to high, whatever the rows did', () => {
    const chart = chooseChart(
      table(
        [column('price_band', 'varchar'), column('n', 'bigint', count)],
        [
          ['100+', 5],
          ['10-20', 3],
          ['<10', 1],
          ['20-100', 9],
        ],
      ),
      asked,
    );
    expect(chart?.table.rows.map((row) => row[0])).toEqual(['<10', '10-20', '20-100', '100+']);
  });
});

describe('many names', () => {
  const many = (more: object) =>
    table(
      [column('product', 'varchar', { role: 'category' }), column('value', 'double', { ...euro, ...more })],
      dims(60).map((name, at) => [name, 100 - at]),
    );

  test('amounts end in a bar for all others that adds up', () => {
    const chart = chooseChart({ ...many({}), rows: many({}).rows.slice(0, 16) }, asked);
    expect(chart?.table.rows.at(-1)).toEqual(['Other (1)', 85]);
    expect(chart?.otherLast).toBe(true);
  });

  test('a remainder that would dwarf the bars is said instead of drawn', () => {
    const chart = chooseChart(many({}), asked);
    expect(chart?.table.rows).toHaveLength(15);
    expect(chart?.subtitle).toContain('not drawn: 45 more, €2,835 together');
  });

  test('averages never become an other', () => {
    const chart = chooseChart(many({ additive: false }), asked);
    expect(chart?.table.rows).toHaveLength(15);
    expect(chart?.subtitle).toContain('top 15 of 60');
    expect(chart?.otherLast).toBeUndefined();
  });

  test('a cut result says so and adds nothing up', () => {
    const chart = chooseChart({ ...many({}), truncated: true }, asked);
    expect(chart?.subtitle).toContain('first 60 rows · top 15 of 60 or more');
  });

  test('more than six lines keep five and the sum of the rest', () => {
    const lines = table(
      [column('dt', 'date'), column('channel', 'varchar'), column('n', 'bigint', count)],
      days(20).flatMap((day) => dims(9).map((name, at) => [day, name, 9 - at])),
    );
    const chart = chooseChart(lines, asked);
    const names = [...new Set(chart?.table.rows.map((row) => row[1]))];
    expect(names).toEqual(['Name 0', 'Name 1', 'Name 2', 'Name 3', 'Name 4', 'Other (4)']);
    expect(chart?.table.rows.at(-1)).toEqual([days(20).at(-1), 'Other (4)', 4 + 3 + 2 + 1]);
  });

  test('more than six lines of a rate keep six and say how many there are', () => {
    const lines = table(
      [column('dt', 'date'), column('channel', 'varchar'), column('cr', 'double', rate)],
      days(20).flatMap((day) => dims(9).map((name, at) => [day, name, (9 - at) / 100])),
    );
    const chart = chooseChart(lines, asked);
    expect(new Set(chart?.table.rows.map((row) => row[1])).size).toBe(6);
    expect(chart?.subtitle).toContain('the 6 greatest of 9');
  });
});

describe('shares and maps', () => {
  test('asked for shares, every bucket adds up to one', () => {
    const { table: rows, intent } = samples['stacked shares over time']!;
    const chart = chooseChart(rows, intent)!;
    const december = chart.table.rows.filter((row) => row[0] === '2025-12-01').reduce((sum, row) => sum + Number(row[2]), 0);
    expect(december).toBeCloseTo(1, 9);
  });

  test('asked for shares of one dimension, the bars are shares of the total', () => {
    const chart = chooseChart(byDevice, { ...asked, wants: 'share' });
    expect(chart?.table.rows).toEqual([
      ['Desktop', 0.6],
      ['Mobile', 5 / 15],
      ['Tablet', 1 / 15],
    ]);
  });

  test('a map names what it cannot show, with its share', () => {
    const { table: rows, intent } = samples['map of Europe']!;
    expect(chooseChart(rows, intent)?.subtitle).toBe(
      '27 Oct – 23 Nov 2026 · left out: no known place (5.1%) · outside the picture: USA, Canada (1.3%) · not on the map: Singapore',
    );
  });

  test('two spellings of a country are one country', () => {
    const rows = ['Germany', 'Deutschland', 'DEU', 'France', 'Italy', 'Spain', 'Poland', 'Austria', 'Norway'].map((name) => [
      name,
      1,
    ]);
    const chart = chooseChart(table([column('country', 'varchar'), column('n', 'bigint', count)], rows), {
      ...asked,
      wants: 'map',
    });
    expect(chart?.table.rows[0]?.slice(0, 2)).toEqual(['DE', 3]);
  });

  test('other types that the table allows are offered, not the one that is drawn', () => {
    const { table: rows, intent } = samples['map of Europe']!;
    expect(chooseChart(rows, intent)?.others).toEqual(['bars']);
  });
});

describe('the subtitle', () => {
  const two = table(
    [column('device', 'varchar'), column('cr', 'double', { ...rate, label: 'Conversion rate' }), column('n', 'bigint', count)],
    [
      ['Mobile', 0.02, 5],
      ['Desktop', 0.03, 9],
    ],
  );

  test('names the measure that is drawn where the rows hold more', () => {
    expect(chooseChart(two, asked)?.subtitle).toBe('25 Oct – 23 Nov 2026 · drawn: Conversion rate');
  });

  test('says how many rows have no time, and draws the others', () => {
    const rows = table([column('dt', 'date'), column('n', 'bigint', count)], [...days(14).map((day) => [day, 4]), [null, 9]]);
    const chart = chooseChart(rows, asked);
    expect(chart?.table.rows).toHaveLength(14);
    expect(chart?.subtitle).toContain('left out: 1 row without a time');
  });

  test('speaks of a pale series only where there is one', () => {
    const subtitle = '25 Oct – 23 Nov 2026 · pale: the 30 days before';
    expect(chooseChart(byDevice, { ...asked, subtitle })?.subtitle).toBe('25 Oct – 23 Nov 2026');
    const { table: rows } = samples['line with an earlier period']!;
    expect(chooseChart(rows, { ...asked, subtitle })?.subtitle).toBe(subtitle);
    expect(chooseChart(rows, asked)?.subtitle).toBe(subtitle);
  });
});
