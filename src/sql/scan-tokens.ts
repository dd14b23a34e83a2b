import { CommonTokenStream, Token } from 'antlr4ng';
import { TrinoSqlLexer } from 'dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js';
import type { SyntaxFault } from './syntax-fault.ts';
import { textStream } from './text-stream.ts';

/** Most tokens that a statement may have; the longest public query has under 6,000. */
export const MAX_TOKENS = 20_000;
/** Deepest nesting of ( [ < CASE and lambdas; public queries reach 11, and ANTLR's time explodes above about 26. */
export const MAX_DEPTH = 24;

export interface Scan {
  readonly ok: true;
  readonly stream: TokenStream;
  /** Every token but comments and white space, the last one is EOF. */
  readonly tokens: readonly Token[];
  /** The deepest nesting in it. */
  readonly depth: number;
}

/** Splits a text into Trino's tokens and refuses what no Athena statement has: unknown characters, backquotes, too deep nesting. */
export function scanTokens(text: string): Scan | SyntaxFault {
  const lexer = new TrinoSqlLexer(textStream(text));
  lexer.removeErrorListeners();
  const stream = new TokenStream(lexer);
  stream.fill();
  const tokens = stream.getTokens().filter((token) => token.channel === Token.DEFAULT_CHANNEL);
  if (tokens.length > MAX_TOKENS) return fault('too_many_tokens', tokens[MAX_TOKENS]!);
  const faulty = faultyToken(tokens) ?? severalStatements(tokens);
  if (faulty) return faulty;
  const depth = depthOf(tokens);
  return typeof depth === 'number' ? { ok: true, stream, tokens, depth } : depth;
}

/** A token stream that remembers the farthest token that a parser looked at. */
export class TokenStream extends CommonTokenStream {
  #farthest: Token | undefined;

  get farthest(): Token {
    return this.#farthest ?? this.get(0);
  }

  override LT(k: number): Token | null {
    const token = super.LT(k);
    // Error recovery also looks one further, which reads nothing.
    if (k === 1 && token && token.tokenIndex > (this.#farthest?.tokenIndex ?? -1)) this.#farthest = token;
    return token;
  }
}

function faultyToken(tokens: readonly Token[]): SyntaxFault | undefined {
  for (const [index, token] of tokens.entries()) {
    const code = tokenFault(token);
    if (code) return fault(code, token, tokens[index - 1]);
  }
  return undefined;
}

function tokenFault(token: Token): SyntaxFault['code'] | undefined {
  switch (token.type) {
    case TrinoSqlLexer.UNRECOGNIZED:
      return token.text === "'" || token.text === '"' ? 'unclosed_quote' : 'unknown_character';
    case TrinoSqlLexer.BACKQUOTED_IDENTIFIER:
      return 'backquote';
    case TrinoSqlLexer.DIGIT_IDENTIFIER:
      return 'digit_name';
    case TrinoSqlLexer.QUOTED_IDENTIFIER:
      return token.text === '""' ? 'empty_name' : undefined;
    default:
      return undefined;
  }
}

function severalStatements(tokens: readonly Token[]): SyntaxFault | undefined {
  const first = tokens.findIndex((token) => token.type === TrinoSqlLexer.SEMICOLON);
  if (first < 0 || tokens[first + 1]?.type === Token.EOF) return undefined;
  return fault('several_statements', tokens[first + 1]!, tokens[first]);
}

/** The deepest nesting, or the place where it becomes too deep. */
function depthOf(tokens: readonly Token[]): number | SyntaxFault {
  let depth = 0;
  let deepest = 0;
  let run = 0;
  for (const [index, token] of tokens.entries()) {
    depth = Math.max(0, depth + depthStep(token, tokens[index + 1]));
    deepest = Math.max(deepest, depth);
    run = RUNS.has(token.type) ? run + 1 : 0;
    if (depth > MAX_DEPTH || run > MAX_DEPTH) return fault('too_deep', token);
  }
  return deepest;
}

const RUNS: ReadonlySet<number> = new Set([
  TrinoSqlLexer.KW_NOT,
  TrinoSqlLexer.PLUS,
  TrinoSqlLexer.MINUS,
  TrinoSqlLexer.KW_EXPLAIN,
  TrinoSqlLexer.KW_ANALYZE,
  TrinoSqlLexer.KW_VERBOSE,
]);

function depthStep(token: Token, next: Token | undefined): number {
  if (token.text === '(' || token.text === '[' || token.type === TrinoSqlLexer.KW_CASE) return 1;
  if (token.text === ')' || token.text === ']' || token.type === TrinoSqlLexer.KW_END) return -1;
  // array<…> and map<…> nest in types; a comparison never follows these two words directly.
  if ((token.type === TrinoSqlLexer.KW_ARRAY || token.type === TrinoSqlLexer.KW_MAP) && next?.type === TrinoSqlLexer.LT) return 1;
  return 0;
}

function fault(code: SyntaxFault['code'], token: Token, after?: Token): SyntaxFault {
  const found = token.type === Token.EOF ? '' : (token.text ?? '');
  const place = { line: token.line, column: token.column + 1, offset: token.start };
  return { ok: false, code, ...place, found, expected: [], ...(after ? { after: after.text ?? '' } : {}) };
}
