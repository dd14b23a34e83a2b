import { describe, expect, test } from '@jest/globals';
import type { Unit } from '../../src/chart/chart-table.ts';
import { formatDifference, formatTicks, formatValue, valueWriter } from '../../src/chart/format-value.ts';

describe('a number in words', () => {
  const rows: readonly (readonly [number | null, Unit, object, string])[] = [
    [1742, 'count', {}, '1,742'],
    [1742, 'count', { compact: true }, '1,742'],
    [9999.6, 'count', { compact: true }, '10K'],
    [214_800, 'count', { compact: true }, '214.8K'],
    [999_960, 'count', { compact: true }, '1M'],
    [4_370_000, 'count', { compact: true }, '4.37M'],
    [3.2e12, 'count', { compact: true }, '3.2T'],
    [9e18, 'count', { compact: true }, '9.0×10¹⁸'],
    [0.0219, 'rate', {}, '2.19%'],
    [0.164, 'rate', {}, '16.4%'],
    [0.164, 'share', {}, '16.4%'],
    [1, 'share', {}, '100.0%'],
    [0, 'rate', {}, '0.00%'],
    [233_648.7, 'money', { currency: 'EUR' }, '€233,648.70'],
    [96_300, 'money', { currency: 'EUR', compact: true }, '€96.3K'],
    [1_560_000, 'money', { currency: 'EUR', compact: true }, '€1.56M'],
    [4982.1, 'money', { currency: 'CHF' }, 'CHF 4,982.10'],
    [1200, 'money', { currency: 'JPY' }, '¥1,200'],
    [-5, 'money', { currency: 'USD' }, '−$5.00'],
    [12.5, 'money', {}, '12.50'],
    [12.5, 'money', { currency: 'not a code' }, 'not a code 12.50'],
    [1.3, 'seconds', {}, '1.3 s'],
    [131, 'seconds', {}, '2:11 min'],
    [59.97, 'seconds', {}, '1:00 min'],
    [3900, 'seconds', {}, '1:05 h'],
    [850, 'milliseconds', {}, '850 ms'],
    [2400, 'milliseconds', {}, '2.4 s'],
    [3.25, 'days', {}, '3.3 days'],
    [1, 'days', {}, '1 day'],
    [2.5, 'number', {}, '2.5'],
    [0.00012, 'number', {}, '0.00012'],
    [3e-9, 'number', {}, '3.0×10⁻⁹'],
    [-0.0000001, 'rate', {}, '0.00%'],
    [null, 'count', {}, '–'],
    [Number.NaN, 'rate', {}, '–'],
  ];
  test.each(rows)('%s as %s %j is written %s', (value, unit, format, text) => {
    expect(formatValue(value, unit, format)).toBe(text);
  });

  test('a change of a rate is in points, with its sign', () => {
    expect(formatDifference(0.0028, 'rate')).toBe('+0.28');
    expect(formatDifference(-0.001, 'rate')).toBe('−0.10');
    expect(formatDifference(0, 'rate')).toBe('0.00');
    expect(formatDifference(-120, 'count')).toBe('−120');
  });

  test('rates below zero are differences, all of them', () => {
    const write = valueWriter([-0.001, 0.002], 'rate');
    expect([write(-0.001), write(0.002)]).toEqual(['−0.10', '+0.20']);
    expect(valueWriter([0.001, 0.002], 'rate')(0.002)).toBe('0.20%');
  });

  test('ticks of an axis share their decimals', () => {
    expect(formatTicks([0, 0.005, 0.01], 'rate')).toEqual(['0%', '0.5%', '1.0%']);
    expect(formatTicks([0, 20_000, 40_000], 'money', { currency: 'EUR' })).toEqual(['€0', '€20K', '€40K']);
    expect(formatTicks([0, 500, 1000], 'count')).toEqual(['0', '500', '1,000']);
    expect(formatTicks([-2.5, 0, 2.5], 'number')).toEqual(['−2.5', '0', '2.5']);
  });
});
