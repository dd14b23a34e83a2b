import type { Native } from './native.ts';
import { invalid, native } from './native.ts';
import { roundedDecimal } from './numbers.ts';

/** Trino's text functions that have no equal in DuckDB; lengths and positions count code points. */
export const textNatives: Readonly<Record<string, Native>> = {
  tr_split: native(['VARCHAR', 'VARCHAR', 'BIGINT'], 'VARCHAR[]', split),
  tr_split_part: native(['VARCHAR', 'VARCHAR', 'BIGINT'], 'VARCHAR', (text: string, by: string, index: bigint) => {
    if (index <= 0n) invalid('Index must be greater than zero');
    return (by === '' ? [...text] : text.split(by))[Number(index) - 1] ?? null;
  }),
  tr_split_to_map: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, by: string, between: string) =>
    JSON.stringify(entries(text, by, between, true)),
  ),
  tr_split_to_multimap: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, by: string, between: string) => {
    const all = new Map<string, string[]>();
    for (const [key, value] of entries(text, by, between, false)) all.set(key, [...(all.get(key) ?? []), value]);
    return JSON.stringify([...all]);
  }),
  tr_strpos: native(['VARCHAR', 'VARCHAR', 'BIGINT'], 'BIGINT', strpos),
  tr_substr: native(['VARCHAR', 'BIGINT', 'BIGINT'], 'VARCHAR', (text: string, start: bigint, length: bigint) => {
    const chars = /^[\0-\x7f]*$/.test(text) ? text : [...text];
    const first = start > 0n ? Number(start) - 1 : chars.length + Number(start);
    if (start === 0n || first < 0 || first >= chars.length || length <= 0n) return '';
    const piece = chars.slice(first, first + Number(length));
    return typeof piece === 'string' ? piece : piece.join('');
  }),
  tr_replace: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, from: string, to: string) => {
    if (from !== '') return text.replaceAll(from, () => to);
    return to + [...text].map((char) => char + to).join('');
  }),
  tr_pad: native(['VARCHAR', 'BIGINT', 'VARCHAR', 'VARCHAR'], 'VARCHAR', pad),
  tr_trim: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', trim),
  tr_translate: native(['VARCHAR', 'VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, from: string, to: string) => {
    const [source, target] = [[...from], [...to]];
    return [...text].map((char) => (source.includes(char) ? (target[source.indexOf(char)] ?? '') : char)).join('');
  }),
  tr_upper: native(['VARCHAR'], 'VARCHAR', (text: string) => perChar(text, (char) => char.toUpperCase())),
  tr_lower: native(['VARCHAR'], 'VARCHAR', (text: string) => perChar(text, (char) => char.toLowerCase())),
  tr_reverse: native(['VARCHAR'], 'VARCHAR', (text: string) => [...text].reverse().join('')),
  tr_normalize: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, form: string) => text.normalize(form)),
  tr_levenshtein: native(['VARCHAR', 'VARCHAR'], 'BIGINT', (a: string, b: string) => BigInt(levenshtein([...a], [...b]))),
  tr_hamming: native(['VARCHAR', 'VARCHAR'], 'BIGINT', (a: string, b: string) => {
    const [left, right] = [[...a], [...b]];
    if (left.length !== right.length) invalid('The input strings to hamming_distance function must have the same length');
    return BigInt(left.filter((char, index) => char !== right[index]).length);
  }),
  tr_soundex: native(['VARCHAR'], 'VARCHAR', soundex),
  tr_luhn: native(['VARCHAR'], 'BOOLEAN', luhn),
  tr_chr: native(['BIGINT'], 'VARCHAR', (code: bigint) => {
    if (code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn)) invalid(`Not a valid Unicode code point: ${code}`);
    return String.fromCodePoint(Number(code));
  }),
  tr_codepoint: native(['VARCHAR'], 'INTEGER', (text: string) => {
    if ([...text].length !== 1) invalid('Input string must be a single character string');
    return text.codePointAt(0) ?? 0;
  }),
  tr_from_base: native(['VARCHAR', 'BIGINT'], 'BIGINT', fromBase),
  tr_to_base: native(['BIGINT', 'BIGINT'], 'VARCHAR', (value: bigint, radix: bigint) => {
    checkRadix(radix);
    return value.toString(Number(radix));
  }),
  tr_human_seconds: native(['DOUBLE'], 'VARCHAR', humanSeconds),
  tr_format_number: native(['DOUBLE'], 'VARCHAR', formatNumber),
  tr_parse_data_size: native(['VARCHAR'], 'VARCHAR', (text: string) => {
    const parts = /^(\d+(?:\.\d+)?)(B|kB|MB|GB|TB|PB|EB|ZB|YB)$/.exec(text) ?? invalid(`Invalid data size: '${text}'`);
    const factor = 1024n ** BigInt(['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'].indexOf(parts[2] ?? 'B'));
    const digits = (parts[1] ?? '').split('.')[1]?.length ?? 0;
    return ((roundedDecimal(parts[1] ?? '0', digits) * factor) / 10n ** BigInt(digits)).toString();
  }),
  tr_parse_duration: native(['VARCHAR'], 'BIGINT', (text: string) => {
    const parts =
      /^\s*(\d+(?:\.\d+)?)\s*(ns|us|ms|s|m|h|d)\s*$/.exec(text) ??
      invalid(`duration is not a valid data duration string: ${text}`);
    const millis = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7 }[parts[2] as 's'];
    return BigInt(Math.round(Number(parts[1]) * millis));
  }),
};

function split(text: string, by: string, limit: bigint): readonly string[] {
  if (by === '') invalid('The delimiter may not be the empty string');
  if (limit <= 0n) invalid('Limit must be positive');
  const parts = text.split(by);
  const kept = Number(limit);
  return parts.length <= kept ? parts : [...parts.slice(0, kept - 1), parts.slice(kept - 1).join(by)];
}

function entries(text: string, by: string, between: string, unique: boolean): [string, string][] {
  if (by === '') invalid('entryDelimiter is empty');
  if (between === '') invalid('keyValueDelimiter is empty');
  if (by === between) invalid('entryDelimiter and keyValueDelimiter must not be the same');
  const seen = new Set<string>();
  const pieces = text.split(by);
  if (pieces.at(-1) === '') pieces.pop();
  return pieces.map((piece) => {
    const at = piece.indexOf(between);
    if (at < 0 || piece.indexOf(between, at + between.length) >= 0)
      invalid(`Key-value delimiter must appear exactly once in each entry. Bad input: '${piece}'`);
    const key = piece.slice(0, at);
    if (unique && seen.has(key)) invalid(`Duplicate keys (${key}) are not allowed`);
    seen.add(key);
    return [key, piece.slice(at + between.length)];
  });
}

function strpos(text: string, wanted: string, instance: bigint): bigint {
  if (instance === 0n) invalid("'instance' must not be a positive or negative number.");
  if (wanted === '') return 1n;
  let at = instance > 0n ? -1 : text.length + 1;
  for (let left = instance > 0n ? instance : -instance; left > 0n; left--) {
    if (instance < 0n && at === 0) return 0n;
    at = instance > 0n ? text.indexOf(wanted, at + 1) : text.lastIndexOf(wanted, at - 1);
    if (at < 0) return 0n;
  }
  return BigInt([...text.slice(0, at)].length + 1);
}

function pad(text: string, size: bigint, by: string, side: string): string {
  if (size < 0n || size > 1_000_000n) invalid('Target length must be between 0 and 1000000');
  if (by === '') invalid('Padding string must not be empty');
  const chars = [...text];
  const length = Number(size);
  if (chars.length >= length) return chars.slice(0, length).join('');
  const filler = [...by.repeat(Math.ceil((length - chars.length) / [...by].length))].slice(0, length - chars.length).join('');
  return side === 'left' ? filler + text : text + filler;
}

function trim(text: string, chars: string, side: string): string {
  const set = new Set(chars);
  const all = [...text];
  let [from, to] = [0, all.length];
  if (side !== 'right') while (from < to && set.has(all[from] as string)) from++;
  if (side !== 'left') while (to > from && set.has(all[to - 1] as string)) to--;
  return all.slice(from, to).join('');
}

function perChar(text: string, map: (char: string) => string): string {
  // Java maps single code points: a letter whose other case is longer (ß) stays.
  return [...text].map((char) => (map(char).length === char.length ? map(char) : char)).join('');
}

function levenshtein(a: readonly string[], b: readonly string[]): number {
  let row = b.map((_, index) => index + 1);
  for (const [index, char] of a.entries()) {
    let diagonal = index;
    let left = index + 1;
    row = row.map((above, column) => {
      const value = Math.min(left + 1, above + 1, diagonal + (char === b[column] ? 0 : 1));
      diagonal = above;
      left = value;
      return value;
    });
  }
  return b.length === 0 ? a.length : (row.at(-1) ?? 0);
}

function soundex(text: string): string {
  if (text === '') return '';
  const codes = '01230120022455012623010202';
  const letters = [...text.toUpperCase()].filter((letter) => /\p{L}/u.test(letter));
  if (!letters.every((letter) => /[A-Z]/.test(letter))) invalid('soundex takes letters of the Latin alphabet only');
  if (letters.length === 0) return '';
  let last = codes[(letters[0]?.charCodeAt(0) ?? 65) - 65];
  let out = letters[0] ?? '';
  for (const letter of letters.slice(1)) {
    const code = codes[letter.charCodeAt(0) - 65] ?? '0';
    if (code !== '0' && code !== last) out += code;
    if (!/[HW]/.test(letter)) last = code;
  }
  return out.padEnd(4, '0').slice(0, 4);
}

function luhn(text: string): boolean {
  if (text === '') return false;
  if (!/^\d+$/.test(text)) invalid('luhn_check takes digits only');
  const digits = [...text].reverse().map(Number);
  return (
    digits.reduce((sum, digit, index) => sum + (index % 2 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0) % 10 === 0
  );
}

function fromBase(text: string, radix: bigint): bigint {
  checkRadix(radix);
  const digits = text.toLowerCase().replace(/^[+-]/, '');
  const values = [...digits].map((digit) => '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(digit));
  const bad = digits === '' || values.some((value) => value < 0 || BigInt(value) >= radix);
  const value = bad ? 2n ** 64n : values.reduce((sum, digit) => sum * radix + BigInt(digit), 0n);
  const signed = text.startsWith('-') ? -value : value;
  if (signed >= 2n ** 63n || signed < -(2n ** 63n)) invalid(`Not a valid base-${radix} number: ${text}`);
  return signed;
}

function checkRadix(radix: bigint): void {
  if (radix < 2n || radix > 36n) invalid('Radix must be between 2 and 36');
}

function humanSeconds(value: number): string {
  if (!Number.isFinite(value)) invalid(`Invalid argument found: ${value}`);
  let left = Math.round(Math.abs(value));
  const units: [string, number][] = [
    ['week', 604800],
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ];
  const words: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) words.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return words.length > 0 ? words.join(', ') : '0 seconds';
}

/** Trino drops the fraction first, as Java's cast to long does. */
function formatNumber(given: number): string {
  const most = 2 ** 63;
  const value = Number.isNaN(given) ? 0 : Math.trunc(Math.max(-most, Math.min(most, given)));
  const units = ['', 'K', 'M', 'B', 'T', 'Q'];
  let size = Math.abs(value);
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  const digits = size < 10 && unit > 0 ? 2 : size < 100 && unit > 0 ? 1 : 0;
  const text = Number(size.toFixed(digits)).toString();
  return `${value < 0 ? '-' : ''}${text}${units[unit]}`;
}
