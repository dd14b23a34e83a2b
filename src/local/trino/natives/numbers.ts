/** A double as CAST(x AS varchar) writes it: `1.5E0`, `0E0`, `NaN`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0E0' : '0E0';
  if (Math.abs(value) === 5e-324) return value < 0 ? '-4.9E-324' : '4.9E-324';
  return scientific(value.toExponential());
}

/** The same for a real: at most seven digits, as Trino writes it. */
export function realText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return doubleText(value);
  return scientific(Number(value.toExponential(6)).toExponential());
}

/** The double that prints as the shortest decimal of a 32-bit float. */
export function shortestReal(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === Math.fround(value)) return candidate;
  }
  return value;
}

/** A double as Java's Double.toString writes it: `1.0`, `1.0E10`, `1.0E-4`. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return scientific(value.toExponential());
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** The unscaled value of a decimal text, rounded half away from zero to that many fraction digits. */
export function roundedDecimal(text: string, scale: number): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const digits = BigInt(whole + fraction || '0');
  const shift = scale - fraction.length + Number(exponent);
  if (shift > 400) return 10n ** 400n;
  if (shift < -800) return 0n;
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : halfUp(digits, 10n ** BigInt(-shift));
  return negative ? -value : value;
}

/** The text of an unscaled decimal: (1230, 2) → `12.30`. */
export function decimalOf(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return unscaled < 0n ? `-${text}` : text;
}

/** Quotient of two non-negative integers, rounded half up. */
export function halfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

function scientific(text: string): string {
  const [mantissa = '', exponent = '0'] = text.split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
