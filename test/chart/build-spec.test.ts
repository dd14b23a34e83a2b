import { describe, expect, test } from '@jest/globals';
import { buildSpec } from '../../src/chart/build-spec.ts';
import { chooseChart } from '../../src/chart/choose-chart.ts';
import type { Measure } from '../../src/chart/theme.ts';
import { asked, column, count, days, samples, table } from './samples.ts';

/** Every character as wide as 0.55 of its size: close to the real font, the same on every machine. */
const measure: Measure = (text, fontSize) => text.length * fontSize * 0.55;
const specOf = (name: string) => buildSpec(chooseChart(samples[name]!.table, samples[name]!.intent)!, measure);

interface Layer {
  readonly mark: { readonly type: string; readonly [key: string]: unknown };
  readonly data?: { readonly values: readonly Record<string, unknown>[] };
}
const layersOf = (spec: { readonly [key: string]: unknown }) => spec.layer as readonly Layer[];
const textsOf = (spec: { readonly [key: string]: unknown }) =>
  layersOf(spec).flatMap((layer) => (layer.mark.type === 'text' ? layer.data!.values.map((value) => String(value.text)) : []));
const marksOf = (spec: { readonly [key: string]: unknown }, type: string) =>
  layersOf(spec).filter((layer) => layer.mark.type === type);

describe('the specification', () => {
  test.each(['funnel', 'bars below zero', 'columns by month', 'line with a gap and an open end', 'grouped_bars of two names'])(
    'of %s is as agreed',
    (name) => {
      expect(specOf(name)).toMatchSnapshot();
    },
  );

  test.each(Object.keys(samples))('of %s is 500 wide and names no field by the words of the data', (name) => {
    const spec = specOf(name);
    const padding = spec.padding as { left: number; right: number };
    expect(Number(spec.width) + padding.left + padding.right).toBeCloseTo(500, 6);
    const fields = JSON.stringify(spec).matchAll(/"field":"([^"]*)"/gu);
    expect([...new Set(Array.from(fields, (field) => field[1]))].filter((field) => !/^[a-zA-Z0-9]+$/u.test(field!))).toEqual([]);
    expect(JSON.stringify(spec)).not.toMatch(/"url"|"expr"|"signal"|"labelExpr"/u);
  });
});

describe('a line', () => {
  test('breaks where values are missing: points left and right are different parts', () => {
    const line = marksOf(specOf('line with a gap and an open end'), 'line')[0]!;
    const parts = line.data!.values.map((value) => value.part);
    expect(new Set(parts)).toEqual(new Set([0, 1, 2]));
    expect(parts.filter((part) => part === 1)).toHaveLength(1);
  });

  test('shows a point between two gaps as a dot, and the open end hollow behind dashes', () => {
    const spec = specOf('line with a gap and an open end');
    expect(marksOf(spec, 'point').map((layer) => layer.data!.values.length)).toEqual([1, 1]);
    expect(marksOf(spec, 'line').at(-1)?.mark).toMatchObject({ strokeDash: [2, 3] });
  });

  test('breaks at days that have no row', () => {
    const rows = days(20)
      .filter((_, at) => at < 8 || at > 10)
      .map((day) => [day, 5]);
    const spec = buildSpec(chooseChart(table([column('dt', 'date'), column('n', 'bigint', count)], rows), asked)!, measure);
    expect(new Set(marksOf(spec, 'line')[0]!.data!.values.map((value) => value.part)).size).toBe(2);
  });

  test('draws the earlier period first, so that the current one lies above', () => {
    const widths = marksOf(specOf('line with an earlier period'), 'line').map((layer) => layer.mark.strokeWidth);
    expect(widths).toEqual([1.2, 1.2, 1.2, 2.2, 2.2, 2.2]);
  });

  test('says where its axis begins when that is not zero', () => {
    const rows = days(20).map((day, at) => [day, 1000 + at]);
    const spec = buildSpec(chooseChart(table([column('dt', 'date'), column('n', 'bigint', count)], rows), asked)!, measure);
    expect(textsOf(spec).some((text) => /axis from \d/u.test(text))).toBe(true);
  });

  test('names of lines that end together stand one under the other', () => {
    const rows = days(20).flatMap((day) => ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [day, name, 100]));
    const spec = buildSpec(
      chooseChart(table([column('dt', 'date'), column('name', 'varchar'), column('n', 'bigint', count)], rows), asked)!,
      measure,
    );
    const tops = layersOf(spec)
      .slice(-6)
      .map((layer) => (layer as unknown as { encoding: { y: { value: number } } }).encoding.y.value);
    const gaps = tops
      .toSorted((a, b) => a - b)
      .slice(1)
      .map((top, at) => top - tops.toSorted((a, b) => a - b)[at]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(16.9);
    expect(Math.max(...tops)).toBeLessThanOrEqual(182);
  });
});

describe('names of the data', () => {
  test('that a cut would make equal are cut in the middle', () => {
    const rows = [1, 2, 3].map((at) => [`Wireless noise-cancelling headphones, over-ear, black #${at}`, at]);
    const texts = textsOf(
      buildSpec(chooseChart(table([column('p', 'varchar'), column('n', 'bigint', count)], rows), asked)!, measure),
    );
    const labels = texts.filter((text) => text.startsWith('Wireless'));
    expect(new Set(labels).size).toBe(3);
    expect(labels.every((label) => /…/u.test(label) && /#\d$/u.test(label))).toBe(true);
  });

  test('lose control characters and direction overrides', () => {
    const texts = textsOf(
      buildSpec(
        chooseChart(
          table(
            [column('p', 'varchar'), column('n', 'bigint', count)],
            [
              ['\u202eevil\u0000\u0007\nname', 2],
              ['b', 1],
            ],
          ),
          asked,
        )!,
        measure,
      ),
    );
    expect(texts).toContain('evil name');
  });

  test('a long title is broken, a long subtitle cut', () => {
    const chart = chooseChart(samples.funnel!.table, { title: 'word '.repeat(40), subtitle: 'part · '.repeat(80) })!;
    const texts = textsOf(buildSpec(chart, measure));
    expect(texts.filter((text) => text.startsWith('word'))).toHaveLength(2);
    expect(texts.filter((text) => text.startsWith('part'))).toHaveLength(3);
    expect(texts.filter((text) => text.startsWith('part')).at(-1)).toMatch(/…$/u);
  });
});
