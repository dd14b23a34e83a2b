import type { Unit } from './chart-table.ts';

/** How a number is written: the currency for money; `compact` for pictures (96.3K, 1.31M). */
export interface Format {
  /** ISO 4217; money without one is written as a plain number. */
  readonly currency?: string | undefined;
  readonly compact?: boolean | undefined;
}

/** A number as people read it: true minus sign, «–» where there is nothing, a rate's fraction as percent. */
export function formatValue(value: number | null | undefined, unit: Unit, format: Format = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = written(Math.abs(value), unit, format);
  return value < 0 && /[1-9]/u.test(text) ? `−${text}` : text;
}

/** A difference: with its sign; of rates and shares in points («+0.28»), without the word. */
export function formatDifference(value: number | null, unit: Unit, format: Format = {}): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const points = unit === 'rate' || unit === 'share';
  const text = points ? fixed(Math.abs(value) * 100, unit === 'rate' ? 2 : 1) : written(Math.abs(value), unit, format);
  if (!/[1-9]/u.test(text)) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** Writes the values of one measure: as differences with their signs where a rate or a share goes below zero. */
export function valueWriter(
  values: readonly (number | null | undefined)[],
  unit: Unit,
  format: Format = {},
): (value: number | null | undefined) => string {
  const differences = (unit === 'rate' || unit === 'share') && values.some((value) => typeof value === 'number' && value < 0);
  return (value) => (differences ? formatDifference(value ?? null, unit, format) : formatValue(value, unit, format));
}

/** Tick labels of an axis, all with the same decimals: as few as keep them apart. */
export function formatTicks(ticks: readonly number[], unit: Unit, format: Format = {}): string[] {
  const step = Math.abs(ticks[1] === undefined ? (ticks[0] ?? 1) : ticks[1] - ticks[0]!) || 1;
  if (unit === 'rate' || unit === 'share')
    return ticks.map((tick) => signed(tick, `${tick === 0 ? '0' : fixed(Math.abs(tick) * 100, decimalsFor(step * 100))}%`));
  if (unit === 'seconds' || unit === 'milliseconds' || unit === 'days')
    return ticks.map((tick) => formatValue(tick, unit, format));
  const most = Math.max(...ticks.map(Math.abs));
  const [divisor, letter] = scaleOf(most >= 10_000 ? most : 1);
  const decimals = decimalsFor(step / divisor);
  return ticks.map((tick) => {
    const text = tick === 0 ? '0' : `${fixed(Math.abs(tick) / divisor, decimals)}${letter}`;
    return signed(tick, unit === 'money' ? withCurrency(text, format.currency) : text);
  });
}

function written(value: number, unit: Unit, format: Format): string {
  switch (unit) {
    case 'rate':
      return `${fixed(value * 100, value < 0.0995 ? 2 : 1)}%`;
    case 'share':
      return `${fixed(value * 100, 1)}%`;
    case 'seconds':
      return duration(value);
    case 'milliseconds':
      return value < 1000 ? `${fixed(value, 0)} ms` : duration(value / 1000);
    case 'days':
      return `${trimmed(value, 1)} ${value === 1 ? 'day' : 'days'}`;
    case 'money':
      return withCurrency(amount(value, moneyDecimals(format.currency), format.compact ?? false), format.currency);
    case 'count':
      return amount(value, 0, format.compact ?? false);
    case 'number':
      return plainNumber(value, format.compact ?? false);
  }
}

function amount(value: number, decimals: number, compact: boolean): string {
  if (compact && value >= 9999.5) return short(value);
  if (compact && value >= 1000) return fixed(value, 0);
  return fixed(value, decimals);
}

function plainNumber(value: number, compact: boolean): string {
  if (compact && value >= 9999.5) return short(value);
  if (Number.isInteger(value)) return value < 1e15 ? fixed(value, 0) : short(value);
  if (value >= 1000) return trimmed(value, 1);
  if (value >= 0.01) return trimmed(value, value >= 100 ? 1 : 2);
  return Number(value.toPrecision(3)) >= 1e-6
    ? trimmed(value, 8, 3)
    : value.toExponential(1).replace('e-', '×10⁻').replace(/\d+$/u, superscript);
}

function short(value: number): string {
  // 999,960 is 1M in words, not 1,000K.
  const [divisor, letter] = scaleOf(value >= 999_950 && value < 1e6 ? 1e6 : value);
  const scaled = value / divisor;
  if (scaled >= 10_000)
    return value
      .toExponential(1)
      .replace('e+', '×10')
      .replace(/(?<=×10)\d+$/u, superscript);
  return `${trimmed(scaled, letter === 'K' || scaled >= 100 ? 1 : 2)}${letter}`;
}

function scaleOf(most: number): readonly [number, string] {
  if (most >= 1e12) return [1e12, 'T'];
  if (most >= 1e9) return [1e9, 'B'];
  if (most >= 1e6) return [1e6, 'M'];
  return most >= 1e3 ? [1e3, 'K'] : [1, ''];
}

function duration(seconds: number): string {
  if (seconds < 59.95) return `${trimmed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
  const minutes = Math.round(seconds / 60);
  return `${fixed(Math.floor(minutes / 60), 0)}:${String(minutes % 60).padStart(2, '0')} h`;
}

function withCurrency(text: string, currency: string | undefined): string {
  if (currency === undefined) return text;
  const sign = currencySign(currency);
  return /[A-Za-z]$/u.test(sign) ? `${sign} ${text}` : `${sign}${text}`;
}

function currencySign(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  } catch {
    // Not an ISO code: it stands before the amount as it came.
    return currency;
  }
}

function moneyDecimals(currency: string | undefined): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? 'EUR' }).resolvedOptions().maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
}

function decimalsFor(step: number): number {
  for (let decimals = 0; decimals < 8; decimals += 1) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 8;
}

function fixed(value: number, decimals: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function trimmed(value: number, decimals: number, significant?: number): string {
  return value.toLocaleString(
    'en-US',
    significant === undefined ? { maximumFractionDigits: decimals } : { maximumSignificantDigits: significant },
  );
}

function signed(value: number, text: string): string {
  return value < 0 ? `−${text}` : text;
}

function superscript(digits: string): string {
  return [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}
