import { isUtf8 } from 'node:buffer';
import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Native } from './native.ts';
import { invalid, native } from './native.ts';

/** Digests and encodings of bytes. */
export const hashNatives: Readonly<Record<string, Native>> = {
  tr_hash: native(['BLOB', 'VARCHAR'], 'BLOB', (bytes: Uint8Array, name: string) => createHash(name).update(bytes).digest()),
  tr_hmac: native(['BLOB', 'BLOB', 'VARCHAR'], 'BLOB', (bytes: Uint8Array, key: Uint8Array, name: string) =>
    createHmac(name, key).update(bytes).digest(),
  ),
  tr_crc32: native(['BLOB'], 'BIGINT', (bytes: Uint8Array) => BigInt(crc32(bytes))),
  tr_xxhash64: native(['BLOB'], 'BLOB', xxhash64),
  tr_from_utf8: native(['BLOB', 'VARCHAR'], 'VARCHAR', readUtf8),
  tr_to_base64: native(['BLOB', 'VARCHAR'], 'VARCHAR', (bytes: Uint8Array, kind: string) => {
    const text = Buffer.from(bytes).toString('base64');
    return kind === 'url' ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
  }),
  tr_from_base64: native(['VARCHAR', 'VARCHAR'], 'BLOB', (text: string, kind: string) => {
    const shape = kind === 'url' ? /^[\w-]*={0,2}$/ : /^[A-Za-z0-9+/]*={0,2}$/;
    if (!shape.test(text) || text.replace(/=+$/, '').length % 4 === 1) invalid('Input is not a valid base64 text');
    return Buffer.from(text, kind === 'url' ? 'base64url' : 'base64');
  }),
  tr_from_hex: native(['VARCHAR'], 'BLOB', (text: string) => {
    if (!/^([0-9A-Fa-f]{2})*$/.test(text)) invalid('expected input length to be even, of hexadecimal digits');
    return Buffer.from(text, 'hex');
  }),
  tr_reverse_bytes: native(['BLOB'], 'BLOB', (bytes: Uint8Array) => bytes.slice().reverse()),
  tr_slice_bytes: native(['BLOB', 'BIGINT', 'BIGINT'], 'BLOB', (bytes: Uint8Array, start: bigint, length: bigint) => {
    const size = bytes.length;
    const first = start > 0n ? Number(start) - 1 : size + Number(start);
    if (start === 0n || first < 0 || first >= size || length <= 0n) return new Uint8Array();
    return bytes.slice(first, first + Number(length));
  }),
};

/** Every malformed sequence becomes one replacement, also where its bytes say a code point that none may say. */
function readUtf8(bytes: Uint8Array, replacement: string): string {
  if ([...replacement].length > 1) invalid('Replacement character string must empty or a single character');
  const data = Buffer.from(bytes);
  if (isUtf8(data)) return data.toString('utf8');
  let out = '';
  for (let at = 0; at < data.length; ) {
    const lead = data[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead >> 5 === 6 ? 2 : lead >> 4 === 14 ? 3 : lead >> 3 === 30 ? 4 : lead >> 2 === 62 ? 5 : 0;
    let end = at + 1;
    while (end < at + size && ((data[end] ?? 0) & 0xc0) === 0x80) end++;
    const piece = data.subarray(at, end);
    out += end === at + size && isUtf8(piece) ? piece.toString('utf8') : replacement;
    at = end;
  }
  return out;
}

const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

/** xxHash64 with seed 0, big-endian (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). */
function xxhash64(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes);
  let at = 0;
  let hash = P5;
  if (data.length >= 32) {
    const lanes = [(P1 + P2) & MASK, P2, 0n, -P1 & MASK];
    for (; at + 32 <= data.length; at += 32) {
      for (let lane = 0; lane < 4; lane++) lanes[lane] = round(lanes[lane] ?? 0n, data.readBigUInt64LE(at + lane * 8));
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, lane) => (sum + rotate(lanes[lane] ?? 0n, bits)) & MASK, 0n);
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  hash = (hash + BigInt(data.length)) & MASK;
  for (; at + 8 <= data.length; at += 8) hash = (rotate(hash ^ round(0n, data.readBigUInt64LE(at)), 27n) * P1 + P4) & MASK;
  if (at + 4 <= data.length) {
    hash = (rotate(hash ^ ((BigInt(data.readUInt32LE(at)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < data.length; at++) hash = (rotate(hash ^ ((BigInt(data[at] ?? 0) * P5) & MASK), 11n) * P1) & MASK;
  const result = Buffer.alloc(8);
  result.writeBigUInt64BE(avalanche(hash));
  return result;
}

function round(lane: bigint, input: bigint): bigint {
  return (rotate((lane + input * P2) & MASK, 31n) * P1) & MASK;
}

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}

function avalanche(value: bigint): bigint {
  const first = ((value ^ (value >> 33n)) * P2) & MASK;
  const second = ((first ^ (first >> 29n)) * P3) & MASK;
  return second ^ (second >> 32n);
}
