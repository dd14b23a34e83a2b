import { type CharStream, CharStreams, Interval, Token } from 'antlr4ng';

/** The characters of a text for ANTLR's lexer, counted in code points. */
export function textStream(text: string): CharStream {
  return /[\ud800-\udbff]/.test(text) ? CharStreams.fromString(text) : new PlainStream(text);
}

/** A text in which every character is one code unit: ANTLR's own stream builds each word letter by letter. */
class PlainStream implements CharStream {
  readonly #text: string;
  index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get size(): number {
    return this.#text.length;
  }

  reset(): void {
    this.index = 0;
  }

  consume(): void {
    this.index += 1;
  }

  LA(offset: number): number {
    const at = this.index + (offset < 0 ? offset : offset - 1);
    return offset === 0 ? 0 : at >= 0 && at < this.#text.length ? this.#text.charCodeAt(at) : Token.EOF;
  }

  mark(): number {
    return -1;
  }

  release(): void {}

  seek(index: number): void {
    this.index = Math.min(index, this.#text.length);
  }

  getText(from: number | Interval, to?: number): string {
    const [start, stop] = from instanceof Interval ? [from.start, from.stop] : [from, to ?? this.#text.length - 1];
    return this.#text.slice(start, stop + 1);
  }

  getSourceName(): string {
    return 'statement';
  }
}
