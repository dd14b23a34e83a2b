import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSpec } from '../../src/chart/build-spec.ts';
import type { ChartColumn, ChartIntent, ChartTable } from '../../src/chart/chart-table.ts';
import { chooseChart } from '../../src/chart/choose-chart.ts';
import type { Cell } from '../../src/services/warehouse.ts';

const names = [
  'dt',
  'month',
  'year',
  'device',
  'country',
  'step',
  'hour',
  'weekday',
  'weeks_since',
  'latitude',
  'longitude',
  'order_id',
  'sessions',
  'revenue_eur',
  'conversion_rate',
  'price_band',
  'order.total',
  'a[0]',
  '_col0',
  'avg_ms',
];
const cells: Readonly<Record<string, fc.Arbitrary<Cell>>> = {
  bigint: fc.oneof(fc.integer({ min: -5, max: 40 }), fc.constantFrom(0, 1, 2026, 1e12, -1)),
  double: fc.oneof(
    fc.double({ min: -1, max: 1, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6),
    fc.constantFrom(0, 0.02, 1e-9, 1e18, -1e6),
  ),
  varchar: fc.oneof(
    fc.constantFrom(
      'DE',
      'AT',
      'France',
      'Mobile',
      'Desktop',
      'Mon',
      'Tue',
      '10-20',
      '100+',
      '',
      '2026-11-23',
      '(not set)',
      'x'.repeat(300),
      '👩‍👩‍👧',
      '12.5',
    ),
    fc.string({ maxLength: 12 }),
  ),
  date: fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23', '2026-10-01', '2026-09-01'),
  'timestamp(3)': fc.constantFrom('2026-11-23 10:00:00.000', '2026-11-23 11:00:00.000', '2026-11-23 11:07:09.123'),
  boolean: fc.boolean(),
  'array(varchar)': fc.constant(['a', 'b']),
};

const columnArbitrary: fc.Arbitrary<ChartColumn> = fc.record(
  {
    name: fc.constantFrom(...names),
    label: fc.constantFrom('Label', '', 'Ein Wort'),
    type: fc.constantFrom(...Object.keys(cells)),
    before: fc.constantFrom(true, false),
  },
  { requiredKeys: ['name', 'label', 'type'] },
);
// Rows that differ in their first one or two cells, as a GROUP BY makes them.
const tableArbitrary: fc.Arbitrary<ChartTable> = fc
  .tuple(fc.array(columnArbitrary, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 2 }))
  .chain(([columns, keys]) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.uniqueArray(fc.tuple(...columns.map((column) => fc.option(cells[column.type]!, { freq: 12, nil: null }))), {
        maxLength: 40,
        selector: (row) => JSON.stringify(row.slice(0, keys)),
      }),
      truncated: fc.boolean(),
    }),
  );
const intentArbitrary: fc.Arbitrary<ChartIntent> = fc.record(
  {
    title: fc.string({ maxLength: 90 }),
    subtitle: fc.constantFrom('', 'daily', '25 Oct – 23 Nov 2026 · pale: before'),
    wants: fc.constantFrom('none', 'line', 'bars', 'map', 'funnel', 'share', 'top'),
    lastPartial: fc.boolean(),
  },
  { requiredKeys: ['title', 'subtitle'] },
);

test('any table ends in no picture or in one that can be drawn and told', () => {
  const types = new Set<string>();
  fc.assert(
    fc.property(tableArbitrary, intentArbitrary, (table, intent) => {
      const chart = chooseChart(table, intent);
      if (chart === undefined) return;
      types.add(chart.type);
      expect(chart.altText.length).toBeGreaterThanOrEqual(60);
      expect(chart.altText.length).toBeLessThanOrEqual(500);
      const spec = buildSpec(chart, (text, fontSize) => text.length * fontSize * 0.55);
      // JSON writes what is not a number as null: nothing of a picture may be that.
      expect(
        JSON.stringify(spec, (key, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? `${key} is ${value}` : value,
        ),
      ).not.toMatch(/ is (NaN|-?Infinity)/u);
      expect(Number(spec.width)).toBeGreaterThan(60);
      expect(Number(spec.height)).toBeGreaterThan(20);
    }),
    { seed: 11, numRuns: 2000 },
  );
  expect(types.size).toBeGreaterThanOrEqual(6);
});
