import type { RawColumn } from './raw-columns.ts';

/**
 * Brings the values of an extraction into the form that every engine reads alike: numbers without exponent, leading zeros and
 * more digits than count; currencies, countries and search terms trimmed and in one case. Changes the list.
 */
export function plainer(columns: readonly RawColumn[]): (values: string[]) => void {
  const mended = columns.flatMap((column, index) => {
    const mend =
      column.form === 'upper'
        ? (text: string) => text.trim().toUpperCase()
        : column.form === 'lower'
          ? (text: string) => text.trim().toLowerCase()
          : column.kind === 'decimal' || column.kind === 'millis'
            ? plainNumber
            : undefined;
    return mend === undefined ? [] : [[index, mend] as const];
  });
  return (values) => {
    for (const [index, mend] of mended) if (values[index] !== '') values[index] = mend(values[index] as string);
  };
}

const MOST_DIGITS = 12;
const SIMPLE = /^-?[0-9]{1,15}(?:[.][0-9]{1,12})?$/;

/** A decimal number in any form → the same as digits and a point, cut after 12 decimals (nothing rounds at the twelfth). */
export function plainNumber(text: string): string {
  if (SIMPLE.test(text)) return text;
  const [, sign, whole, fraction, exponent] = /^([-+]?)([0-9]*)[.]?([0-9]*)(?:[eE]([-+]?[0-9]+))?$/.exec(
    text,
  ) as unknown as string[];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const point = digits.length - (fraction as string).length + Number(exponent ?? 0);
  if (digits === '' || point <= -MOST_DIGITS) return '0';
  const filled = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const start = Math.max(point, 1);
  const decimals = filled.slice(start, start + MOST_DIGITS);
  return `${sign === '-' ? '-' : ''}${filled.slice(0, start)}${decimals === '' ? '' : `.${decimals}`}`;
}
