import { javaDouble } from './numbers.ts';

/** One step of a Trino JSON path (`$.key`, `$["key"]`, `$[0]`): a name, and an index where the name is a number. */
export interface JsonStep {
  readonly name: string;
  readonly index: number | undefined;
}

/** Reads a Trino JSON path; undefined where Trino would call it invalid. */
export function readJsonPath(path: string): readonly JsonStep[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: JsonStep[] = [];
  const shape = /\.([\p{L}\p{Nd}_:]+)|\[(\d+|[\p{L}\p{Nd}_]+)\]|\["((?:[^"\\]|\\["\\])*)"\]/uy;
  shape.lastIndex = 1;
  while (shape.lastIndex < path.length) {
    const found = shape.exec(path);
    if (!found) return undefined;
    const name = found[1] ?? found[2] ?? (found[3] ?? '').replace(/\\(["\\])/g, '$1');
    steps.push({ name, index: found[3] === undefined && /^\d+$/.test(name) ? Number(name) : undefined });
  }
  return steps;
}

/** Thrown for a text that is not JSON at the place where it is read. */
export class JsonFault extends Error {}

/**
 * Reads JSON the way Trino's streaming parser does: only as far as needed, strictly up to there, the first of equal keys.
 * `find` leaves the scanner at the value of a path, or returns false.
 */
export class JsonScanner {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }

  find(steps: readonly JsonStep[]): boolean {
    for (const step of steps) {
      const open = this.peek();
      if (open === '{') {
        if (!this.enterMember(step.name)) return false;
      } else if (open === '[') {
        if (step.index === undefined || !this.enterElement(step.index)) return false;
      } else return false;
    }
    this.peek();
    return true;
  }

  peek(): string {
    while (/[ \t\n\r]/.test(this.text[this.at] ?? '')) this.at++;
    return this.text[this.at] ?? '';
  }

  /** The text of a string, the raw digits of a number, true, false, null; undefined (nothing read) at an object or array. */
  scalar(): string | boolean | null | undefined {
    const char = this.peek();
    if (char === '{' || char === '[') return undefined;
    if (char === '"') return this.string();
    const word = this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y);
    if (word === undefined || /[\w.+-]/.test(this.text[this.at] ?? '')) throw new JsonFault();
    return word === 'null' ? null : word === 'true' ? true : word === 'false' ? false : word;
  }

  string(): string {
    const raw = this.match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y);
    if (raw === undefined) throw new JsonFault();
    return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  }

  /** The value here as compact JSON, keys in the order they have (or sorted, the last of equal keys). */
  copy(sorted: boolean, depth = 0): string {
    if (depth > 900) throw new JsonFault();
    const open = this.peek();
    if (open === '[') return `[${this.elements(() => this.copy(sorted, depth + 1)).join(',')}]`;
    if (open !== '{') return copyScalar(open, this.scalar());
    const members = new Map<string, string>();
    const list: string[] = [];
    this.members((name) => {
      const value = this.copy(sorted, depth + 1);
      members.set(name, value);
      list.push(`${jsonString(name)}:${value}`);
    });
    if (!sorted) return `{${list.join(',')}}`;
    const names = [...members.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${names.map((name) => `${jsonString(name)}:${members.get(name)}`).join(',')}}`;
  }

  /** Whether nothing but blanks is left. */
  end(): boolean {
    return this.peek() === '';
  }

  elements<T>(read: () => T): T[] {
    this.at++;
    const values: T[] = [];
    if (this.peek() === ']') {
      this.at++;
      return values;
    }
    for (;;) {
      values.push(read());
      if (this.separator(']')) return values;
    }
  }

  members(read: (name: string) => void): void {
    this.at++;
    if (this.peek() === '}') {
      this.at++;
      return;
    }
    for (;;) {
      this.peek();
      const name = this.string();
      this.expect(':');
      read(name);
      if (this.separator('}')) return;
    }
  }

  skip(): void {
    const open = this.peek();
    if (open === '[') this.elements(() => this.skip());
    else if (open === '{') this.members(() => this.skip());
    else this.scalar();
  }

  private enterMember(wanted: string): boolean {
    this.at++;
    if (this.peek() === '}') return false;
    for (;;) {
      this.peek();
      const name = this.string();
      this.expect(':');
      if (name === wanted) return true;
      this.skip();
      if (this.separator('}')) return false;
    }
  }

  private enterElement(index: number): boolean {
    this.at++;
    if (this.peek() === ']') return false;
    for (let here = 0; ; here++) {
      if (here === index) return true;
      this.skip();
      if (this.separator(']')) return false;
    }
  }

  private separator(close: string): boolean {
    const char = this.peek();
    this.at++;
    if (char === close) return true;
    if (char !== ',') throw new JsonFault();
    return false;
  }

  private expect(char: string): void {
    if (this.peek() !== char) throw new JsonFault();
    this.at++;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

function copyScalar(open: string, value: string | boolean | null | undefined): string {
  if (open === '"') return jsonString(String(value));
  return typeof value === 'string' ? numberText(value) : String(value);
}

/** A JSON number as Trino writes it again: integers as they are, others as Java doubles. */
export function numberText(raw: string): string {
  if (/^-?\d+$/.test(raw)) return raw === '-0' ? '0' : raw;
  const value = Number(raw);
  return Number.isFinite(value) ? javaDouble(value) : JSON.stringify(String(value));
}

/** A text as Trino writes it in JSON: characters beyond the basic plane escaped as two, letters of escapes in capitals. */
export function jsonString(text: string): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const json = JSON.stringify(text.toWellFormed()).replace(/\\u00[01][0-9a-f]/g, (found) => `\\u${found.slice(2).toUpperCase()}`);
  return /[\ud800-\udfff]/.test(json) ? json.replace(/[\ud800-\udfff]/g, escaped) : json;
}
