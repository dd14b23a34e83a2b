import { describe, expect, test } from '@jest/globals';
import { findWords } from '../../../src/answer/words/say-finding.ts';
import type { Draft, DraftColumn } from '../../../src/metrics/draft.ts';
import type { Cell, QueryResult } from '../../../src/services/warehouse.ts';

const week = { from: '2026-11-16', to: '2026-11-22', partial: false, label: 'week 47, 16 – 22 Nov 2026' };
const before = { from: '2026-11-09', to: '2026-11-15', partial: false, label: 'week 46, 9 – 15 Nov 2026' };

const sessions: DraftColumn = {
  name: 'sessions',
  label: 'Sessions',
  role: 'metric',
  of: 'sessions',
  unit: 'count',
  additive: true,
};
const rate: DraftColumn = {
  name: 'conversion_rate',
  label: 'Conversion rate',
  role: 'metric',
  of: 'conversion_rate',
  unit: 'rate',
};
const device: DraftColumn = { name: 'device', label: 'Device', role: 'dimension', of: 'device', unit: 'text' };

function draft(columns: DraftColumn[], more: Partial<Draft> = {}): Draft {
  return {
    reading: { kind: 'metric', metrics: ['sessions'], dimensions: [], filters: [], having: [] },
    sql: '',
    columns,
    period: week,
    asides: [],
    notes: [],
    ...more,
  };
}

function result(columns: DraftColumn[], rows: Cell[][]): QueryResult {
  return {
    kind: 'rows',
    columns: columns.map((c) => ({ name: c.name, type: 'bigint' })),
    rows,
    truncated: false,
    scannedBytes: 0,
    ms: 1,
    executionId: 'x',
  };
}

function find(columns: DraftColumn[], rows: Cell[][], more: Partial<Draft> = {}, totals?: QueryResult) {
  return findWords(draft(columns, more), result(columns, rows), totals);
}

describe('the finding', () => {
  test('one number is the headline and the big number', () => {
    expect(find([sessions], [[1742]])).toEqual({
      headline: 'Sessions, week 47, 16 – 22 Nov 2026: 1,742.',
      more: '',
      bigNumber: '1,742',
    });
  });

  test('a number of a period that is not over is so far', () => {
    const today = { from: '2026-11-24', to: '2026-11-24', partial: true, label: 'Tue 24 Nov 2026 until now' };
    expect(find([sessions], [[12]], { period: today }).headline).toBe('Sessions, Tue 24 Nov 2026 so far: 12.');
  });

  test('an unknown number is never a zero', () => {
    expect(find([rate], [[null]]).headline).toContain(': unknown, there is nothing to count');
    expect(find([sessions], []).headline).toContain('Nothing matches');
    expect(find([sessions], [], { period: { ...week, beyondData: 'all' } }).more).toContain('unknown, not 0');
  });

  test('two periods tell both figures and the difference of the figures shown', () => {
    const period: DraftColumn = { name: 'period', label: 'Period', role: 'period', unit: 'text' };
    const found = find(
      [period, rate],
      [
        ['now', 0.02189],
        ['then', 0.02244],
      ],
      { before },
    );
    expect(found.headline).toBe(
      'Conversion rate barely moved: 2.19% for week 47, 16 – 22 Nov 2026, after 2.24% for week 46, 9 – 15 Nov 2026 (−0.05 points).',
    );
    expect(found.bigNumber).toBe('2.19%');
  });

  test('a breakdown names who leads, its share of the whole, and who is last', () => {
    const found = find(
      [device, sessions],
      [
        ['mobile', 60],
        ['desktop', 30],
        ['tablet', 10],
      ],
    );
    expect(found.headline).toBe('Mobile leads with 60 sessions, 60.0% of all.');
    expect(found.more).toBe('Then Desktop with 30; last of 3: Tablet with 10.');
  });

  test('shares of a top list are of all, which was counted on its own', () => {
    const totals = result([sessions], [[200]]);
    expect(
      find(
        [device, sessions],
        [
          ['mobile', 60],
          ['desktop', 30],
        ],
        {},
        totals,
      ).headline,
    ).toContain('30.0% of all');
  });

  test('a top list whose whole could not be counted claims no share of it', () => {
    const found = find(
      [device, sessions],
      [
        ['mobile', 60],
        ['desktop', 30],
      ],
      { asides: [{ id: 'totals', sql: 'SELECT 1' }] },
    );
    expect(found.headline).toBe('Mobile leads with 60 sessions.');
  });

  test('rates of groups have no share', () => {
    expect(
      find(
        [device, rate],
        [
          ['desktop', 0.0502],
          ['mobile', 0.0168],
        ],
      ).headline,
    ).toBe('Desktop leads with 5.02%.');
  });

  test('groups that are compared tell what the whole did first, then who moved most', () => {
    const was: DraftColumn = { ...rate, name: 'conversion_rate_before', role: 'before', label: 'Week before' };
    const totals = result([rate, was], [[0.0286, 0.029]]);
    const found = find(
      [device, rate, was],
      [
        ['desktop', 0.0478, 0.0445],
        ['tablet', 0.0281, 0.0281],
        ['mobile', 0.018, 0.019],
      ],
      { before },
      totals,
    );
    expect(found.headline).toBe(
      'Conversion rate barely moved: 2.86% for week 47, 16 – 22 Nov 2026, after 2.90% for week 46, 9 – 15 Nov 2026 (−0.04 points).',
    );
    expect(found.more).toBe('Desktop rose to 4.78% (+0.33 points). Mobile fell to 1.80% (−0.10 points).');
  });

  test('a line tells the sum, the highest and the lowest day', () => {
    const day: DraftColumn = { name: 'day', label: 'Day', role: 'time', unit: 'date' };
    const found = find(
      [day, sessions],
      [
        ['2026-11-16', 10],
        ['2026-11-17', 30],
        ['2026-11-18', 20],
      ],
    );
    expect(found).toEqual({
      headline: '60 sessions for week 47, 16 – 22 Nov 2026.',
      more: 'Highest 30 (Tue 17 Nov), lowest 10 (Mon 16 Nov).',
    });
  });

  test('a funnel names the overall rate and the steepest step', () => {
    const columns: DraftColumn[] = [
      { name: 'step', label: 'Step', role: 'step', unit: 'text' },
      { ...sessions, role: 'metric' },
    ];
    const found = find(
      columns,
      [
        ['Viewed', 1000],
        ['Cart', 100],
        ['Bought', 50],
      ],
      { reading: { kind: 'funnel', steps: ['product', 'cart', 'purchase'], order: 'any', filters: [] } },
    );
    expect(found.headline).toBe('5.0% of 1,000 sessions at “Viewed” reached “Bought” for week 47, 16 – 22 Nov 2026.');
    expect(found.more).toBe('The steepest step is to “Cart”: 10.0% go on.');
  });
});
