import type { Native } from './native.ts';
import { invalid, native } from './native.ts';

/** Distribution functions. */
export const statisticNatives: Readonly<Record<string, Native>> = {
  tr_normal_cdf: native(['DOUBLE', 'DOUBLE', 'DOUBLE'], 'DOUBLE', (mean: number, deviation: number, value: number) => {
    if (!(deviation > 0)) invalid('standardDeviation must be > 0');
    return 0.5 * erfc(-(value - mean) / (deviation * Math.SQRT2));
  }),
  tr_inverse_normal_cdf: native(['DOUBLE', 'DOUBLE', 'DOUBLE'], 'DOUBLE', (mean: number, deviation: number, p: number) => {
    if (!(p > 0 && p < 1)) invalid('p must be in the interval (0, 1)');
    if (!(deviation > 0)) invalid('standardDeviation must be > 0');
    return mean + deviation * normalQuantile(p);
  }),
};

/** Complementary error function: series near 0, continued fraction beyond (Abramowitz and Stegun 7.1.5, 7.1.14). */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 && n < 200; n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 120; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}

/** Halley's iteration from a rough start. */
function normalQuantile(p: number): number {
  let x = p === 0.5 ? 0 : Math.sign(p - 0.5) * Math.sqrt(Math.max(0, -2 * Math.log(Math.min(p, 1 - p)))) * 0.9;
  for (let step = 0; step < 60; step++) {
    const error = 0.5 * erfc(-x / Math.SQRT2) - p;
    const slope = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const change = error / slope;
    x -= change / (1 + (x * change) / 2);
    if (Math.abs(change) < 1e-15) break;
  }
  return x;
}
