/** One piece of a question. `text` is lower case without accents folded away; `raw` is as typed. */
export interface Token {
  readonly text: string;
  readonly raw: string;
  readonly kind: 'word' | 'number' | 'path' | 'quoted' | 'sign';
  /** Of numbers: 1,5k is 1500. */
  readonly value?: number;
  /** Written without a space to the token before it («30d», «add-to-cart»). */
  readonly glued: boolean;
  /** Joined to the token before it by an underscore («summer_promotion»): an identifier, no phrase. */
  readonly underscored?: boolean;
}

const pieces: readonly (readonly [Token['kind'], RegExp])[] = [
  ['quoted', /"([^"\n]{1,200})"|«([^»\n]{1,200})»|(?<![\p{L}\p{N}])'([^'\n]{1,200})'(?![\p{L}\p{N}])/uy],
  [
    'path',
    /(?<![\p{L}\p{N}])\/(?=[\p{L}\p{N}_~-])[\p{L}\p{N}_~./%-]*[\p{L}\p{N}_~/-]|(?<=(?:page|pages|the|for|on|=|without|excluding|exclude|path|url|is|not)\s)\/(?=\s|$|\?)/iuy,
  ],
  [
    'word',
    /\d{4}-\d{1,2}-\d{1,2}|\d{4}\/\d{1,2}\/\d{1,2}|\d{1,2}\/\d{1,2}\/\d{2,4}|\d{1,2}\/\d{1,2}(?![\p{L}\p{N}/])|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?|\d{4}-(?:0[1-9]|1[0-2])(?!\d)/uy,
  ],
  ['word', /\d{1,3}(?:st|nd|rd|th)(?![\p{L}\p{N}])/iuy],
  // «l30d», «last30days»: the word before the number is one of its own.
  ['word', /(?:l|p|last|past|trailing)(?=\d{1,3}(?:d|w|m|y|days?|weeks?|wks?|months?|mths?)(?![\p{L}\p{N}]))/iuy],
  ['number', /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/uy],
  ['word', /w\/o(?![\p{L}\p{N}])|w\/(?=\s|\p{L})|y\/y|m\/m|w\/w/iuy],
  ['word', /\p{L}[\p{L}\p{M}\p{N}]*(?:['’](?=\p{L})[\p{L}\p{M}]+)*/uy],
  ['sign', /->|=>|→|>=|<=|≥|≤|[><=,;:?!&+/|%€$£"'.]|(?<=\s)-(?=\s)|(?<=\d)-(?=\d)|(?<=\d\p{L}\p{L})-(?=\d)/uy],
];

/** Text → tokens; anything that is no letter, number or known sign (emoji, control characters) only parts words. */
export function tokenise(text: string): Token[] {
  const clean = normalise(text);
  const tokens: Token[] = [];
  let at = 0;
  let end = -1;
  while (at < clean.length) {
    const found = firstPiece(clean, at);
    if (!found) {
      // Underscores and hyphens inside a name only join its words.
      at += clean.codePointAt(at)! > 0xffff ? 2 : 1;
      continue;
    }
    const { kind, match, inner } = found;
    const glued = tokens.length > 0 && (end === at || (end === at - 1 && /[_-]/u.test(clean[end]!)));
    const made = makeToken(kind, inner, glued);
    tokens.push(glued && end === at - 1 && clean[end] === '_' ? { ...made, underscored: true } : made);
    at += match.length;
    end = at;
  }
  return joinMultiples(tokens);
}

/** One spelling for every quote, dash and width; without marks of Slack, emoji and invisible characters. */
function normalise(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/<[@#!][^>]*>/gu, ' ')
      .replace(/<(?:https?:\/\/)[^|>]*\|([^>]*)>/gu, ' $1 ')
      .replace(/[\p{Cf}\p{Cc}\p{Co}]/gu, (c) => (c === '\n' || c === '\t' || c === '\r' ? ' ' : ''))
      .replace(/:[a-z0-9_+-]{2,}:/gu, ' ')
      .replace(/[‘’ʼ`´]/gu, "'")
      .replace(/[“”„]/gu, '"')
      .replace(/[–—−]/gu, '-')
      // «no. of returns», «avg. price»
      .replace(/\b(no|nr|num)\.(?= of\b)/giu, '$1')
      .replace(/&amp;/gu, '&')
      .replace(/&gt;/gu, '>')
      .replace(/&lt;/gu, '<')
      .replace(/[*~]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

function firstPiece(text: string, at: number): { kind: Token['kind']; match: string; inner: string } | undefined {
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = at;
    const m = pattern.exec(text);
    if (m) return { kind, match: m[0], inner: kind === 'quoted' ? (m[1] ?? m[2] ?? m[3] ?? '').trim() : m[0] };
  }
  return undefined;
}

function makeToken(kind: Token['kind'], raw: string, glued: boolean): Token {
  const text = raw.toLowerCase();
  if (kind === 'number') return { kind, raw, text, glued, value: Number(text.replace(/,/gu, '')) };
  return { kind, raw, text, glued };
}

/** «10k», «1.5 mio»: the number and its multiple are one number. */
function joinMultiples(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const before = out.at(-1);
    const times = Object.hasOwn(multiples, token.text) ? multiples[token.text] : undefined;
    if (before?.kind === 'number' && times && (token.glued || times > 1000)) {
      out[out.length - 1] = {
        ...before,
        value: before.value! * times,
        raw: before.raw + token.raw,
        text: before.text + token.text,
      };
    } else out.push(token);
  }
  return out;
}

const multiples: Readonly<Record<string, number>> = { k: 1e3, mio: 1e6, mn: 1e6, million: 1e6, thousand: 1e3 };
