import { appendFileSync, writeFileSync } from 'node:fs';
import { ipKey } from '../refresh/reader/envelope-facts.ts';
import { literal, type Sql } from './refresh-engine.ts';

/** Names by which the columns of a table of address ranges are known; `network` (CIDR) stands for both ends. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  start: ['start', 'start_ip', 'ip_start', 'range_start', 'ip_range_start', 'from', 'ip_from'],
  end: ['end', 'end_ip', 'ip_end', 'range_end', 'ip_range_end', 'to', 'ip_to'],
  network: ['network', 'cidr'],
  country: ['country_code', 'country', 'country_iso_code', 'iso_code'],
  region: ['region', 'region_name', 'state', 'state1', 'subdivision', 'subdivision_1_name'],
  city: ['city', 'city_name'],
  latitude: ['latitude', 'lat'],
  longitude: ['longitude', 'lon', 'lng'],
};

/**
 * Loads the owner's table of address ranges (CSV with a header, or Parquet) as `geo_ranges`, ends as `ipKey` texts. Answers
 * with a sentence when the table cannot be used, else undefined. Ranges must not overlap; later lines of a start win.
 */
export async function loadGeoRanges(sql: Sql, path: string | undefined, temporary: string): Promise<string | undefined> {
  await sql.run(`CREATE OR REPLACE TABLE geo_ranges (range_start VARCHAR, range_end VARCHAR, range_country VARCHAR, range_region VARCHAR,
    range_city VARCHAR, range_latitude DOUBLE, range_longitude DOUBLE)`);
  if (path === undefined) return undefined;
  const source = /[.]parquet$/i.test(path)
    ? `read_parquet(${literal(path)})`
    : `read_csv(${literal(path)}, header = true, all_varchar = true)`;
  const described = await sql.rows(`DESCRIBE SELECT * FROM ${source}`).catch(() => undefined);
  if (described === undefined)
    return 'The table of address ranges (GEO_RANGES) cannot be read; it must be a CSV file with a header, or Parquet.';
  const has = new Map(described.map((row) => [String(row.column_name).toLowerCase(), String(row.column_name)]));
  const column = (what: string) => NAMES[what]?.map((name) => has.get(name)).find((name) => name !== undefined);
  if (
    column('country') === undefined ||
    (column('network') === undefined && (column('start') === undefined || column('end') === undefined))
  ) {
    return 'The table of address ranges (GEO_RANGES) needs the columns start, end (or network) and country_code.';
  }
  const wanted = Object.keys(NAMES).map((what) => {
    const name = column(what);
    return `${name === undefined ? 'NULL' : `"${name.replaceAll('"', '""')}"`}::VARCHAR AS "${what}"`;
  });
  const file = `${temporary}/geo.tsv`;
  writeRanges(file, await sql.rows(`SELECT ${wanted.join(', ')} FROM ${source}`));
  await sql.run(
    `INSERT INTO geo_ranges SELECT DISTINCT ON (c0) c0, c1, upper(c2), c3, c4, TRY_CAST(c5 AS DOUBLE), TRY_CAST(c6 AS DOUBLE) FROM read_csv(${literal(file)}, delim = chr(9), quote = '', escape = '',
     header = false, auto_detect = false, columns = {'c0': 'VARCHAR', 'c1': 'VARCHAR', 'c2': 'VARCHAR', 'c3': 'VARCHAR', 'c4': 'VARCHAR', 'c5': 'VARCHAR', 'c6': 'VARCHAR'})`,
  );
  return undefined;
}

/** Makes `places`, what the range table says of each address of `raw_records`. */
export const PLACES_SQL = `CREATE OR REPLACE TEMP TABLE places AS
  SELECT k.ip_key AS range_key, r.range_country, r.range_region, r.range_city, r.range_latitude, r.range_longitude
  FROM (SELECT DISTINCT ip_key FROM raw_records WHERE ip_key IS NOT NULL) k ASOF JOIN geo_ranges r ON k.ip_key >= r.range_start
  WHERE k.ip_key <= r.range_end`;

function writeRanges(file: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
  writeFileSync(file, '');
  let text = '';
  for (const row of rows) {
    const ends = row.network === null ? [addressKey(row.start), addressKey(row.end)] : networkEnds(String(row.network));
    if (ends[0] === '' || ends[1] === '') continue;
    const place = [row.country, row.region, row.city, row.latitude, row.longitude].map((cell) =>
      String(cell ?? '').replace(/[\t\r\n]/g, ' '),
    );
    text += `${[...ends, ...place].join('\t')}\n`;
    if (text.length < 1_000_000) continue;
    appendFileSync(file, text);
    text = '';
  }
  appendFileSync(file, text);
}

// Some lists write IPv4 as a whole number.
function addressKey(value: unknown): string {
  const text = String(value ?? '').trim();
  return /^[0-9]{1,10}$/.test(text) ? `4${Number(text).toString(16).padStart(8, '0')}` : ipKey(text);
}

function networkEnds(network: string): [string, string] {
  const [address, bits] = network.trim().split('/', 2) as [string, string | undefined];
  const key = ipKey(address);
  if (key === '') return ['', ''];
  const width = (key.length - 1) * 4;
  const free = BigInt(width - Math.min(Number(bits ?? width), width));
  const start = (BigInt(`0x${key.slice(1)}`) >> free) << free;
  const hex = (n: bigint) => key.slice(0, 1) + n.toString(16).padStart(key.length - 1, '0');
  return [hex(start), hex(start + (1n << free) - 1n)];
}
