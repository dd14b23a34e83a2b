import type { ATNSimulator, DFA, RecognitionException, Recognizer, Token } from 'antlr4ng';
import { BaseErrorListener, DefaultErrorStrategy, NoViableAltException, Token as Tokens } from 'antlr4ng';
import type { SingleStatementContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { TrinoSqlParser } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { LearningSimulator, TooManyDecisions } from './learning-simulator.ts';
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
  const end = read(scan);
  return end instanceof Stopped ? faultAt(end, scan.tokens) : { ok: true, tree: end, tokens: scan.tokens };
}

/** What all parses share beside ANTLR's cache. */
interface Knowledge {
  /** Decisions that need their context. */
  readonly contextual: Set<number>;
  /** States that have been added to the cache since it was last emptied. */
  states: number;
}

const known = new WeakMap<readonly DFA[], Knowledge>();

function knowledgeOf(cache: readonly DFA[]): Knowledge {
  const found = known.get(cache);
  if (found) return found;
  const knowledge = { contextual: new Set<number>(), states: 0 };
  known.set(cache, knowledge);
  for (const text of LESSONS) parseTrino(text);
  return knowledge;
}

/** Constructs that a quick reading gets wrong: reading each once teaches which decisions need their context. */
const LESSONS = [
  'EXPLAIN ANALYZE VERBOSE SELECT 1',
  'SELECT 1 FROM t CROSS JOIN LATERAL (VALUES 1)',
  'SELECT 1 FROM t TABLESAMPLE SYSTEM (10) JOIN u TABLESAMPLE BERNOULLI (30) ON t.a = u.a',
  'SELECT 1 FROM t WHERE a >= ALL (VALUES 1)',
];

function read(scan: Scan): SingleStatementContext | Stopped {
  const parser = new TrinoSqlParser(scan.stream);
  const cache = parser.interpreter.decisionToDFA;
  const knowledge = knowledgeOf(cache);
  const simulator = new LearningSimulator(parser, cache, knowledge.contextual);
  parser.interpreter = simulator;
  const quick = attempt(parser, scan, new QuickStrategy());
  if (!(quick instanceof Stopped)) {
    keepSmall(simulator, knowledge);
    return quick;
  }
  // After a failed parse ANTLR's cache can make a later, well-formed text run for minutes.
  simulator.forget();
  simulator.decideExactly(scan.depth > EXACT_DEPTH ? 0 : MAX_EXACT);
  const exact = attempt(parser, scan, new DefaultErrorStrategy());
  if (!(exact instanceof Stopped)) for (const decision of simulator.differing) knowledge.contextual.add(decision);
  else simulator.forget();
  if (!(exact instanceof Stopped) || exact.code !== 'too_many_decisions') return exact;
  simulator.decideQuickly();
  const careful = attempt(parser, scan, new DefaultErrorStrategy());
  simulator.forget();
  return careful;
}

/** About 0.4 s; a text of 1 KB needs 50 to 200 exact answers to find out that it is none. */
const MAX_EXACT = 400;

/** Exact answers compare whole stacks of rules: about 0.1 s for a faulty text that nests 12 deep, 20 s for one of 22. */
const EXACT_DEPTH = 12;

/** About 60 MB of cache; the public queries together make 10,000 states. */
const MAX_CACHED_STATES = 30_000;

function keepSmall(simulator: LearningSimulator, knowledge: Knowledge): void {
  knowledge.states += simulator.states;
  if (knowledge.states <= MAX_CACHED_STATES) return;
  simulator.clearDFA();
  knowledge.states = 0;
}

/** Leaves out the look ahead at every loop, which only makes errors more exact. */
class QuickStrategy extends DefaultErrorStrategy {
  override sync(): void {}
}

function attempt(parser: TrinoSqlParser, scan: Scan, strategy: DefaultErrorStrategy): SingleStatementContext | Stopped {
  scan.stream.seek(0);
  parser.reset();
  parser.removeErrorListeners();
  parser.addErrorListener(new StopAtFirst(parser));
  parser.errorHandler = strategy;
  try {
    const tree = parser.singleStatement();
    return scan.stream.LA(1) === Tokens.EOF ? tree : new Stopped(scan.stream.farthest, []);
  } catch (end) {
    if (end instanceof TooManyDecisions) return new Stopped(scan.stream.farthest, [], 'too_many_decisions');
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
  readonly code: SyntaxFault['code'] | 'too_many_decisions';

  constructor(token: Token, expected: readonly string[], code: Stopped['code'] = 'syntax') {
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
  return {
    ok: false,
    code: code === 'too_many_decisions' ? 'syntax' : code,
    ...place,
    found,
    expected,
    ...(after ? { after } : {}),
  };
}
