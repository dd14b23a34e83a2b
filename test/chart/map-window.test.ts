import { describe, expect, test } from '@jest/globals';
import { countryOf } from '../../src/chart/country-names.ts';
import { mapWindow } from '../../src/chart/map-window.ts';
import { classBreaks } from '../../src/chart/specs/map.ts';
import { worldShapes } from '../../src/chart/world.ts';

const shapes = worldShapes();
const window = (weights: Readonly<Record<string, number>>) =>
  mapWindow(shapes, new Map(Object.entries(weights).map(([code, weight]) => [countryOf(code)!.numeric, weight])));

describe('the part of the world that is shown', () => {
  test('is Europe for a European shop, and tells what lies outside', () => {
    const { world, projection, outside } = window({ DE: 900, AT: 200, FR: 100, IT: 80, PL: 60, US: 20, JP: 5 });
    expect(world).toBe(false);
    expect(projection.rotate[0]).toBeGreaterThan(-20);
    expect(projection.rotate[0]).toBeLessThan(0);
    expect(outside).toEqual(new Set([countryOf('US')!.numeric, countryOf('JP')!.numeric]));
  });

  test('is the world where the value lies on several continents', () => {
    expect(window({ US: 500, DE: 300, JP: 200 })).toMatchObject({ world: true, outside: new Set() });
  });

  test('does not follow Guiana for France nor Hawaii for the USA', () => {
    expect(window({ FR: 10, BE: 5 }).world).toBe(false);
    expect(window({ US: 10, CA: 5 }).world).toBe(false);
  });

  test('crosses the date line without going round the world', () => {
    const { world, projection } = window({ NZ: 10, FJ: 3 });
    expect(world).toBe(false);
    expect(Math.abs(projection.rotate[0]!)).toBeGreaterThan(150);
  });

  test('takes all countries in where that costs little', () => {
    expect(window({ DE: 1000, AT: 9, CH: 3 }).outside.size).toBe(0);
  });

  test('is the world without any country', () => {
    expect(window({}).world).toBe(true);
  });
});

describe('the classes of a map', () => {
  test('are five of about equal size with round limits', () => {
    const values = Array.from({ length: 50 }, (_, at) => 1.2 ** at * 130);
    const breaks = classBreaks(values);
    expect(breaks).toHaveLength(4);
    const sizes = [0, ...breaks].map(
      (low, at) => values.filter((value) => value >= low && value < (breaks[at] ?? Number.POSITIVE_INFINITY)).length,
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(8);
    for (const limit of breaks) expect(Number(limit.toPrecision(2))).toBe(limit);
  });

  test('never leave one empty', () => {
    for (const values of [[1, 1, 1, 9], [5], [3, 3], [0, 0, 0, 0, 7], [0.021, 0.0211, 0.0212]]) {
      const breaks = classBreaks(values);
      const sizes = [Number.NEGATIVE_INFINITY, ...breaks].map(
        (low, at) => values.filter((value) => value >= low && value < (breaks[at] ?? Number.POSITIVE_INFINITY)).length,
      );
      expect(Math.min(...sizes)).toBeGreaterThan(0);
    }
  });
});
