import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { billPage } from '../../infra/bill/bill-page.ts';
import { measured } from '../../infra/bill/measured.ts';
import { monthlyBill, sizes, total } from '../../infra/bill/monthly-bill.ts';
import { shops } from '../../infra/bill/shops.ts';
import { root } from './synthesize.ts';

const [small, medium, large] = shops as [(typeof shops)[number], (typeof shops)[number], (typeof shops)[number]];
const line = (shop: typeof small, start: string) => monthlyBill(shop).find((l) => l.what.startsWith(start))!.usd;

describe('the bill', () => {
  test('of the page is the one that the script computes', () => {
    expect(readFileSync(join(root, 'docs/bill.md'), 'utf8')).toBe(billPage());
  });

  test('of a small question is Athena’s least, 10 MB', () => {
    const tiny = { ...small, events: 1e5 };
    expect(line(tiny, 'Athena')).toBeCloseTo(50 * 30 * (10e6 / 1e12) * 5, 6);
  });

  test('of larger ones is what they read', () => {
    const scale = 1e8 / ((320_357 / 91) * 30);
    const bytes = measured.questionBytes.map((b) => Math.max(b * scale, 10e6));
    const mean = bytes.reduce((sum, b) => sum + b, 0) / bytes.length;
    expect(line(medium, 'Athena')).toBeCloseTo(500 * 30 * (mean / 1e12) * 5, 6);
  });

  test('of the largest ones ends at the cut-off', () => {
    expect(line({ ...large, events: 1e15 }, 'Athena')).toBeCloseTo(5_000 * 30 * ((10 * 2 ** 30) / 1e12) * 5, 6);
  });

  test('of the bot is the hours of its task and address', () => {
    expect(line(small, 'Fargate')).toBeCloseTo(730 * (0.5 * 0.03238 + 0.00356 + 0.005), 6);
  });

  test('of the refresh is a minute each, and the time of the events', () => {
    expect(line(small, 'Glue')).toBeCloseTo(((30 * 60 + 1e6 / 3700) / 3600) * 2 * 0.44, 6);
  });

  test('grows with the shop in every line, and storage with the events', () => {
    for (const [smaller, larger] of [
      [small, medium],
      [medium, large],
    ] as const)
      for (const { what, usd } of monthlyBill(smaller)) expect([what, line(larger, what) >= usd]).toEqual([what, true]);
    expect(sizes(large).bytes / sizes(small).bytes).toBeCloseTo(1e4, 6);
  });

  test('has nothing for a model that is never asked', () => {
    expect(line({ ...small, modelShare: 0 }, 'Bedrock')).toBe(0);
    expect(total(monthlyBill(small))).toBeGreaterThan(total(monthlyBill({ ...small, modelShare: 0 })));
  });
});
