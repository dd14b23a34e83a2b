import type { ATNSimulator, DFA, RecognitionException, Recognizer, Token } from 'antlr4ng';
import { BaseErrorListener, DefaultErrorStrategy, NoViableAltException, PredictionMode, Token as Tokens } from 'antlr4ng';
import type { SingleStatementContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { TrinoSqlParser } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { LearningSimulator } from './learning-simulator.ts';
import type { Scan } from './scan-tokens.ts';
import { scanTokens } from './scan-tokens.ts';
import type { SyntaxFault } from './syntax-fault.ts';

export interface TrinoParse {
  readonly ok: true;
  /** The whole statement; its classes are those of `dt-sql-parser/dist/lib/trino/TrinoSqlParser.js`. */
  readonly tree: SingleStatementContext;
  /** Every token but comments and white space; the last is EOF. `start` and `stop` count code points, inclusive. */
  readonly tokens: readonly Token[];
}

/**
 * Reads one Athena statement by Trino's grammar, or says where it stops being one. It says nothing about what the
 * statement may do: that is `guard.ts`. Pure but for ANTLR's caches, and quick (about 1 ms per KB once warm); a text that
 * was never checked belongs into the guard's worker, since only that one has a time limit.
 */
export function parseTrino(text: string): TrinoParse | SyntaxFault {
  const scan = scanTokens(text);
  if (!scan.ok) return scan;
  const parser = new TrinoSqlParser(scan.stream);
  const simulator = new LearningSimulator(parser, parser.interpreter.decisionToDFA);
  parser.interpreter = simulator;
  const mode = scan.depth > SLL_DEPTH ? PredictionMode.LL : PredictionMode.SLL;
  const quick = attempt(parser, scan, mode, new QuickStrategy());
  // Only a text that failed is worth the care that finds what was expected where.
  const end = quick instanceof Stopped ? attempt(parser, scan, PredictionMode.LL, new DefaultErrorStrategy()) : quick;
  if (quick instanceof Stopped) simulator.forget();
  else keepSmall(parser, simulator);
  if (!(end instanceof Stopped)) return { ok: true, tree: end, tokens: scan.tokens };
  return faultAt(end, scan.tokens);
}

/** ANTLR's quick prediction halves the time of ordinary texts, and took 20 s for one that nests 22 deep. */
const SLL_DEPTH = 10;

/** About 60 MB of cache; the public queries together make 10,000 states. */
const MAX_CACHED_STATES = 30_000;

/** States that all parses since the last clearing have added. */
const cached = new WeakMap<readonly DFA[], number>();

/** After a failed parse ANTLR's cache can make a later, well-formed text run for minutes: `forget` drops what that one taught it. */
function keepSmall(parser: TrinoSqlParser, simulator: LearningSimulator): void {
  const cache = parser.interpreter.decisionToDFA;
  const states = (cached.get(cache) ?? 0) + simulator.states;
  cached.set(cache, states > MAX_CACHED_STATES ? 0 : states);
  if (states > MAX_CACHED_STATES) simulator.clearDFA();
}

/** Leaves out the look ahead at every loop, which only makes errors more exact. */
class QuickStrategy extends DefaultErrorStrategy {
  override sync(): void {}
}

function attempt(
  parser: TrinoSqlParser,
  scan: Scan,
  mode: number,
  strategy: DefaultErrorStrategy,
): SingleStatementContext | Stopped {
  scan.stream.seek(0);
  parser.reset();
  parser.removeErrorListeners();
  parser.addErrorListener(new StopAtFirst(parser));
  parser.errorHandler = strategy;
  parser.interpreter.predictionMode = mode;
  try {
    const tree = parser.singleStatement();
    return scan.stream.LA(1) === Tokens.EOF ? tree : new Stopped(scan.stream.farthest, []);
  } catch (end) {
    if (end instanceof RangeError) return new Stopped(scan.stream.farthest, [], 'too_deep');
    if (!(end instanceof Stopped)) throw end;
    // ANTLR often reports where a decision began; nothing from the farthest token on can be read, so that is the fault.
    return end.token.tokenIndex >= scan.stream.farthest.tokenIndex ? end : new Stopped(scan.stream.farthest, []);
  }
}

/** Not an error but the way out of ANTLR at the first fault: its own recovery is slow and invents tokens. */
class Stopped {
  readonly token: Token;
  readonly expected: readonly string[];
  readonly code: 'syntax' | 'too_deep';

  constructor(token: Token, expected: readonly string[], code: 'syntax' | 'too_deep' = 'syntax') {
    this.token = token;
    this.expected = expected;
    this.code = code;
  }
}

class StopAtFirst extends BaseErrorListener {
  readonly #parser: TrinoSqlParser;

  constructor(parser: TrinoSqlParser) {
    super();
    this.#parser = parser;
  }

  override syntaxError<S extends Token, T extends ATNSimulator>(
    _recognizer: Recognizer<T>,
    token: S | null,
    _line: number,
    _column: number,
    _message: string,
    cause: RecognitionException | null,
  ): void {
    throw new Stopped(token ?? this.#parser.getCurrentToken(), expectedTokens(this.#parser, cause));
  }
}

/** Words as they are written: keywords in capitals, signs as themselves, `a name`, `a text`, `a number`. */
function expectedTokens(parser: TrinoSqlParser, cause: RecognitionException | null): readonly string[] {
  const types = new Set<number>();
  if (cause instanceof NoViableAltException) {
    // The states in which the prediction died know what they waited for; the rule's own start knows far too much.
    for (const config of cause.deadEndConfigs?.configs ?? [])
      for (const transition of config.state.transitions) for (const type of transition.label?.toArray() ?? []) types.add(type);
  } else {
    for (const type of parser.getExpectedTokens().toArray()) types.add(type);
  }
  // Where a name can stand, each of the 180 words that are not reserved can stand too: «a name» says it.
  if (types.has(TrinoSqlParser.IDENTIFIER)) for (const type of namesAsWords(parser)) types.delete(type);
  return [...new Set([...types].map(tokenWord))].filter((word) => word !== '').sort();
}

function namesAsWords(parser: TrinoSqlParser): readonly number[] {
  const start = parser.atn.ruleToStartState[TrinoSqlParser.RULE_nonReserved];
  return start ? parser.atn.nextTokens(start).toArray() : [];
}

function tokenWord(type: number): string {
  const literal = TrinoSqlParser.literalNames[type];
  if (literal) return literal.slice(1, -1);
  return WORDS[TrinoSqlParser.symbolicNames[type] ?? ''] ?? '';
}

const WORDS: Readonly<Record<string, string>> = {
  IDENTIFIER: 'a name',
  QUOTED_IDENTIFIER: 'a name',
  STRING: 'a text',
  INTEGER_VALUE: 'a number',
  DECIMAL_VALUE: 'a number',
};

function faultAt(stopped: Stopped, tokens: readonly Token[]): SyntaxFault {
  const { token, expected, code } = stopped;
  const index = tokens.findIndex((other) => other.tokenIndex === token.tokenIndex);
  const after = tokens[index - 1]?.text;
  const found = token.type === Tokens.EOF ? '' : (token.text ?? '');
  const place = { line: token.line, column: token.column + 1, offset: token.start };
  return { ok: false, code, ...place, found, expected, ...(after ? { after } : {}) };
}
