/** Host and path of an address; '' where it has none. */
export interface PageAddress {
  /** Without port and user, lower case. */
  readonly host: string;
  /** Without scheme, host, query and fragment, case as sent; `/` when only a host is given. */
  readonly path: string;
}

/** Splits an address with or without a scheme: `https://shop.example/a?b#c`, `shop.example/a`, `//shop.example`, `/a`. */
export function pageAddress(url: string): PageAddress {
  if (url === '') return { host: '', path: '' };
  const scheme = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?\/\//.exec(url);
  const rest = scheme === null ? url : url.slice(scheme[0].length);
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const tail = end < 0 ? '' : rest.slice(end);
  const cut = tail.search(/[?#]/);
  const path = cut < 0 ? tail : tail.slice(0, cut);
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:[0-9]*$/, '');
  return { host: host.toLowerCase(), path: path === '' ? '/' : path };
}
