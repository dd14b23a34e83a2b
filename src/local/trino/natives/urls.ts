import type { Native } from './native.ts';
import { invalid, native } from './native.ts';

interface Parts {
  readonly protocol: string;
  readonly host: string;
  readonly port: bigint | null;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Parts of URLs as java.net.URI splits them: a missing part is '', an invalid URI gives NULL. */
export const urlNatives: Readonly<Record<string, Native>> = {
  tr_url_protocol: native(['VARCHAR'], 'VARCHAR', (url: string) => parse(url)?.protocol ?? null),
  tr_url_host: native(['VARCHAR'], 'VARCHAR', (url: string) => parse(url)?.host ?? null),
  tr_url_port: native(['VARCHAR'], 'BIGINT', (url: string) => parse(url)?.port ?? null),
  tr_url_path: native(['VARCHAR'], 'VARCHAR', (url: string) => parse(url)?.path ?? null),
  tr_url_query: native(['VARCHAR'], 'VARCHAR', (url: string) => parse(url)?.query ?? null),
  tr_url_fragment: native(['VARCHAR'], 'VARCHAR', (url: string) => parse(url)?.fragment ?? null),
  tr_url_parameter: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', parameter),
  tr_url_encode: native(['VARCHAR'], 'VARCHAR', (text: string) =>
    encodeURIComponent(text.toWellFormed())
      .replace(/%20/g, '+')
      .replace(/[!'()~]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`),
  ),
  tr_url_decode: native(['VARCHAR'], 'VARCHAR', decodeForm),
};

let lastUrl = '';
let lastParts: Parts | undefined;

/** Splits as java.net.URI does; undefined where it would refuse the text. */
function parse(url: string): Parts | undefined {
  if (url === lastUrl) return lastParts;
  lastUrl = url;
  lastParts = split(url);
  return lastParts;
}

const LEGAL = /^(?:[A-Za-z0-9\-_.!~*'();/?:@&=+$,#[\]]|%[0-9A-Fa-f]{2}|[^\u0000-\u009f\s])*$/u;

function split(url: string): Parts | undefined {
  if (!LEGAL.test(url) || /[|\\^`{}<>"]/.test(url)) return undefined;
  const match = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  if (!match) return undefined;
  const [, protocol, authority, path = '', query = '', fragment = ''] = match;
  if (protocol !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(protocol)) return undefined;
  // An opaque URI (mailto:x) needs something after the colon; so does `//`, and '#' may stand only once.
  if (protocol !== undefined && authority === undefined && path === '') return undefined;
  if ((authority === '' && path === '') || fragment.includes('#') || /[[\]]/.test(path)) return undefined;
  const opaque = protocol !== undefined && authority === undefined && !path.startsWith('/');
  const server = /^(?:([^@]*)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.?)?(?::(\d*))?$/.exec(
    authority ?? '',
  );
  return {
    protocol: protocol ?? '',
    host: validHost(server?.[2]) ? (server?.[2] ?? '') : '',
    port: server?.[3] && validHost(server[2]) ? BigInt(server[3]) : null,
    path: opaque ? '' : decodePercent(path),
    query: opaque ? '' : decodePercent(query),
    fragment: decodePercent(fragment),
  };
}

/** java.net.URI takes a host only when its last label starts with a letter, or when it is an address. */
function validHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  if (host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return true;
  const labels = host.replace(/\.$/, '').split('.');
  return (
    /^[A-Za-z]/.test(labels.at(-1) ?? '') &&
    labels.every((label) => label !== '' && !label.startsWith('-') && !label.endsWith('-'))
  );
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

function parameter(url: string, name: string): string | null {
  if (!parse(url)) return null;
  const query = /^[^#?]*\?([^#]*)/.exec(url)?.[1];
  if (query === undefined) return null;
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=');
    const key = at < 0 ? pair : pair.slice(0, at);
    if (key === name) return at < 0 ? '' : decodeForm(pair.slice(at + 1));
  }
  return null;
}

function decodeForm(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const spaced = text.replaceAll('+', ' ');
  const bad = /%(?![0-9A-Fa-f]{2})/.exec(spaced);
  if (bad)
    invalid(
      bad.index > spaced.length - 3
        ? 'URLDecoder: Incomplete trailing escape (%) pattern'
        : 'URLDecoder: Illegal hex characters in escape (%) pattern',
    );
  return decodePercent(spaced);
}
