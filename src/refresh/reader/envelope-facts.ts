import { type Envelope, isRecord } from './decode-envelope.ts';
import { isoMillis } from './moment.ts';

/** Where a raw line comes from. */
export interface RawFile {
  readonly key: string;
  /** Milliseconds since 1970; the day of a record that names no time of its own. */
  readonly modified: number;
}

/**
 * What an envelope says for all of its records, as texts in the order of the columns from `ingest_ms` to
 * `envelope_platform`, '' = NULL.
 */
export function envelopeFacts(envelope: Envelope, file: RawFile, isBot: (userAgent: string) => boolean): readonly string[] {
  const f = envelope.fields;
  const ua = scalar(f.ua);
  const upload = /[?&]upload_timestamp=([0-9]{12,13})(?:&|$)/.exec(scalar(f.uri))?.[1] ?? '';
  return [
    String(Math.floor(ingestMillis(f) ?? file.modified)),
    upload,
    ua,
    isBot(ua) ? 'true' : '',
    'elements' in envelope.data && isRelayed(envelope.data.elements) ? 'true' : '',
    scalar(f.country_code).toUpperCase(),
    scalar(f.region),
    scalar(f.city),
    degrees(f.latitude, 90),
    degrees(f.longitude, 180),
    ipKey(scalar(f.ip)),
    scalar(f.appId),
    scalar(f.platform),
  ];
}

/** How many facts there are. */
export const FACTS = 13;

/** First and last moment of an acceptable time, in milliseconds since 1970. */
export const YEAR_2000 = Date.UTC(2000, 0, 1);
export const YEAR_2200 = Date.UTC(2200, 0, 1);

function ingestMillis(f: Readonly<Record<string, unknown>>): number | undefined {
  for (const value of [f.ingest_time, f.server_ingest_time, f.timestamp, f.date]) {
    const text = scalar(value);
    const time = /^[0-9.]+$/.test(text) ? Number(text) : isoMillis(text);
    if (time >= YEAR_2000 && time < YEAR_2200) return time;
  }
  return undefined;
}

// An envelope with events of several devices was sent by a server: its user agent and address are the server's.
function isRelayed(elements: readonly unknown[]): boolean {
  return holdsSeveral(elements, 'device_id') ?? holdsSeveral(elements, 'unique_id') ?? false;
}

function holdsSeveral(elements: readonly unknown[], name: string): boolean | undefined {
  let first: string | undefined;
  for (const element of elements) {
    const id = isRecord(element) ? scalar(element[name]) : '';
    if (id === '') continue;
    if (first !== undefined && first !== id) return true;
    first = id;
  }
  return first === undefined ? undefined : false;
}

function degrees(value: unknown, most: number): string {
  const text = scalar(value);
  return text !== '' && Math.abs(Number(text)) <= most ? text : '';
}

/** `4` + 8 or `6` + 32 hexadecimal digits of the first address, so that texts sort as addresses do; '' when it is none. */
export function ipKey(addresses: string): string {
  const ip = (addresses.split(',', 1)[0] as string).trim();
  const v4 = /^(?:::ffff:)?([0-9]{1,3})[.]([0-9]{1,3})[.]([0-9]{1,3})[.]([0-9]{1,3})$/i.exec(ip);
  if (v4 === null) return ip.includes(':') ? v6Key(ip.toLowerCase()) : '';
  const numbers = v4.slice(1).map(Number);
  return numbers.every((n) => n < 256) ? `4${numbers.map((n) => n.toString(16).padStart(2, '0')).join('')}` : '';
}

function v6Key(ip: string): string {
  const [head, tail] = ip.split('::', 2) as [string, string | undefined];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = 8 - left.length - right.length;
  if (tail === undefined ? zeros !== 0 : zeros < 0) return '';
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups.every((g) => /^[0-9a-f]{1,4}$/.test(g)) ? `6${groups.map((g) => g.padStart(4, '0')).join('')}` : '';
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
