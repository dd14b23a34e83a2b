/** A pattern of Trino's regular expressions as JavaScript's, or why it is none. Flags go without `g`. */
export type JavaRegex =
  | {
      readonly ok: true;
      readonly source: string;
      readonly flags: string;
      readonly groups: number;
      readonly names: readonly string[];
    }
  | { readonly ok: false; readonly reason: 'invalid' | 'unsupported'; readonly message: string };

/**
 * Rewrites a Joni pattern (Java syntax, ASCII classes, `$` also before a last line break, `.` also for `\r`) for `RegExp`
 * with the `u` flag. What has no exact counterpart is refused as unsupported: possessive quantifiers, set operations in
 * classes, `\h`, `\G`, flags in the middle other than i.
 */
export function javaRegex(pattern: string): JavaRegex {
  try {
    const leading = /^\(\?([ims]+)\)/.exec(pattern);
    const flags = leading?.[1] ?? '';
    const state: State = {
      text: pattern.slice(leading?.[0].length ?? 0),
      at: 0,
      dotAll: flags.includes('s'),
      multi: flags.includes('m'),
      groups: 0,
      names: [],
    };
    const source = convert(state);
    new RegExp(source, `u${flags.includes('i') ? 'i' : ''}`);
    return { ok: true, source, flags: `u${flags.includes('i') ? 'i' : ''}`, groups: state.groups, names: state.names };
  } catch (cause) {
    if (cause instanceof Unsupported) return { ok: false, reason: 'unsupported', message: cause.message };
    return { ok: false, reason: 'invalid', message: `Not a valid regular expression: ${pattern}` };
  }
}

class Unsupported extends Error {}

interface State {
  readonly text: string;
  readonly dotAll: boolean;
  readonly multi: boolean;
  readonly names: string[];
  at: number;
  groups: number;
}

function convert(state: State): string {
  let out = '';
  while (state.at < state.text.length) out += next(state);
  return out;
}

function next(state: State): string {
  const char = String.fromCodePoint(state.text.codePointAt(state.at) ?? 0);
  const rest = state.text.slice(state.at);
  state.at += char.length;
  if (char === '\\') return readEscape(state, false);
  if (char === '[') return charClass(state);
  if (char === '.') return state.dotAll ? '[\\s\\S]' : '[^\\n]';
  if (char === '^') return state.multi ? '(?<=^|\\n)' : '^';
  if (char === '$') return state.multi ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))';
  if (char === '(') return group(state, rest);
  if (/[*+?}]/.test(char) && state.text[state.at] === '+')
    throw new Unsupported('a possessive quantifier in a regular expression');
  if (char === '{' && !/^\{\d+(,\d*)?\}/.test(rest)) return '\\{';
  if (char === ']') return '\\]';
  if (char === '}' && !/\{\d+(,\d*)?\}$/.test(state.text.slice(0, state.at))) return '\\}';
  return char;
}

function group(state: State, rest: string): string {
  if (!rest.startsWith('(?')) {
    state.groups++;
    return '(';
  }
  const named = /^\(\?<([A-Za-z]\w*)>/.exec(rest);
  if (named) {
    state.groups++;
    state.names[state.groups - 1] = named[1] as string;
    state.at += named[0].length - 1;
    return named[0];
  }
  const plain = /^\(\?(?::|=|!|<=|<!|i:|-i:)/.exec(rest);
  if (!plain) throw new Unsupported(`${rest.slice(0, 4)} in a regular expression`);
  state.at += plain[0].length - 1;
  return plain[0];
}

function charClass(state: State): string {
  let out = '[';
  if (state.text[state.at] === '^') {
    out += '^';
    state.at++;
  }
  for (let first = true; ; first = false) {
    const code = state.text.codePointAt(state.at);
    if (code === undefined) throw new Error('unclosed class');
    const char = String.fromCodePoint(code);
    const rest = state.text.slice(state.at);
    state.at += char.length;
    if (char === ']' && !first) return `${out}]`;
    if (rest.startsWith('&&') || (char === '[' && !rest.startsWith('[:')))
      throw new Unsupported('set operations in a regular expression');
    if (char === '[') {
      out += posix(state, rest);
    } else if (char === '\\') out += readEscape(state, true);
    else out += /[\][(){}/|]/.test(char) ? `\\${char}` : char;
  }
}

function posix(state: State, rest: string): string {
  const name = /^\[:(\w+):\]/.exec(rest);
  const chars = name && POSIX[name[1] as string];
  if (!name || !chars) throw new Unsupported('this character class in a regular expression');
  state.at += name[0].length - 1;
  return chars;
}

function readEscape(state: State, inClass: boolean): string {
  const char = state.text[state.at++];
  if (char === undefined) throw new Error('a backslash at the end');
  if (/[dDwWsS]/.test(char))
    return char === 's' ? (inClass ? ' \\t\\n\\v\\f\\r' : '[ \\t\\n\\v\\f\\r]') : char === 'S' ? notSpace(inClass) : `\\${char}`;
  if (/[bB]/.test(char)) {
    if (inClass) throw new Unsupported('\\b in a character class');
    return `\\${char}`;
  }
  if (/[tnrf0]/.test(char)) return char === '0' ? `\\x${octal(state)}` : `\\${char}`;
  if (/[1-9]/.test(char)) return `\\${char}`;
  if (char === 'A' && !inClass) return '(?<![\\s\\S])';
  if (char === 'z' && !inClass) return '(?![\\s\\S])';
  if (char === 'Z' && !inClass) return '(?=\\n?(?![\\s\\S]))';
  if (char === 'Q') return quoted(state, inClass);
  if (char === 'p' || char === 'P') return property(state, char, inClass);
  if (char === 'x' || char === 'u') return unicode(state, char);
  if (char === 'k') {
    const name = /^<\w+>/.exec(state.text.slice(state.at))?.[0];
    if (!name) throw new Error('a group name is missing');
    state.at += name.length;
    return `\\k${name}`;
  }
  if (char === 'e') return '\\x1b';
  if (/[A-Za-z]/.test(char)) throw new Unsupported(`\\${char} in a regular expression`);
  return literalChar(char);
}

function notSpace(inClass: boolean): string {
  if (inClass) throw new Unsupported('\\S in a character class');
  return '[^ \\t\\n\\v\\f\\r]';
}

function octal(state: State): string {
  const digits = /^[0-7]{1,3}/.exec(state.text.slice(state.at))?.[0] ?? '';
  state.at += digits.length;
  return Number.parseInt(digits || '0', 8)
    .toString(16)
    .padStart(2, '0');
}

function quoted(state: State, inClass: boolean): string {
  if (inClass) throw new Unsupported('\\Q in a character class');
  const end = state.text.indexOf('\\E', state.at);
  const text = state.text.slice(state.at, end < 0 ? undefined : end);
  state.at = end < 0 ? state.text.length : end + 2;
  return [...text].map(literalChar).join('');
}

function property(state: State, letter: string, inClass: boolean): string {
  const name = /^\{\^?(\w+)\}/.exec(state.text.slice(state.at));
  if (!name || name[0].startsWith('{^')) throw new Unsupported('this \\p in a regular expression');
  state.at += name[0].length;
  const key = name[1] as string;
  const chars = POSIX[key.toLowerCase()];
  if (!chars) return `\\${letter}{${key.replace(/^Is/, '')}}`;
  if (inClass) {
    if (letter === 'P') throw new Unsupported('\\P in a character class');
    return chars;
  }
  return `[${letter === 'P' ? '^' : ''}${chars}]`;
}

function unicode(state: State, letter: string): string {
  const shape = letter === 'x' ? /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/ : /^([0-9A-Fa-f]{4})/;
  const found = shape.exec(state.text.slice(state.at));
  if (!found) throw new Error('bad escape');
  state.at += found[0].length;
  return `\\u{${found[1] ?? found[2]}}`;
}

function literalChar(char: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char === '-' ? '\\x2d' : char;
}

const POSIX: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '\\p{Nd}',
  alnum: '\\p{L}\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: ' \\t\\n\\v\\f\\r',
  punct: '!-\\/:-@\\[-`\\x7b-~',
  blank: ' \\t',
  xdigit: '0-9A-Fa-f',
};
