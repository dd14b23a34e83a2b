import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { openWireServer, type WireReply, type WireRequest, type WireServer } from './wire-server.ts';

export interface S3Server extends WireServer {
  /** So many calls are asked to slow down. */
  readonly faults: { slowDowns: number };
}

/** S3 as far as the house reads it: GetObject with `If-None-Match`, ListObjectsV2 with pages. Buckets are folders below `root`; nothing can be written. */
export async function openS3Server({
  root,
  pageSize = 1000,
  port,
}: {
  root: string;
  pageSize?: number;
  port?: number;
}): Promise<S3Server> {
  const faults = { slowDowns: 0 };
  const server = await openWireServer((request) => {
    if (faults.slowDowns <= 0) return answer(root, pageSize, request);
    faults.slowDowns--;
    return error(503, 'SlowDown', 'Please reduce your request rate.');
  }, port);
  return { ...server, faults };
}

function answer(root: string, pageSize: number, request: WireRequest): WireReply {
  const [bucket = '', ...rest] = decodeURIComponent(request.path).slice(1).split('/');
  const key = rest.join('/');
  if (request.method !== 'GET') return error(403, 'AccessDenied', 'Access Denied');
  if (key === '') return list(root, bucket, request.query, pageSize);
  const file = join(root, bucket, key);
  if (!existsSync(file) || !statSync(file).isFile()) return error(404, 'NoSuchKey', 'The specified key does not exist.');
  const body = readFileSync(file);
  const mark = `"${createHash('md5').update(body).digest('hex')}"`;
  if (request.headers['if-none-match'] === mark) return { status: 304, headers: { etag: mark } };
  return { raw: body, headers: { etag: mark, 'content-type': 'application/octet-stream' } };
}

function list(root: string, bucket: string, query: URLSearchParams, pageSize: number): WireReply {
  const folder = join(root, bucket);
  if (!existsSync(folder)) return error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const prefix = query.get('prefix') ?? '';
  const keys = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((key) => key.startsWith(prefix))
    .sort();
  const from = Number(query.get('continuation-token') ?? 0);
  const page = keys.slice(from, from + pageSize).map((key) => {
    const { size, mtime } = statSync(join(folder, key));
    return `<Contents><Key>${escaped(key)}</Key><LastModified>${mtime.toISOString()}</LastModified><Size>${size}</Size></Contents>`;
  });
  const next = from + pageSize < keys.length ? `<NextContinuationToken>${from + pageSize}</NextContinuationToken>` : '';
  return xml(
    200,
    `<ListBucketResult><Name>${bucket}</Name><IsTruncated>${next !== ''}</IsTruncated>${next}${page.join('')}</ListBucketResult>`,
  );
}

function error(status: number, code: string, message: string): WireReply {
  return xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

function xml(status: number, body: string): WireReply {
  return { status, raw: `<?xml version="1.0" encoding="UTF-8"?>${body}`, headers: { 'content-type': 'application/xml' } };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
