import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Every line of a raw folder in the order of its paths, with the hour folder that holds it. */
export function rawLines(rawDir: string): { readonly folder: string; readonly line: string }[] {
  return rawPaths(rawDir).flatMap((path) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const lines = gunzipSync(readFileSync(join(rawDir, path)))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    return lines.map((line) => ({ folder, line }));
  });
}

/** Paths of all raw files, sorted; nothing else may lie in the folder but the mark. */
export function rawPaths(rawDir: string): string[] {
  const names = readdirSync(rawDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map((entry) => join(entry.parentPath, entry.name).slice(rawDir.length + 1))
    .filter((path) => path !== '.sample-shop.json')
    .sort();
}

/** The records of one line, counted as definition 24 does, or the reason why the line fails as a whole. */
export function recordsOf(
  line: string,
): unknown[] | 'not_json' | 'envelope_without_data' | 'data_not_decodable' | 'data_not_array' {
  const envelope = parse(line) as { data?: string } | undefined;
  if (envelope === undefined) return 'not_json';
  if (envelope.data === undefined) return 'envelope_without_data';
  const text = /^[[{]/.test(envelope.data) ? envelope.data : unpack(envelope.data);
  const data = text === undefined ? undefined : parse(text);
  if (data === undefined) return 'data_not_decodable';
  return Array.isArray(data) ? data : 'data_not_array';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unpack(data: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(data, 'base64')).toString('utf8');
  } catch {
    return undefined;
  }
}
