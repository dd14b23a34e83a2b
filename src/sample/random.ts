/** Draws that depend only on the keys they were opened with. Every range is half open: [from, to). */
export interface Random {
  /** A fraction in [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  between(from: number, to: number): number;
  /** A whole number in [from, to). */
  whole(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  weighted<T>(table: Weighted<T>): T;
  /** Waiting time with this mean (exponential). */
  wait(mean: number): number;
  /** A factor around 1 with long upper tail: exp(N(0, spread)). */
  spread(spread: number): number;
  /** A count with this mean (Knuth's product method; made for means under 100). */
  count(mean: number): number;
  /** `length` hexadecimal digits. */
  hex(length: number): string;
  /** A version 4 UUID. */
  uuid(): string;
}

/** Items with the running sum of their weights, made once by `weigh`. */
export interface Weighted<T> {
  readonly items: readonly T[];
  readonly sums: readonly number[];
}

/** Opens the stream of one key path, such as (seed, hour, visitor, visit): sfc32 (Chris Doty-Humphrey, PractRand) over a hashed key. */
export function openRandom(...keys: readonly number[]): Random {
  const next = sfc32(keys);
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from));
  const hex = (length: number) => {
    let text = '';
    while (text.length < length) text += eightHex(next());
    return text.slice(0, length);
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + next() * (to - from),
    whole,
    pick: (items) => items[whole(0, items.length)]!,
    weighted: (table) => draw(table, next()),
    wait: (mean) => -Math.log(1 - next()) * mean,
    spread: (width) => Math.exp(width * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    count: (mean) => poisson(mean, next),
    hex,
    uuid: () => uuid(hex(32)),
  };
}

/** Prepares items for `Random.weighted`; `weight` may be 0, never negative. */
export function weigh<T>(items: readonly T[], weight: (item: T) => number): Weighted<T> {
  let sum = 0;
  const sums = items.map((item) => {
    sum += weight(item);
    return sum;
  });
  return { items, sums };
}

function sfc32(keys: readonly number[]): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  for (const key of keys) {
    a = mix(a ^ key);
    b = mix(b ^ a ^ Math.floor(key / 0x100000000));
    c = mix(c ^ b);
  }
  const step = () => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 0x100000000;
  };
  for (let round = 0; round < 8; round += 1) step();
  return step;
}

/** MurmurHash3's finaliser: neighbouring keys must not give neighbouring streams. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

function draw<T>(table: Weighted<T>, fraction: number): T {
  const { items, sums } = table;
  const target = fraction * sums[sums.length - 1]!;
  const index = sums.findIndex((sum) => target < sum);
  return items[index < 0 ? items.length - 1 : index]!;
}

function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

function eightHex(fraction: number): string {
  const value = fraction * 0x100000000;
  return bytes[(value >>> 24) & 255]! + bytes[(value >>> 16) & 255]! + bytes[(value >>> 8) & 255]! + bytes[value & 255]!;
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
