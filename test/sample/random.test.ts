import { describe, expect, test } from '@jest/globals';
import { openRandom, weigh } from '../../src/sample/random.ts';

describe('a random stream', () => {
  test('is the same for the same keys and another one for neighbouring keys', () => {
    const draw = (...keys: number[]) => {
      const random = openRandom(...keys);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(7, 495_000, 3)).toEqual(draw(7, 495_000, 3));
    const streams = [draw(7, 495_000, 3), draw(7, 495_000, 4), draw(7, 495_001, 3), draw(8, 495_000, 3), draw(495_000, 7, 3)];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  test('has no common pattern in the first draws of neighbouring keys', () => {
    const firsts = Array.from({ length: 4000 }, (_, key) => openRandom(7, key).next());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    const lag = firsts.slice(1).reduce((sum, value, index) => sum + (value - 0.5) * (firsts[index]! - 0.5), 0) / firsts.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(lag)).toBeLessThan(0.006);
  });

  test('counts, waits and weighs with the means that were asked for', () => {
    const random = openRandom(1);
    const mean = (draw: () => number) => Array.from({ length: 20_000 }, draw).reduce((sum, value) => sum + value, 0) / 20_000;
    expect(mean(() => random.count(3.2))).toBeCloseTo(3.2, 1);
    expect(mean(() => random.wait(12) / 12)).toBeCloseTo(1, 1);
    const table = weigh(['a', 'b', 'never'], (item) => ({ a: 3, b: 1, never: 0 })[item]!);
    const picks = Array.from({ length: 8000 }, () => random.weighted(table));
    expect(picks).not.toContain('never');
    expect(picks.filter((pick) => pick === 'a').length / 8000).toBeCloseTo(0.75, 1);
  });

  test('makes version 4 UUIDs', () => {
    expect(openRandom(3).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
