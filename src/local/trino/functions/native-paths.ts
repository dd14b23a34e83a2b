import { once, quote } from '../expression.ts';
import { readJsonPath } from '../natives/json-scan.ts';

/*
 * DuckDB's own functions where they provably give what Trino gives, row by row with the exact function as the other way.
 * They are five to thirty times as fast as a call into JavaScript.
 */

/** `exact` where DuckDB's `upper` and the like could differ: beyond ASCII. */
export function whenAscii(x: string, native: (x: string) => string, exact: (x: string) => string): string {
  return once([x], ([v = '']) => `(CASE WHEN strlen(${v}) = length(${v}) THEN ${native(v)} ELSE ${exact(v)} END)`);
}

/**
 * json_extract_scalar with a constant path of plain names. DuckDB's reader also takes NaN, infinities and trailing commas,
 * and writes fractions anew: such texts and numbers go the exact way, as does a text that is no JSON to its end.
 */
export function jsonScalar(json: string, path: unknown, exact: (json: string) => string): string {
  const steps = typeof path === 'string' ? readJsonPath(path) : undefined;
  if (!steps || steps.length === 0 || steps.some((step) => !/^[A-Za-z_]\w*$/.test(step.name))) return exact(json);
  const place = quote(`$${steps.map((step) => `."${step.name}"`).join('')}`);
  return once([json], ([text = '']) =>
    once([`TRY(CAST(json_extract(${text}, ${place}) AS VARCHAR))`], ([found = '']) => {
      const lenient = `regexp_matches(${text}, '[:,\\[]\\s*[-+]?(?:[Nn][Aa][Nn]|[Ii][Nn][Ff])|,\\s*[\\]}]')`;
      const value = `CASE WHEN ${found} IS NULL THEN (CASE WHEN json_valid(${text}) THEN NULL ELSE ${exact(text)} END) WHEN starts_with(${found}, '"') AND NOT contains(${found}, '\\') THEN substr(${found}, 2, length(${found}) - 2) WHEN regexp_full_match(${found}, '-?[1-9][0-9]*|0|true|false') THEN ${found} WHEN ${found} = 'null' THEN NULL ELSE ${exact(text)} END`;
      return `(CASE WHEN ${lenient} THEN ${exact(text)} ELSE ${value} END)`;
    }),
  );
}

/** Web addresses of which every part stands as it is: nothing to decode, a host that Java takes for one. */
const PLAIN_URL =
  '^https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*[.])+[a-z]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9/_.,~-]*)?(?:[?][A-Za-z0-9/_.,~=&-]*)?(?:#[A-Za-z0-9/_.,~=-]*)?$';
const HOST = '^https?://[a-z0-9.-]+(?::[0-9]+)?';

/** Host, path or query of a URL. */
export function urlPart(url: string, part: string, exact: (url: string) => string): string {
  const pattern = { host: '^https?://([a-z0-9.-]+)', path: `${HOST}([^?#]*)`, query: `${HOST}[^?#]*[?]?([^#]*)` }[part];
  if (!pattern) return exact(url);
  return plainUrl(url, (v) => `regexp_extract(${v}, '${pattern}', 1)`, exact);
}

/** A parameter of a URL's query by a constant name. */
export function urlParameter(url: string, name: unknown, exact: (url: string) => string): string {
  if (typeof name !== 'string' || !/^\w+$/.test(name)) return exact(url);
  const pattern = `[?&]${name}(?:=([^&#]*))?(?:[&#]|$)`;
  const native = (v: string) => `(CASE WHEN regexp_matches(${v}, '${pattern}') THEN regexp_extract(${v}, '${pattern}', 1) END)`;
  return plainUrl(url, native, exact);
}

function plainUrl(url: string, native: (url: string) => string, exact: (url: string) => string): string {
  return once([url], ([v = '']) => `(CASE WHEN regexp_matches(${v}, '${PLAIN_URL}') THEN ${native(v)} ELSE ${exact(v)} END)`);
}
