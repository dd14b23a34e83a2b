import { invalid } from './native.ts';

/** One piece of a date pattern: fixed text, or a field with its least width and the most digits that parsing takes. */
export type PatternPart =
  | { readonly literal: string }
  | { readonly field: DateField; readonly width: number; readonly most: number };

export type DateField =
  | 'year'
  | 'year2'
  | 'century'
  | 'era'
  | 'weekyear'
  | 'weekyear2'
  | 'week'
  | 'month'
  | 'monthShort'
  | 'monthLong'
  | 'day'
  | 'dayOfYear'
  | 'dayOfWeek'
  | 'dayShort'
  | 'dayLong'
  | 'hour'
  | 'hourOfDay24'
  | 'hour12'
  | 'hour11'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'ampm'
  | 'offset'
  | 'offsetColon'
  | 'zone'
  | 'zoneName';

const MYSQL: Readonly<Record<string, readonly [DateField, number, number]>> = {
  a: ['dayShort', 0, 0],
  b: ['monthShort', 0, 0],
  c: ['month', 1, 2],
  d: ['day', 2, 2],
  e: ['day', 1, 2],
  f: ['fraction', 6, 9],
  H: ['hour', 2, 2],
  h: ['hour12', 2, 2],
  I: ['hour12', 2, 2],
  i: ['minute', 2, 2],
  j: ['dayOfYear', 3, 3],
  k: ['hour', 1, 2],
  l: ['hour12', 1, 2],
  M: ['monthLong', 0, 0],
  m: ['month', 2, 2],
  p: ['ampm', 0, 0],
  S: ['second', 2, 2],
  s: ['second', 2, 2],
  v: ['week', 2, 2],
  W: ['dayLong', 0, 0],
  x: ['weekyear', 4, 4],
  Y: ['year', 4, 4],
  y: ['year2', 2, 2],
};

/** Reads a MySQL pattern as `date_format` and `date_parse` take it. */
export function mysqlPattern(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  const text = pattern.replaceAll('%T', '%H:%i:%s').replaceAll('%r', '%h:%i:%s %p');
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char !== '%') parts.push({ literal: char });
    else if (++at < text.length) parts.push(mysqlPart(text[at] as string));
  }
  if (parts.length === 0) invalid('Both printing and parsing not supported');
  return parts;
}

function mysqlPart(letter: string): PatternPart {
  if (/[DUuVwX]/.test(letter)) invalid(`%${letter} not supported in date format string`);
  const found = MYSQL[letter];
  return found ? { field: found[0], width: found[1], most: found[2] } : { literal: letter };
}

/** Reads a Joda pattern as `format_datetime` and `parse_datetime` take it. */
export function jodaPattern(pattern: string): readonly PatternPart[] {
  if (pattern === '') invalid('Invalid pattern specification: Pattern is null or empty');
  const parts: PatternPart[] = [];
  for (const [token] of pattern.matchAll(/'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g)) {
    if (token === "''") parts.push({ literal: "'" });
    else if (token.startsWith("'")) parts.push({ literal: token.replace(/^'|'$/g, '').replaceAll("''", "'") });
    else if (/[A-Za-z]/.test(token)) parts.push(jodaPart(token));
    else parts.push({ literal: token });
  }
  return limitAdjacent(parts);
}

const JODA: Readonly<Record<string, DateField>> = {
  C: 'century',
  D: 'dayOfYear',
  d: 'day',
  e: 'dayOfWeek',
  H: 'hour',
  h: 'hour12',
  K: 'hour11',
  k: 'hourOfDay24',
  m: 'minute',
  s: 'second',
  w: 'week',
};

function jodaPart(token: string): PatternPart {
  const count = token.length;
  const letter = token[0] as string;
  if (/[yYx]/.test(letter)) {
    if (count === 2) return { field: letter === 'x' ? 'weekyear2' : 'year2', width: 2, most: 2 };
    return { field: letter === 'x' ? 'weekyear' : 'year', width: count, most: 9 };
  }
  if (letter === 'M')
    return count >= 4 ? named('monthLong') : count === 3 ? named('monthShort') : { field: 'month', width: count, most: 2 };
  if (letter === 'E') return named(count >= 4 ? 'dayLong' : 'dayShort');
  if (letter === 'a') return named('ampm');
  if (letter === 'G') return named('era');
  if (letter === 'S') return { field: 'fraction', width: count, most: count };
  if (letter === 'Z') return named(count === 1 ? 'offset' : count === 2 ? 'offsetColon' : 'zone');
  if (letter === 'z') return { field: 'zoneName', width: count, most: 0 };
  const field = JODA[letter] ?? invalid(`Illegal pattern component: ${token}`);
  return { field, width: count, most: Math.max(count, letter === 'D' ? 3 : 2) };
}

function named(field: DateField): PatternPart {
  return { field, width: 0, most: 0 };
}

/** A year directly before another number takes only as many digits as it has letters. */
function limitAdjacent(parts: readonly PatternPart[]): PatternPart[] {
  return parts.map((part, index) => {
    const next = parts[index + 1];
    const tight = 'field' in part && part.most === 9 && next !== undefined && 'field' in next && next.most > 0;
    return tight ? { ...part, most: part.width } : part;
  });
}
