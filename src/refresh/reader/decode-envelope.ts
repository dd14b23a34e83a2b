import { gunzipSync } from 'node:zlib';

/** Why a line or an element of its array is not an event. Closed: `definitions` «A run». */
export type Reason =
  | 'not_json'
  | 'envelope_without_data'
  | 'data_not_decodable'
  | 'data_not_array'
  | 'event_not_object'
  | 'missing_event_id'
  | 'missing_event_type'
  | 'missing_timestamp'
  | 'bad_timestamp'
  | 'missing_user'
  | 'too_large';

export interface Rejection {
  readonly reason: Reason;
  readonly detail: string;
}

export interface Envelope {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The elements of `data`, or why there are none. */
  readonly data: { readonly elements: readonly unknown[]; readonly bytes: number } | Rejection;
}

/** Inflated bytes of one request beyond which `data` counts as not decodable (a gzip bomb). */
export const MOST_INFLATED_BYTES = 192 * 1024 * 1024;

/** One raw line → its envelope, or why it is none. A line is never thrown at: every text has an answer. */
export function decodeEnvelope(line: string): Envelope | Rejection {
  const fields = parsed(line);
  if (!isRecord(fields)) return { reason: 'not_json', detail: 'the line is not a JSON object' };
  return { fields, data: decodeData(fields.data) };
}

function decodeData(data: unknown): Envelope['data'] {
  if (data === undefined || data === null || data === '') return { reason: 'envelope_without_data', detail: 'data is empty' };
  if (Array.isArray(data)) return { elements: data, bytes: Number.POSITIVE_INFINITY };
  if (isRecord(data)) return { reason: 'data_not_array', detail: 'data is a JSON object' };
  if (typeof data !== 'string') return { reason: 'data_not_decodable', detail: 'data is neither text nor an array' };
  const text = /^\s*[[{]/.test(data) ? data : inflated(data);
  if (text === undefined) return { reason: 'data_not_decodable', detail: 'data is neither JSON nor base64 of gzip' };
  const value = parsed(text);
  if (value === undefined) return { reason: 'data_not_decodable', detail: 'data is not valid JSON' };
  if (!Array.isArray(value)) return { reason: 'data_not_array', detail: 'data is not a JSON array' };
  return { elements: value, bytes: text.length };
}

function inflated(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_INFLATED_BYTES }).toString('utf8');
  } catch {
    return undefined; // damaged, cut off, or larger than allowed: one answer for all
  }
}

// Numbers of 16 digits and more would lose digits as doubles (order ids!): they are kept as the text that was sent.
function parsed(text: string): unknown {
  try {
    if (!hasLongNumber(text)) return JSON.parse(text);
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text, exactNumber as (key: string, value: unknown) => unknown);
  } catch (error) {
    return error instanceof RangeError ? parsedPlainly(text) : undefined; // nested too deep for a reviver
  }
}

// A run of 16 digits must cover one of every 16 characters, so most of the text is never looked at.
function hasLongNumber(text: string): boolean {
  for (let at = 15; at < text.length; at += 16) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    let end = at + 1;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start -= 1;
    while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
    if (end - start >= 16) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46;
}

function parsedPlainly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function exactNumber(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined || context.source.length < 16) return value;
  return String(value) === context.source ? value : context.source;
}

/** A JSON object: neither an array nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
