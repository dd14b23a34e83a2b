import { describe, expect, test } from '@jest/globals';
import { chooseChart } from '../../src/chart/choose-chart.ts';
import { samples } from './samples.ts';

const said = (name: string) => chooseChart(samples[name]!.table, samples[name]!.intent)!.altText;

describe('the words for who cannot see the picture', () => {
  test.each(Object.keys(samples))('of %s are 100 to 500 characters with title and period', (name) => {
    const text = said(name);
    expect(text.length).toBeGreaterThanOrEqual(100);
    expect(text.length).toBeLessThanOrEqual(500);
    expect(text).toContain(samples[name]!.intent.title);
    expect(text).not.toMatch(/null|undefined|NaN|\[object/u);
  });

  test('a funnel tells each step and what was kept of the one before', () => {
    expect(said('funnel')).toBe(
      'Funnel: From product page to order, mobile. October 2026 · sessions, any order. Product page 1.31M, then Added to cart 214.8K (16.4% of previous), then Began checkout 92.6K (43.1% of previous), then Bought 38.6K (41.7% of previous).',
    );
  });

  test('a line tells first and last, low and high with their days, what is missing, and that it is not over', () => {
    expect(said('line with a gap and an open end')).toBe(
      'Line chart: Sessions. daily. sessions from 900 (Sun 25 Oct) to 919 (Fri 13 Nov, the last not complete), low 900 (Sun 25 Oct), high 919 (Fri 13 Nov), 2 missing.',
    );
  });

  test('differences keep their signs', () => {
    expect(said('bars below zero')).toContain('Paid Social −0.10, Email +0.04, Direct +0.09.');
  });

  test('countries go by name, not by code', () => {
    expect(said('map of Europe')).toContain('Germany 401K, Austria 120K');
  });
});
