import { describe, expect, test } from '@jest/globals';
import {
  rateDigits,
  sayBytes,
  sayDay,
  sayDuration,
  sayPercentChange,
  saySigned,
  sayUsd,
  sayValue,
} from '../../../src/answer/words/say-value.ts';

describe('values as people read them', () => {
  test.each([
    [1742, { unit: 'count' }, '1,742'],
    [0, { unit: 'count' }, '0'],
    [0.0219, { unit: 'rate', rateDigits: 2 }, '2.19%'],
    [0.164, { unit: 'rate', rateDigits: 1 }, '16.4%'],
    [1, { unit: 'share' }, '100.0%'],
    [233648.7, { unit: 'money', currency: 'EUR' }, '€233,648.70'],
    [-12.5, { unit: 'money', currency: 'EUR' }, '−€12.50'],
    [4982.1, { unit: 'money', currency: 'CHF' }, 'CHF 4,982.10'],
    [5, { unit: 'money' }, '5.00'],
    [4200, { unit: 'milliseconds' }, '4.2 s'],
    [840, { unit: 'milliseconds' }, '840 ms'],
    [131, { unit: 'seconds' }, '2:11 min'],
    [1, { unit: 'days' }, '1 day'],
    [2.5, { unit: 'days' }, '2.5 days'],
    [413.392, { unit: 'number' }, '413.4'],
    [2.3456, { unit: 'number' }, '2.35'],
    ['2026-11-23', { unit: 'date' }, 'Mon 23 Nov'],
    [true, { unit: 'text' }, 'yes'],
  ] as const)('%p with %p is %p', (value, form, text) => {
    expect(sayValue(value, form)).toBe(text);
  });

  test('nothing is a dash, or what nothing is called in its column', () => {
    expect(sayValue(null, { unit: 'rate' })).toBe('–');
    expect(sayValue(null, { unit: 'text', unknown: 'no known place' })).toBe('no known place');
    expect(sayValue(Number.NaN, { unit: 'number' })).toBe('–');
  });

  test('rates under 10 % have two digits, a column with a larger one has one', () => {
    expect(rateDigits([0.021, 0.034, null])).toBe(2);
    expect(rateDigits([0.021, 0.45])).toBe(1);
    expect(rateDigits([null])).toBe(1);
  });

  test('changes carry their sign, and what rounds to nothing has none', () => {
    expect(saySigned(0.0028, { unit: 'points', rateDigits: 2 })).toBe('+0.28');
    expect(saySigned(-62, { unit: 'count' })).toBe('−62');
    expect(saySigned(0.00001, { unit: 'points', rateDigits: 2 })).toBe('0.00');
  });

  test('a change in percent has no base of zero', () => {
    expect(sayPercentChange(200, 205)).toBe('2.5%');
    expect(sayPercentChange(506_840, 925_720)).toBe('83%');
    expect(sayPercentChange(0, 5)).toBeUndefined();
  });

  test('bytes are decimal, prices under a cent are called so, durations fit their size', () => {
    expect([0, 999, 41_000_000, 342e9, 1.5e12].map(sayBytes)).toEqual(['0 B', '999 B', '41 MB', '342 GB', '1.5 TB']);
    expect([0.00005, 0.59].map(sayUsd)).toEqual(['under $0.01', '$0.59']);
    expect([1300, 131_000, 3_720_000].map(sayDuration)).toEqual(['1.3 s', '2:11 min', '1:02 h']);
  });

  test('days have their weekday, times stay on the clock of 24 hours', () => {
    expect(sayDay('2026-11-23')).toBe('Mon 23 Nov');
    expect(sayDay('2026-11-23 14:00:00.000')).toBe('Mon 23 Nov, 14:00');
    expect(sayDay('not a day')).toBe('not a day');
  });
});
