import { afterAll, describe, expect, jest, test } from '@jest/globals';
import type { Chart, ChartIntent, ChartTable } from '../../src/chart/chart-table.ts';
import { chooseChart } from '../../src/chart/choose-chart.ts';
import { openPainter } from '../../src/chart/open-painter.ts';
import { readPng } from './png.ts';
import { asked, column, count, days, euro, rate, samples, table } from './samples.ts';

// A cold worker on a busy machine needs more than Jest's five seconds.
jest.setTimeout(30_000);
const painter = openPainter({ timeoutMs: 20_000 });
afterAll(() => painter.close());

async function drawn(rows: ChartTable, intent: ChartIntent = asked) {
  const chart = chooseChart(rows, intent);
  if (chart === undefined) throw new Error('No chart was chosen.');
  return readPng(await painter.paint(chart));
}

describe('a picture', () => {
  test.each(Object.entries(samples))('of %s is an opaque PNG of 1000 pixels with ink', async (_, sample) => {
    const picture = await drawn(sample.table, sample.intent);
    expect(picture.width).toBe(1000);
    expect(picture.height).toBeGreaterThan(200);
    expect(picture.height).toBeLessThan(1400);
    expect(picture.ink).toBeGreaterThan(0.02);
    expect(picture.at(6, 6)).toEqual([255, 255, 255]);
  });

  test('shows more than its title', async () => {
    const { table: rows, intent } = samples['bars with other']!;
    const chart = chooseChart(rows, intent)!;
    const zeros = { ...chart.table, rows: chart.table.rows.map(([name]) => [name!, 0]) };
    const [full, empty] = [readPng(await painter.paint(chart)), readPng(await painter.paint({ ...chart, table: zeros }))];
    expect(full.ink).toBeGreaterThan(empty.ink * 2);
  });
});

describe('many pictures', () => {
  test('do not hold on to memory', async () => {
    const chart = chooseChart(samples.funnel!.table, samples.funnel!.intent)!;
    for (let at = 0; at < 5; at += 1) await painter.paint(chart);
    const before = process.memoryUsage.rss();
    for (let at = 0; at < 24; at += 1) await painter.paint(chart);
    // Held canvases would be 5 MB for each picture: 120 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(70e6);
  });
});

describe('odd data', () => {
  const named = (rows: readonly (readonly [string | null, number | null])[], more: object = count) =>
    table([column('name', 'varchar', { role: 'category' }), column('value', 'double', more)], rows);
  const odd: readonly (readonly [string, ChartTable])[] = [
    [
      'two rows',
      named([
        ['a', 1],
        ['b', 2],
      ]),
    ],
    [
      'a missing name and a missing value',
      named([
        [null, 3],
        ['b', null],
        ['', 1],
      ]),
    ],
    [
      'nothing but zeros',
      named([
        ['a', 0],
        ['b', 0],
      ]),
    ],
    [
      'nothing but losses',
      named(
        [
          ['a', -4],
          ['b', -9],
        ],
        euro,
      ),
    ],
    [
      'very large numbers',
      named([
        ['a', 1e12],
        ['b', 3.2e15],
        ['c', 9e18],
      ]),
    ],
    [
      'very small numbers',
      named(
        [
          ['a', 1e-4],
          ['b', 3e-9],
        ],
        { role: 'measure', unit: 'number' },
      ),
    ],
    [
      'names as long as a book',
      named([
        ['x'.repeat(5000), 1],
        [`${'y '.repeat(900)}z`, 2],
      ]),
    ],
    [
      'every script, direction marks and control characters',
      named([
        ['\u202eevil\u0000\n', 1],
        ['שלום', 2],
        ['ไทย', 3],
        ['한국어', 4],
        ['繁體中文', 5],
        ['👩‍👩‍👧 🇩🇪', 6],
      ]),
    ],
    [
      'column names that Vega reads as paths',
      table(
        [column('order.total', 'varchar', { role: 'category' }), column("a[0]'s", 'bigint')],
        [
          ['datum.x', 1],
          ["it's + alert(1)", 2],
        ],
      ),
    ],
    [
      'a flat line',
      table(
        [column('dt', 'date'), column('cr', 'double', rate)],
        days(20).map((day) => [day, 0.02]),
      ),
    ],
    [
      'a line of zeros',
      table(
        [column('dt', 'date'), column('n', 'bigint')],
        days(20).map((day) => [day, 0]),
      ),
    ],
    [
      'a line below zero',
      table(
        [column('dt', 'date'), column('n', 'bigint')],
        days(20).map((day, at) => [day, at - 10]),
      ),
    ],
    [
      'a line of two points',
      table(
        [column('dt', 'date'), column('name', 'varchar'), column('cr', 'double', rate)],
        days(2).flatMap((day) => [
          [day, 'a', 0.1],
          [day, 'b', 0.2],
        ]),
      ),
    ],
    [
      'times with hours and a zone',
      table(
        [column('t', 'timestamp(3) with time zone'), column('cr', 'double', rate)],
        Array.from({ length: 30 }, (_, at) => [
          `2026-11-${String(1 + Math.floor(at / 24)).padStart(2, '0')} ${String(at % 24).padStart(2, '0')}:00:00.000 Europe/Berlin`,
          at / 100,
        ]),
      ),
    ],
    [
      'five thousand points',
      table(
        [column('t', 'timestamp(0)'), column('n', 'bigint')],
        Array.from({ length: 5000 }, (_, at) => [
          new Date(Date.UTC(2026, 0, 1) + at * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
          at % 97,
        ]),
      ),
    ],
    [
      'one country far from the others',
      table(
        [column('country', 'varchar', { role: 'country' }), column('n', 'bigint', count)],
        ['NZ', 'FJ', 'AU', 'ID', 'PH', 'JP', 'US', 'CL'].map((code, at) => [code, 2 ** at]),
      ),
    ],
  ];
  test.each(odd)('%s', async (_, rows) => {
    const picture = await drawn(rows);
    expect(picture.width).toBe(1000);
    expect(picture.ink).toBeGreaterThan(0.005);
  });
});

describe('a stuck or broken drawing', () => {
  const chart: Chart = { ...chooseChart(samples.funnel!.table, samples.funnel!.intent)! };
  const worker = new URL('./fixtures/stuck-worker.ts', import.meta.url);

  test('ends at the timeout, and the next picture is drawn', async () => {
    const stuck = openPainter({ timeoutMs: 900, worker });
    try {
      await stuck.paint(chart);
      await expect(stuck.paint({ ...chart, title: 'stuck' })).rejects.toThrow('The picture funnel (F1) could not be drawn.');
      await expect(stuck.paint({ ...chart, title: 'fine' })).resolves.toEqual(Buffer.of(1));
    } finally {
      await stuck.close();
    }
  });

  test('throws with its cause, and the next picture is drawn', async () => {
    const broken = openPainter({ worker });
    try {
      const fault = await broken.paint({ ...chart, title: 'broken' }).catch((error: unknown) => error);
      expect(fault).toMatchObject({ message: 'The picture funnel (F1) could not be drawn.', cause: { message: 'planned' } });
      await expect(broken.paint(chart)).resolves.toHaveLength(1);
    } finally {
      await broken.close();
    }
  });

  test('a painter that never drew closes at once', async () => {
    await expect(openPainter().close()).resolves.toBeUndefined();
  });
});
