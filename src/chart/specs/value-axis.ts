import type { Unit } from '../chart-table.ts';
import { formatTicks } from '../format-value.ts';
import { ink, size } from '../theme.ts';
import { type Json, marks, scaled, words } from './layers.ts';

/** A vertical number axis: its domain, ticks and their labels. */
export interface ValueAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
  /** It does not begin at zero; the subtitle says where. */
  readonly note: string | undefined;
}

/** An axis over the values; from zero, except where `mayLift` and all values lie within 15 % of the highest. */
export function valueAxis(values: readonly number[], unit: Unit, currency: string | undefined, mayLift: boolean): ValueAxis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const lift = mayLift && low > 0 && (high - low) / high < 0.15 && high > low;
  const [from, to] = lift ? [low - (high - low) * 0.3, high] : [Math.min(0, low), Math.max(0, high)];
  const ticks = niceTicks(from, to === from ? from + 1 : to, unit === 'count');
  const labels = formatTicks(ticks, unit, { currency });
  return { domain: [ticks[0]!, ticks.at(-1)!], ticks, labels, note: lift ? `axis from ${labels[0]}` : undefined };
}

/** Grid lines and tick labels; `width` in logical pixels. */
export function valueAxisLayers(axis: ValueAxis, width: number): Json[] {
  const y = scaled('y', axis.domain);
  const values = axis.ticks.map((tick, at) => ({ y: tick, text: axis.labels[at]! }));
  const line = (strong: boolean) =>
    marks(
      values.filter((value) => (value.y === Math.max(axis.domain[0], 0)) === strong),
      { type: 'rule', color: strong ? ink.zero : ink.grid, strokeWidth: 1 },
      { y, x: { value: 0 }, x2: { value: width } },
    );
  return [
    line(false),
    line(true),
    words(values, { y, x: { value: -7 } }, { align: 'right', color: ink.muted, fontSize: size.label }),
  ];
}

/** Ticks from at or below `low` to at or above `high`, on steps of 1, 2, 2.5 or 5: of about 3 to 6 the choice that wastes least height. */
export function niceTicks(low: number, high: number, whole: boolean, about?: number): number[] {
  if (about !== undefined) return ticksOf(low, high, whole, about);
  const choices = [4, 5, 3, 6].map((count) => ticksOf(low, high, whole, count)).filter((ticks) => ticks.length <= 7);
  const waste = (ticks: readonly number[]) => Math.round(((ticks.at(-1)! - ticks[0]!) / (high - low)) * 10);
  return choices.reduce((best, ticks) => (waste(ticks) < waste(best) ? ticks : best));
}

function ticksOf(low: number, high: number, whole: boolean, about: number): number[] {
  const raw = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 2.5, 5, 10].find((step) => step * power >= raw * 0.999) ?? 10;
  const step = whole ? Math.max(1, Math.ceil(factor * power)) : factor * power;
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
