import type { ChartColumn, ChartIntent, ChartTable } from '../../src/chart/chart-table.ts';
import type { Cell } from '../../src/services/warehouse.ts';

/** One question's rows and what it said about the picture. */
export interface Sample {
  readonly table: ChartTable;
  readonly intent: ChartIntent;
}

/** A table from columns and rows. */
export function table(columns: readonly ChartColumn[], rows: readonly (readonly Cell[])[], truncated = false): ChartTable {
  return { columns, rows, truncated };
}

/** A column as a SQL result has it, or with what the composer knows. */
export function column(name: string, type: string, more: Partial<ChartColumn> = {}): ChartColumn {
  return { name, label: name.replaceAll('_', ' '), type, ...more };
}

/** `count` dates from a day on, `step` days apart. */
export function days(count: number, from = '2026-10-25', step = 1): string[] {
  return Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + at * step * 86_400_000).toISOString().slice(0, 10));
}

/** First days of `count` months. */
export function months(count: number, year: number, month: number): string[] {
  return Array.from({ length: count }, (_, at) => new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 10));
}

/** Seeded numbers from 0 to 1. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export const rate = { role: 'measure', unit: 'rate', additive: false } as const;
export const count = { role: 'measure', unit: 'count', additive: true } as const;
export const euro = { role: 'measure', unit: 'money', currency: 'EUR', additive: true } as const;
export const asked: ChartIntent = { title: 'Sessions by device', subtitle: '25 Oct – 23 Nov 2026' };

const devices = ['Mobile', 'Desktop', 'Tablet'];
const channels = [
  'Organic Search',
  'Paid Search',
  'Email',
  'Direct',
  'Paid Social',
  'Organic Social',
  'Affiliates',
  'Referral',
  'Display',
];
const roll = dice(7);

/** One sample for each type of chart and its variants, by name; the name begins with the type that is drawn. */
export const samples: Readonly<Record<string, Sample>> = {
  'line with an earlier period': {
    table: table(
      [
        column('dt', 'varchar', { role: 'time' }),
        column('device', 'varchar'),
        column('cr', 'double', rate),
        column('cr_before', 'double', { ...rate, before: true, label: 'the 30 days before' }),
      ],
      days(30).flatMap((day) =>
        devices.map((name, at) => [day, name, 0.015 * (at + 1) + roll() * 0.004, 0.014 * (at + 1) + roll() * 0.004]),
      ),
    ),
    intent: { title: 'Conversion rate by device', subtitle: '25 Oct – 23 Nov 2026, daily' },
  },
  'line with a gap and an open end': {
    table: table(
      [column('dt', 'date'), column('sessions', 'bigint')],
      days(20).map((day, at) => [day, at === 5 || at === 7 ? null : 900 + at]),
    ),
    intent: { title: 'Sessions', subtitle: 'daily', lastPartial: true },
  },
  'columns by month': {
    table: table(
      [
        column('month', 'date'),
        column('orders', 'bigint', count),
        column('b', 'bigint', { ...count, before: true, label: 'a year earlier' }),
      ],
      months(6, 2026, 6).map((month, at) => [month, 100 + at * 9, 90 + at * 8]),
    ),
    intent: { title: 'Orders by month', subtitle: 'Jun – Nov 2026', lastPartial: true },
  },
  'columns by weekday': {
    table: table(
      [column('weekday', 'varchar'), column('orders', 'bigint')],
      ['Friday', 'Monday', 'Sunday', 'Thursday'].map((day, at) => [day, 100 + at]),
    ),
    intent: { title: 'Orders by weekday', subtitle: 'Last 90 days' },
  },
  'bars with other': {
    table: table(
      [column('product', 'varchar', { role: 'category' }), column('revenue', 'double', euro)],
      Array.from({ length: 20 }, (_, at) => [`Product ${at}`, 1000 - at * 45]),
    ),
    intent: { title: 'Products by revenue', subtitle: 'Week 47, 16 – 22 Nov 2026' },
  },
  'bars below zero': {
    table: table(
      [column('part', 'varchar', { role: 'category' }), column('effect', 'double', rate)],
      [
        ['Paid Social', -0.001],
        ['Email', 0.0004],
        ['Direct', 0.0009],
      ],
    ),
    intent: { title: 'What moved conversion', subtitle: 'points' },
  },
  'grouped_bars of two names': {
    table: table(
      [column('channel', 'varchar'), column('device', 'varchar'), column('cr', 'double', rate)],
      channels.slice(0, 4).flatMap((name) => devices.map((device) => [name, device, 0.01 + roll() * 0.03])),
    ),
    intent: { title: 'Conversion rate by channel and device', subtitle: 'Last 30 days' },
  },
  'stacked shares over time': {
    table: table(
      [column('month', 'date'), column('channel', 'varchar'), column('sessions', 'bigint', count)],
      months(12, 2025, 12).flatMap((month) =>
        channels.map((name, at) => [month, name, Math.floor((9000 / (at + 1)) * (0.8 + roll() * 0.4))]),
      ),
    ),
    intent: { title: 'Share of sessions by channel', subtitle: 'Dec 2025 – Nov 2026', wants: 'share' },
  },
  'stacked rows of two names': {
    table: table(
      [column('channel', 'varchar'), column('device', 'varchar'), column('orders', 'bigint', count)],
      channels
        .slice(0, 6)
        .flatMap((name, at) => devices.map((device) => [name, device, Math.floor((1000 / (at + 1)) * (0.5 + roll()))])),
    ),
    intent: { title: 'Orders by channel and device', subtitle: 'Last 30 days' },
  },
  funnel: {
    table: table(
      [column('step', 'varchar', { role: 'step' }), column('sessions', 'bigint', count)],
      [
        ['Product page', 1_310_000],
        ['Added to cart', 214_800],
        ['Began checkout', 92_600],
        ['Bought', 38_600],
      ],
    ),
    intent: { title: 'From product page to order, mobile', subtitle: 'October 2026 · sessions, any order' },
  },
  'map of Europe': {
    table: table(
      [column('country', 'varchar', { role: 'country' }), column('sessions', 'bigint', count)],
      [
        ['DE', 401_000],
        ['AT', 120_000],
        ['CH', 61_000],
        ['FR', 55_000],
        ['NL', 31_000],
        ['PL', 22_000],
        ['IT', 21_000],
        ['ES', 18_000],
        ['US', 9000],
        ['CA', 900],
        ['SG', 500],
        [null, 40_000],
      ],
    ),
    intent: { title: 'Sessions by country', subtitle: '27 Oct – 23 Nov 2026' },
  },
  'heat of cohorts': {
    table: table(
      [
        column('cohort', 'date', { role: 'time' }),
        column('week', 'integer', { role: 'offset', label: 'Weeks since' }),
        column('retention', 'double', rate),
      ],
      days(6, '2026-09-14', 7).flatMap((day, at) =>
        Array.from({ length: 6 - at }, (_, week) => [day, week, week === 0 ? 1 : 0.2 / week]),
      ),
    ),
    intent: { title: 'Weekly retention', subtitle: 'First visits 14 Sep – 25 Oct 2026' },
  },
  histogram: {
    table: table(
      [column('order_id', 'varchar'), column('order_value_eur', 'double')],
      Array.from({ length: 200 }, (_, at) => [`o${at}`, Math.exp(3.5 + roll() * 1.8)]),
    ),
    intent: { title: 'Order values', subtitle: 'Last 7 days' },
  },
  scatter: {
    table: table(
      [column('product_id', 'varchar'), column('views', 'bigint'), column('revenue_eur', 'double')],
      Array.from({ length: 60 }, (_, at) => [`p${at}`, Math.floor(Math.exp(2 + roll() * 8)), roll() * 3000]),
    ),
    intent: { title: 'Views and revenue of products', subtitle: 'Last 7 days' },
  },
  'bubbles of cities': {
    table: table(
      [column('city', 'varchar'), column('latitude', 'double'), column('longitude', 'double'), column('sessions', 'bigint')],
      [
        ['Berlin', 52.5, 13.4, 90_000],
        ['Wien', 48.2, 16.4, 50_000],
        ['Zürich', 47.4, 8.5, 30_000],
      ],
    ),
    intent: { title: 'Sessions by city', subtitle: 'Last 7 days' },
  },
};
