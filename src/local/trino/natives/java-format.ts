import type { Native } from './native.ts';
import { NativeError, native } from './native.ts';
import { decimalOf, javaDouble, roundedDecimal, shortestReal } from './numbers.ts';

/** `format(pattern, …)`: java.util.Formatter over texts of the values and the names of their types. */
export const formatNatives: Readonly<Record<string, Native>> = {
  tr_format: native(
    ['VARCHAR', 'VARCHAR[]', 'VARCHAR'],
    'VARCHAR',
    (pattern: string, values: readonly (string | null)[], kinds: string) => javaFormat(pattern, values, kinds.split(',')),
  ),
};

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

function javaFormat(pattern: string, values: readonly (string | null)[], kinds: readonly string[]): string {
  let nextIndex = 0;
  if (pattern.replace(SPECIFIER, '').includes('%')) bad(pattern, 'UnknownFormatConversion');
  return pattern.replace(SPECIFIER, (_whole, position, flags: string, width, precision, letter: string) => {
    if (letter === 'n') return '\n';
    if (letter === '%') return fill('%', flags, width);
    const index = flags.includes('<') ? nextIndex - 1 : position ? Number(position) - 1 : nextIndex++;
    if (index < 0 || index >= values.length) bad(pattern, 'MissingFormatArgument');
    const text = convert(
      pattern,
      letter,
      values[index] ?? null,
      kinds[index] ?? 'varchar',
      flags,
      precision && Number(precision),
      width && Number(width),
    );
    return /[A-Z]/.test(letter) ? text.toUpperCase() : text;
  });
}

function convert(
  pattern: string,
  letter: string,
  value: string | null,
  kind: string,
  flags: string,
  precision?: number,
  width?: number,
): string {
  const lower = letter.toLowerCase();
  if (lower === 's' || lower === 'b') {
    const text = lower === 's' ? shown(value, kind) : String(value !== null && (kind !== 'boolean' || value === 'true'));
    return fill(precision === undefined ? text : [...text].slice(0, precision).join(''), flags, width);
  }
  if (value === null) return fill(precision === undefined || lower === 'd' ? 'null' : 'null'.slice(0, precision), flags, width);
  const integer = /^(tinyint|smallint|integer|bigint)$/.test(kind);
  if (lower === 'd') return integer ? number(value, '', flags, width) : bad(pattern, 'IllegalFormatConversion');
  if (lower === 'x' || lower === 'o') {
    if (!integer) bad(pattern, 'IllegalFormatConversion');
    return fill(BigInt.asUintN(64, BigInt(value)).toString(lower === 'x' ? 16 : 8), flags, width);
  }
  if (lower === 'f' || lower === 'e') {
    if (kind !== 'double' && kind !== 'real' && kind !== 'decimal') bad(pattern, 'IllegalFormatConversion');
    return floating(value, lower, flags, precision ?? 6, width);
  }
  throw new NativeError('UNSUPPORTED_LOCALLY', `%${letter} in format`);
}

function bad(pattern: string, reason: string): never {
  throw new NativeError('INVALID_FUNCTION_ARGUMENT', `Invalid format string: ${pattern} (${reason}Exception)`);
}

/** `%s` of a value: doubles and times as Java writes them. */
function shown(value: string | null, kind: string): string {
  if (value === null) return 'null';
  if (kind === 'double') return javaDouble(toNumber(value));
  if (kind === 'real') return javaDouble(shortestReal(toNumber(value)));
  if (kind !== 'timestamp') return value;
  const parts = /^(\S+) (\d\d:\d\d)(:\d\d)(?:\.(\d+))?$/.exec(value);
  const digits = (parts?.[4] ?? '').replace(/0+$/, '');
  const fraction = digits === '' ? '' : `.${digits.padEnd(Math.ceil(digits.length / 3) * 3, '0')}`;
  return parts ? `${parts[1]}T${parts[2]}${parts[3] === ':00' && fraction === '' ? '' : parts[3] + fraction}` : value;
}

function toNumber(value: string): number {
  return Number(value.replace(/inf$/, 'Infinity').replace('nan', 'NaN'));
}

function floating(value: string, letter: string, flags: string, precision: number, width?: number): string {
  const size = toNumber(value);
  if (!Number.isFinite(size))
    return fill(flags.includes('+') && size > 0 ? '+Infinity' : String(size), flags.replace('0', ''), width);
  if (letter === 'e') {
    const [mantissa = '', exponent = ''] = size.toExponential(precision).split('e');
    const power = Number(exponent);
    return number(mantissa, `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`, flags, width);
  }
  const text = decimalOf(roundedDecimal(value, precision), precision);
  return number(value.startsWith('-') && !text.startsWith('-') ? `-${text}` : text, '', flags, width);
}

function number(text: string, suffix: string, flags: string, width?: number): string {
  const negative = text.startsWith('-');
  let [whole = '', fraction] = text.replace(/^[+-]/, '').split('.');
  if (flags.includes(',')) whole = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = (fraction === undefined ? whole : `${whole}.${fraction}`) + suffix;
  const before = negative ? (flags.includes('(') ? '(' : '-') : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const after = negative && flags.includes('(') ? ')' : '';
  if (!flags.includes('0')) return fill(before + digits + after, flags, width);
  return before + digits.padStart((width ?? 0) - before.length - after.length, '0') + after;
}

function fill(text: string, flags: string, width?: number | string): string {
  return flags.includes('-') ? text.padEnd(Number(width ?? 0)) : text.padStart(Number(width ?? 0));
}
