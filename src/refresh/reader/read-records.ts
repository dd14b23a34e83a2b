import { eventNames } from '../event-names.ts';
import { decodeEnvelope, isRecord, type Rejection } from './decode-envelope.ts';
import { envelopeFacts, FACTS, type RawFile, YEAR_2000, YEAR_2200 } from './envelope-facts.ts';
import { type Extractor, extractor } from './extract-columns.ts';
import { knownBots } from './known-bots.ts';
import { pageAddress } from './page-address.ts';
import { EVENT_COLUMNS, ITEM_COLUMNS, RAW_RECORD_COLUMNS } from './raw-columns.ts';
import type { RawLine } from './read-lines.ts';
import { NO_TAGS, type TrafficTags, trafficTags } from './traffic-tags.ts';

/** JSON text of one event beyond which it is `too_large`, in characters. */
export const MOST_EVENT_CHARACTERS = 1024 * 1024;
/** Characters of a raw record that the quarantine keeps. */
export const MOST_RAW_CHARACTERS = 4 * 1024 * 1024;

/** Objects and arrays inside each other beyond which nothing is kept of an event; `json_texts.py` has the same number. */
export const MOST_NESTED = 500;

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

/** A reader of lines. Pure but for its memory of user agents. */
export function recordReader(options: ReaderOptions): RecordReader {
  const tools: Tools = {
    event: extractor(EVENT_COLUMNS, {
      attributeAliases: options.attributeAliases,
      skip: new Set(['attributes', 'user', 'items']),
    }),
    item: extractor(ITEM_COLUMNS, { attributeAliases: new Map(), skip: new Set() }),
    nameOf: eventNames(options.eventAliases),
  };
  const isBot = knownBots();
  return (line, file) => {
    const at = { file, line: line.number };
    if (line.overlong) return [rejected(at, 0, { reason: 'too_large', detail: 'the line is too long' }, line.text, undefined)];
    const envelope = decodeEnvelope(line.text);
    if ('reason' in envelope) return [rejected(at, 0, envelope, line.text, undefined)];
    const facts = envelopeFacts(envelope, file, isBot);
    const data = envelope.data;
    if ('reason' in data) return [rejected(at, 0, data, line.text, facts)];
    return recordsOf(at, data.elements, facts, data.bytes > MOST_EVENT_CHARACTERS, tools);
  };
}

interface Tools {
  readonly event: Extractor;
  readonly item: Extractor;
  readonly nameOf: (sent: string) => string;
}

interface Place {
  readonly file: RawFile;
  readonly line: number;
}

type Facts = readonly string[];

// One at a time: a request of many thousand events must not stand in memory twice.
function* recordsOf(
  at: Place,
  elements: readonly unknown[],
  facts: Facts,
  mayBeLarge: boolean,
  tools: Tools,
): Generator<RawRecord> {
  for (const [index, element] of elements.entries()) yield recordOf(at, index + 1, element, facts, mayBeLarge, tools);
}

function recordOf(at: Place, number: number, element: unknown, facts: Facts, mayBeLarge: boolean, tools: Tools): RawRecord {
  if (!isRecord(element)) {
    return rejected(at, number, { reason: 'event_not_object', detail: 'the event is not a JSON object' }, textOf(element), facts);
  }
  if (nestsTooDeep(element, MOST_NESTED)) {
    return rejected(at, number, { reason: 'too_large', detail: 'the event is nested too deep to be stored' }, '', facts);
  }
  if (mayBeLarge && JSON.stringify(element).length > MOST_EVENT_CHARACTERS) {
    const why = { reason: 'too_large', detail: 'the event has more than 1 MiB of text' } as const;
    return rejected(at, number, why, textOf(element), facts);
  }
  return eventOf(at, number, element, facts, tools);
}

function nestsTooDeep(value: object, levels: number): boolean {
  if (levels === 0) return true;
  for (const child of Object.values(value))
    if (typeof child === 'object' && child !== null && nestsTooDeep(child, levels - 1)) return true;
  return false;
}

function eventOf(at: Place, number: number, element: Record<string, unknown>, facts: Facts, tools: Tools): RawRecord {
  const type = element.event_type ?? element.event_name;
  const name = typeof type === 'string' ? tools.nameOf(type) : '';
  const { values, rest } = tools.event(element, name);
  const time = eventMillis(values[SENT] as string);
  const rejection = rejectionOf(values, time);
  if (rejection !== undefined) return rejected(at, number, rejection, textOf(element), facts);
  values[SENT] = String(time);
  const url = values[PAGE_URL] as string;
  const referrer = (values[PAGE_REFERRER] || values[LATEST_REFERRER]) as string;
  const page = url === '' ? { host: '', path: values[SCREEN_NAME] as string } : pageAddress(url);
  const tags = tagsOf(values, url, referrer);
  const items = itemsOf(element.items, tools.item);
  const left = items.rest === undefined ? rest : { ...rest, items: items.rest };
  const cells = [at.file.key, String(at.line), String(number), '', '', '', ...facts];
  cells.push(left === undefined ? '' : jsonText(left), name || tools.nameOf(values[EVENT_TYPE] as string));
  cells.push(page.host || (values[HOST_NAME] as string).toLowerCase(), page.path, pageAddress(referrer).host);
  cells.push(tags.source, tags.medium, tags.campaign, tags.kind);
  for (const index of WRITTEN) cells.push(values[index] as string);
  return { cells, items: items.rows };
}

function rejected(at: Place, number: number, why: Rejection, raw: string, facts: Facts | undefined): RawRecord {
  const kept = jsonText(raw.length > MOST_RAW_CHARACTERS ? raw.slice(0, MOST_RAW_CHARACTERS) : raw);
  const cells = [at.file.key, String(at.line), number === 0 ? '' : String(number), why.reason, why.detail, kept];
  cells.push(...(facts ?? [String(Math.floor(at.file.modified)), ...Array.from({ length: FACTS - 1 }, () => '')]));
  while (cells.length < RAW_RECORD_COLUMNS.length - 1) cells.push('');
  return { cells, items: [] };
}

// Which of the extracted values the engine gets; the others the reader has used up.
const WRITTEN: readonly number[] = EVENT_COLUMNS.flatMap((column, index) => (column.readerOnly ? [] : [index]));
const position = (column: string): number => EVENT_COLUMNS.findIndex((c) => c.column === column);
const EVENT_ID = position('event_id');
const EVENT_TYPE = position('event_type');
const SENT = position('sent_ms');
const UNIQUE_ID = position('unique_id');
const DEVICE_ID = position('device_id');
const HOST_NAME = position('host_name');
const SCREEN_NAME = position('screen_name');
const PAGE_URL = position('page_url');
const PAGE_REFERRER = position('page_referrer');
const LATEST_REFERRER = position('latest_referrer');
const TS_SOURCE = position('ts_source');
const TS_MEDIUM = position('ts_medium');
const TS_CAMPAIGN = position('ts_campaign');
const TS_CLICK = position('ts_click');

function eventMillis(text: string): number | undefined {
  const time = /^[-+]?[0-9]*[.]?[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;
  return time >= YEAR_2000 && time < YEAR_2200 ? time : undefined;
}

function rejectionOf(values: readonly string[], time: number | undefined): Rejection | undefined {
  if (values[EVENT_ID] === '') return { reason: 'missing_event_id', detail: 'event_id is missing' };
  if (values[EVENT_TYPE] === '') return { reason: 'missing_event_type', detail: 'event_type is missing' };
  if (values[SENT] === '') return { reason: 'missing_timestamp', detail: 'timestamp is missing' };
  if (time === undefined) return { reason: 'bad_timestamp', detail: 'timestamp is not milliseconds between 2000 and 2200' };
  if (values[UNIQUE_ID] === '' && values[DEVICE_ID] === '') {
    return { reason: 'missing_user', detail: 'unique_id and device_id are missing' };
  }
  return undefined;
}

function tagsOf(values: readonly string[], url: string, referrer: string): TrafficTags {
  const [source, medium, campaign, click] = [TS_SOURCE, TS_MEDIUM, TS_CAMPAIGN, TS_CLICK].map(
    (index) => values[index] as string,
  ) as [string, string, string, string];
  const some = source !== '' || medium !== '' || campaign !== '' || click !== '' || url.includes('?') || referrer.includes('?');
  return some ? trafficTags({ source, medium, campaign, click }, url, referrer) : NO_TAGS;
}

function itemsOf(items: unknown, extract: Extractor): { rows: string[][]; rest: unknown[] | undefined } {
  if (!Array.isArray(items) || items.length === 0) return { rows: [], rest: undefined };
  const rows: string[][] = [];
  const rests: unknown[] = [];
  let some = false;
  for (const entry of items) {
    const { values, rest } = isRecord(entry) ? extract(entry, '') : { values: undefined, rest: entry };
    if (values !== undefined) rows.push([String(rows.length + 1), ...values]);
    rests.push(rest ?? {});
    some ||= rest !== undefined;
  }
  return { rows, rest: some ? rests : undefined };
}

// What is nested too deep is not written down; its line is still in the raw file.
function textOf(element: unknown): string {
  const isDeep = typeof element === 'object' && element !== null && nestsTooDeep(element, MOST_NESTED);
  return isDeep ? '' : JSON.stringify(element);
}

// Half a surrogate pair and NUL are JSON that other readers refuse: both become U+FFFD.
function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  return text.replace(/(\\\\)|\\u(?:d[89a-f][0-9a-f]{2}|0000)/g, (all, escaped) => (escaped === undefined ? '\ufffd' : all));
}
