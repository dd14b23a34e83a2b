import { eventNames } from '../event-names.ts';
import { decodeEnvelope, type Envelope, isRecord, type Rejection } from './decode-envelope.ts';
import { type Extractor, extractor } from './extract-columns.ts';
import { knownBots } from './known-bots.ts';
import { ENVELOPE_COLUMNS, EVENT_COLUMNS, ITEM_COLUMNS } from './raw-columns.ts';
import type { RawLine } from './read-lines.ts';
import { NO_TAGS, trafficTags } from './traffic-tags.ts';

/** JSON text of one event beyond which it is `too_large`, in characters. */
export const MOST_EVENT_CHARACTERS = 1024 * 1024;
/** Characters of a raw record that the quarantine keeps. */
export const MOST_RAW_CHARACTERS = 4 * 1024 * 1024;

/** One row of `raw_records` without its `ord`, and its rows of `raw_items` without theirs; texts in the order of the columns, '' = NULL. */
export interface RawRecord {
  readonly cells: readonly string[];
  readonly items: readonly (readonly string[])[];
}

export interface ReaderOptions {
  /** Sent event name → ours. */
  readonly eventAliases: ReadonlyMap<string, string>;
  /** Sent attribute name → ours. */
  readonly attributeAliases: ReadonlyMap<string, string>;
}

/** Turns raw lines into records: whole failing lines and single failing events with their reason, good events as texts. */
export type RecordReader = (line: RawLine, file: RawFile) => Iterable<RawRecord>;

export interface RawFile {
  readonly key: string;
  /** Milliseconds since 1970; the day of a record that names no time of its own. */
  readonly modified: number;
}

/** A reader of lines. Pure but for its memory of user agents. */
export function recordReader(options: ReaderOptions): RecordReader {
  const event = extractor(EVENT_COLUMNS, {
    attributeAliases: options.attributeAliases,
    skip: new Set(['attributes', 'user', 'items']),
  });
  const item = extractor(ITEM_COLUMNS, { attributeAliases: new Map(), skip: new Set() });
  const isBot = knownBots();
  const tools: Tools = { event, item, isBot, nameOf: eventNames(options.eventAliases) };
  return (line, file) => {
    const at = { file, line: line.number };
    if (line.overlong) return [rejected(at, 0, { reason: 'too_large', detail: 'the line is too long' }, line.text, undefined)];
    const envelope = decodeEnvelope(line.text);
    if ('reason' in envelope) return [rejected(at, 0, envelope, line.text, undefined)];
    const facts = envelopeFacts(envelope, file, tools);
    const data = envelope.data;
    if ('reason' in data) return [rejected(at, 0, data, line.text, facts)];
    const mayBeLarge = data.bytes > MOST_EVENT_CHARACTERS;
    return recordsOf(at, data.elements, facts, mayBeLarge, tools);
  };
}

interface Tools {
  readonly event: Extractor;
  readonly item: Extractor;
  readonly isBot: (userAgent: string) => boolean;
  readonly nameOf: (sent: string) => string;
}

interface Place {
  readonly file: RawFile;
  readonly line: number;
}

type EnvelopeFacts = readonly string[];

// One at a time: a request of many thousand events must not stand in memory twice.
function* recordsOf(
  at: Place,
  elements: readonly unknown[],
  facts: EnvelopeFacts,
  mayBeLarge: boolean,
  tools: Tools,
): Generator<RawRecord> {
  for (const [index, element] of elements.entries()) yield recordOf(at, index + 1, element, facts, mayBeLarge, tools);
}

function recordOf(
  at: Place,
  number: number,
  element: unknown,
  facts: EnvelopeFacts,
  mayBeLarge: boolean,
  tools: Tools,
): RawRecord {
  if (!isRecord(element)) {
    return rejected(at, number, { reason: 'event_not_object', detail: 'the event is not a JSON object' }, textOf(element), facts);
  }
  try {
    if (mayBeLarge && JSON.stringify(element).length > MOST_EVENT_CHARACTERS) {
      return rejected(
        at,
        number,
        { reason: 'too_large', detail: 'the event has more than 1 MiB of text' },
        textOf(element),
        facts,
      );
    }
    return good(at, number, element, facts, tools);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return rejected(at, number, { reason: 'too_large', detail: 'the event is nested too deep to be stored' }, '', facts);
  }
}

function good(at: Place, number: number, element: Record<string, unknown>, facts: EnvelopeFacts, tools: Tools): RawRecord {
  const type = element.event_type ?? element.event_name;
  const name = typeof type === 'string' ? tools.nameOf(type) : '';
  const { values, rest } = tools.event(element, name);
  const time = eventMillis(values[SENT] as string);
  const rejection = rejectionOf(values, time);
  if (rejection !== undefined) return rejected(at, number, rejection, textOf(element), facts);
  values[SENT] = String(time);
  const referrer = (values[PAGE_REFERRER] || values[LATEST_REFERRER]) as string;
  const own = {
    source: values[TS_SOURCE] as string,
    medium: values[TS_MEDIUM] as string,
    campaign: values[TS_CAMPAIGN] as string,
    click: values[TS_CLICK] as string,
  };
  const tags =
    own.source || own.medium || own.campaign || /[?]/.test(values[PAGE_URL] + referrer)
      ? trafficTags(own, values[PAGE_URL] as string, referrer)
      : NO_TAGS;
  const items = itemsOf(element.items, tools.item);
  const left = items.rest === undefined ? rest : { ...rest, items: items.rest };
  const text = left === undefined ? '' : jsonText(left);
  const place = [at.file.key, String(at.line), String(number), '', '', ''];
  return {
    cells: [
      ...place,
      ...facts,
      text,
      name || tools.nameOf(values[EVENT_TYPE] as string),
      tags.source,
      tags.medium,
      tags.campaign,
      tags.kind,
      ...values,
    ],
    items: items.rows,
  };
}

function rejected(at: Place, number: number, why: Rejection, raw: string, facts: EnvelopeFacts | undefined): RawRecord {
  const kept = jsonText(raw.length > MOST_RAW_CHARACTERS ? raw.slice(0, MOST_RAW_CHARACTERS) : raw);
  const place = [at.file.key, String(at.line), number === 0 ? '' : String(number), why.reason, why.detail, kept];
  const known = facts ?? [String(Math.floor(at.file.modified)), ...Array.from({ length: FACTS - 1 }, () => '')];
  return { cells: [...place, ...known, '', '', '', '', '', '', ...EVENT_COLUMNS.map(() => '')], items: [] };
}

const FACTS = ENVELOPE_COLUMNS.indexOf('rest') - ENVELOPE_COLUMNS.indexOf('ingest_ms');
const position = (column: string): number => EVENT_COLUMNS.findIndex((c) => c.column === column);
const EVENT_ID = position('event_id');
const EVENT_TYPE = position('event_type');
const SENT = position('sent_ms');
const UNIQUE_ID = position('unique_id');
const DEVICE_ID = position('device_id');
const PAGE_URL = position('page_url');
const PAGE_REFERRER = position('page_referrer');
const LATEST_REFERRER = position('latest_referrer');
const TS_SOURCE = position('ts_source');
const TS_MEDIUM = position('ts_medium');
const TS_CAMPAIGN = position('ts_campaign');
const TS_CLICK = position('ts_click');

const YEAR_2000 = Date.UTC(2000, 0, 1);
const YEAR_2200 = Date.UTC(2200, 0, 1);

function eventMillis(text: string): number | undefined {
  const time = /^[-+]?[0-9]*[.]?[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;
  return time >= YEAR_2000 && time < YEAR_2200 ? time : undefined;
}

function rejectionOf(values: readonly string[], time: number | undefined): Rejection | undefined {
  if (values[EVENT_ID] === '') return { reason: 'missing_event_id', detail: 'event_id is missing' };
  if (values[EVENT_TYPE] === '') return { reason: 'missing_event_type', detail: 'event_type is missing' };
  if (values[SENT] === '') return { reason: 'missing_timestamp', detail: 'timestamp is missing' };
  if (time === undefined) return { reason: 'bad_timestamp', detail: 'timestamp is not milliseconds between 2000 and 2200' };
  if (values[UNIQUE_ID] === '' && values[DEVICE_ID] === '')
    return { reason: 'missing_user', detail: 'unique_id and device_id are missing' };
  return undefined;
}

function itemsOf(items: unknown, extract: Extractor): { rows: string[][]; rest: unknown[] | undefined } {
  if (!Array.isArray(items) || items.length === 0) return { rows: [], rest: undefined };
  const rows: string[][] = [];
  const rests: unknown[] = [];
  let some = false;
  for (const entry of items) {
    if (!isRecord(entry)) {
      rests.push(entry);
      some = true;
      continue;
    }
    const { values, rest } = extract(entry, '');
    rows.push([String(rows.length + 1), ...values]);
    rests.push(rest ?? {});
    some ||= rest !== undefined;
  }
  return { rows, rest: some ? rests : undefined };
}

function envelopeFacts(envelope: Envelope, file: RawFile, tools: Tools): EnvelopeFacts {
  const f = envelope.fields;
  const ua = scalar(f.ua);
  const uri = scalar(f.uri);
  const upload = /[?&]upload_timestamp=([0-9]{12,13})(?:&|$)/.exec(uri)?.[1] ?? '';
  return [
    String(Math.floor(ingestMillis(f) ?? file.modified)),
    upload,
    ua,
    tools.isBot(ua) ? 'true' : '',
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

function ingestMillis(f: Readonly<Record<string, unknown>>): number | undefined {
  for (const value of [f.ingest_time, f.server_ingest_time, f.timestamp, f.date]) {
    const text = scalar(value);
    const time = /^[0-9.]+$/.test(text)
      ? Number(text)
      : Date.parse(/(?:Z|[-+][0-9]{2}:?[0-9]{2})$/.test(text) ? text : `${text}Z`);
    if (time >= YEAR_2000 && time < YEAR_2200) return time;
  }
  return undefined;
}

// An envelope with events of several devices was sent by a server: its user agent and address are the server's.
function isRelayed(elements: readonly unknown[]): boolean {
  return many(elements, 'device_id') ?? many(elements, 'unique_id') ?? false;
}

function many(elements: readonly unknown[], name: string): boolean | undefined {
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
  if (v4 !== null)
    return v4.slice(1).every((n) => Number(n) < 256)
      ? `4${v4
          .slice(1)
          .map((n) => Number(n).toString(16).padStart(2, '0'))
          .join('')}`
      : '';
  if (!/^[0-9a-f:]+$/i.test(ip) || !ip.includes(':')) return '';
  const [head, tail] = ip.toLowerCase().split('::', 2) as [string, string | undefined];
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

function textOf(element: unknown): string {
  try {
    return JSON.stringify(element);
  } catch {
    return ''; // nested too deep to be written down; its line is still in the raw file
  }
}

// Half a surrogate pair and NUL are JSON that other readers refuse: both become U+FFFD, in place.
function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('\\u')
    ? text.replace(/(\\\\)|\\u(?:d[89a-f][0-9a-f]{2}|0000)/g, (all, escaped) => (escaped === undefined ? '\ufffd' : all))
    : text;
}
