import type { Native } from './native.ts';
import { invalid, native } from './native.ts';

/** Numbers as bytes and back, big-endian; base 32 (RFC 4648); padding of bytes. */
export const binaryNatives: Readonly<Record<string, Native>> = {
  tr_to_big_endian: native(['BIGINT', 'BIGINT'], 'BLOB', (value: bigint, size: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    return bytes.subarray(8 - Number(size));
  }),
  tr_from_big_endian: native(['BLOB', 'BIGINT'], 'BIGINT', (bytes: Uint8Array, size: bigint) => {
    const data = sized(bytes, size, 'big-endian integer');
    return size === 4n ? BigInt(data.readInt32BE()) : data.readBigInt64BE();
  }),
  tr_to_ieee: native(['DOUBLE', 'BIGINT'], 'BLOB', (value: number, size: bigint) => {
    const bytes = Buffer.alloc(Number(size));
    if (size === 4n) bytes.writeFloatBE(value);
    else bytes.writeDoubleBE(value);
    return bytes;
  }),
  tr_from_ieee: native(['BLOB', 'BIGINT'], 'DOUBLE', (bytes: Uint8Array, size: bigint) => {
    const data = sized(bytes, size, 'floating-point value');
    return size === 4n ? data.readFloatBE() : data.readDoubleBE();
  }),
  tr_to_base32: native(['BLOB'], 'VARCHAR', toBase32),
  tr_from_base32: native(['VARCHAR'], 'BLOB', fromBase32),
  tr_bytes_to_uuid: native(['BLOB'], 'VARCHAR', (bytes: Uint8Array) => {
    const hex = sized(bytes, 16n, 'UUID').toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }),
  tr_pad_bytes: native(
    ['BLOB', 'BIGINT', 'BLOB', 'VARCHAR'],
    'BLOB',
    (bytes: Uint8Array, size: bigint, by: Uint8Array, side: string) => {
      if (size < 0n || size > 1_000_000n) invalid('Target length must be between 0 and 1000000');
      if (by.length === 0) invalid('Padding bytes must not be empty');
      const filler = Buffer.alloc(Math.max(0, Number(size) - bytes.length), by);
      const parts = side === 'left' ? [filler, bytes] : [bytes, filler];
      return bytes.length > Number(size) ? bytes.slice(0, Number(size)) : Buffer.concat(parts);
    },
  ),
};

function sized(bytes: Uint8Array, size: bigint, what: string): Buffer {
  if (bytes.length !== Number(size)) invalid(`expected ${size} bytes for a ${what}, got ${bytes.length}`);
  return Buffer.from(bytes);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

function fromBase32(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  // A last group of 1, 3 or 6 letters holds no whole number of bytes.
  if (!/^[A-Z2-7]*$/.test(digits) || [1, 3, 6].includes(digits.length % 8)) invalid('Input is not a valid base32 text');
  const bits = [...digits].map((digit) => ALPHABET.indexOf(digit).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
