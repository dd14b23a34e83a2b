/** Readable characters of blocks, as Slack seems to count them towards its hidden limit of about 13,000 a message. */
export function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((n: number, v) => n + sizeOf(v), 0);
  if (value === null || typeof value !== 'object') return 0;
  return Object.entries(value).reduce(
    (n, [name, v]) => n + (typeof v === 'string' ? (readable.has(name) ? [...v].length : 0) : sizeOf(v)),
    0,
  );
}

const readable = new Set(['text', 'title', 'alt_text', 'caption', 'label', 'name']);
