import { javaRegex } from '../java-regex.ts';
import type { Native } from './native.ts';
import { invalid, NativeError, native } from './native.ts';

/** Regular expressions of Trino's Joni engine on JavaScript's: patterns are rewritten once and kept. */
export const regexNatives: Readonly<Record<string, Native>> = {
  tr_regexp_like: native(['VARCHAR', 'VARCHAR'], 'BOOLEAN', (text: string, pattern: string) => compile(pattern).once.test(text)),
  tr_regexp_extract: native(['VARCHAR', 'VARCHAR', 'BIGINT'], 'VARCHAR', (text: string, pattern: string, group: bigint) => {
    const regex = compile(pattern);
    const index = groupIndex(regex, group);
    return regex.once.exec(text)?.[index] ?? null;
  }),
  tr_regexp_extract_all: native(['VARCHAR', 'VARCHAR', 'BIGINT'], 'VARCHAR[]', (text: string, pattern: string, group: bigint) => {
    const regex = compile(pattern);
    const index = groupIndex(regex, group);
    return [...text.matchAll(regex.all)].map((match) => match[index] ?? null);
  }),
  tr_regexp_replace: native(
    ['VARCHAR', 'VARCHAR', 'VARCHAR'],
    'VARCHAR',
    (text: string, pattern: string, replacement: string) => {
      const regex = compile(pattern);
      // A replacement is read where there is something to replace, as in Trino.
      let parts: readonly (string | number)[] | undefined;
      return text.replace(regex.all, (...found) => {
        parts ??= readReplacement(replacement, regex);
        return parts.map((part) => (typeof part === 'string' ? part : (found[part] ?? ''))).join('');
      });
    },
  ),
  tr_regexp_split: native(['VARCHAR', 'VARCHAR'], 'VARCHAR[]', (text: string, pattern: string) => {
    const pieces: string[] = [];
    let from = 0;
    for (const match of text.matchAll(compile(pattern).all)) {
      pieces.push(text.slice(from, match.index));
      from = match.index + match[0].length;
    }
    return [...pieces, text.slice(from)];
  }),
  tr_regexp_count: native(['VARCHAR', 'VARCHAR'], 'BIGINT', (text: string, pattern: string) =>
    BigInt([...text.matchAll(compile(pattern).all)].length),
  ),
  tr_regexp_position: native(['VARCHAR', 'VARCHAR', 'BIGINT', 'BIGINT'], 'INTEGER', position),
  tr_regexp_groups: native(['VARCHAR', 'VARCHAR'], 'VARCHAR', (text: string, pattern: string) => {
    const pieces: unknown[] = [];
    let from = 0;
    for (const match of text.matchAll(compile(pattern).all)) {
      pieces.push(
        text.slice(from, match.index),
        match.slice(1).map((group) => group ?? null),
      );
      from = match.index + match[0].length;
    }
    return JSON.stringify([...pieces, text.slice(from)]);
  }),
};

interface Compiled {
  readonly once: RegExp;
  readonly all: RegExp;
  readonly groups: number;
  readonly names: readonly string[];
}

const compiled = new Map<string, Compiled>();

function compile(pattern: string): Compiled {
  const known = compiled.get(pattern);
  if (known) return known;
  const regex = javaRegex(pattern);
  if (!regex.ok) {
    throw new NativeError(regex.reason === 'unsupported' ? 'UNSUPPORTED_LOCALLY' : 'INVALID_FUNCTION_ARGUMENT', regex.message);
  }
  const entry = {
    once: new RegExp(regex.source, regex.flags),
    all: new RegExp(regex.source, `${regex.flags}g`),
    groups: regex.groups,
    names: regex.names,
  };
  if (compiled.size > 1000) compiled.clear();
  compiled.set(pattern, entry);
  return entry;
}

function groupIndex(regex: Compiled, group: bigint): number {
  const index = Number(group);
  if (index < 0) invalid('Group cannot be negative');
  if (index > regex.groups) invalid(`Pattern has ${regex.groups} groups. Cannot access group ${index}`);
  return index;
}

function readReplacement(text: string, regex: Compiled): (string | number)[] {
  const parts: (string | number)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\\') {
      at++;
      if (at >= text.length) invalid('Illegal replacement sequence: a backslash at the end');
      parts.push(text[at] as string);
    } else if (char === '$') {
      const [group, length] = readGroup(text.slice(at + 1), regex);
      parts.push(group);
      at += length;
    } else parts.push(char);
  }
  return parts;
}

function readGroup(rest: string, regex: Compiled): [number, number] {
  const named = /^\{([A-Za-z]\w*)\}/.exec(rest);
  if (named) {
    const index = regex.names.indexOf(named[1] as string);
    if (index < 0) invalid(`Illegal replacement sequence: unknown group { ${named[1]} }`);
    return [index + 1, named[0].length];
  }
  const first = /^\d/.exec(rest)?.[0] ?? invalid('Illegal replacement sequence: a $ without a group');
  if (Number(first) > regex.groups) invalid(`Illegal replacement sequence: unknown group ${first}`);
  let digits = first;
  while (/\d/.test(rest[digits.length] ?? '') && Number(digits + rest[digits.length]) <= regex.groups)
    digits += rest[digits.length];
  return [Number(digits), digits.length];
}

function position(text: string, pattern: string, start: bigint, occurrence: bigint): number {
  if (start < 1n) invalid('start position cannot smaller than 1');
  if (occurrence < 1n) invalid('occurrence cannot smaller than 1');
  const from = [...text].slice(0, Number(start) - 1).join('').length;
  // A copy: the place where a search goes on must not reach the next caller.
  const regex = new RegExp(compile(pattern).all);
  regex.lastIndex = from;
  let left = Number(occurrence);
  for (let match = regex.exec(text); match; match = regex.exec(text)) {
    if (--left === 0) return [...text.slice(0, match.index)].length + 1;
    if (match[0] === '') regex.lastIndex++;
  }
  return -1;
}
