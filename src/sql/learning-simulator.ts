import {
  ATNConfig,
  type ATNConfigSet,
  ATNSimulator,
  DFA,
  type DFAState,
  type Parser,
  ParserATNSimulator,
  type ParserRuleContext,
  type PredicateTransition,
  PredictionMode,
  type TokenStream,
} from 'antlr4ng';

/**
 * ANTLR's prediction for one parse. Where a decision depends on what stands around it ANTLR has an exact answer, which costs
 * about 1 ms and is not kept, and a quick one, which is right for all but a few decisions of the grammar: those are `contextual`.
 * It also notes what the parse adds to the cache that all parses share, so that it can be forgotten: counting the cache
 * before and after, as ANTLR's sets do, costs more than the parse.
 */
export class LearningSimulator extends ParserATNSimulator {
  readonly #learned = new Set<number>();
  readonly #cache: DFA[];
  readonly #contextual: ReadonlySet<number>;
  #states = 0;
  #exactLeft = 0;
  #exact = false;

  /** Decisions for which the quick answer was not the exact one. */
  readonly differing = new Set<number>();

  constructor(parser: Parser, cache: DFA[], contextual: ReadonlySet<number>) {
    // No cache of contexts: it compares whole stacks of rules, and took 20 s for 60 bytes that nest 22 deep.
    super(parser, parser.atn, cache, null);
    this.#cache = cache;
    this.#contextual = contextual;
  }

  /** From here on every decision gets its exact answer, for so many of them; after that `TooManyDecisions` is thrown. */
  decideExactly(most: number): void {
    this.#exact = true;
    this.#exactLeft = most;
  }

  /** From here on only the contextual decisions get their exact answer. */
  decideQuickly(): void {
    this.#exact = false;
  }

  /** How many states this parse has added. */
  get states(): number {
    return this.#states;
  }

  /** Drops what is cached for every decision to which this parse has added something. */
  forget(): void {
    for (const decision of this.#learned) this.#cache[decision] = new DFA(this.atn.getDecisionState(decision), decision);
    this.#learned.clear();
    this.#states = 0;
  }

  override adaptivePredict(input: TokenStream, decision: number, outer: ParserRuleContext | null): number {
    this.predictionMode = this.#exact || this.#contextual.has(decision) ? PredictionMode.LL : PredictionMode.SLL;
    return super.adaptivePredict(input, decision, outer);
  }

  /**
   * The grammar's own conditions ask only what the parser is used for, so they hold or fail everywhere. ANTLR asks them late:
   * it takes an empty column for possible and looks to the end of a list to decide each of its items.
   */
  protected override predTransition(config: ATNConfig, transition: PredicateTransition): ATNConfig | null {
    const holds = this.parser.sempred(null, transition.ruleIndex, transition.predIndex);
    return holds ? new ATNConfig({ state: transition.target }, config) : null;
  }

  protected override execATNWithFullContext(
    dfa: DFA,
    state: DFAState,
    start: ATNConfigSet,
    input: TokenStream,
    index: number,
    outer: ParserRuleContext,
  ): number {
    if (this.#exact && this.#exactLeft-- <= 0) throw new TooManyDecisions();
    const decided = super.execATNWithFullContext(dfa, state, start, input, index, outer);
    if (decided !== state.prediction) this.differing.add(dfa.decision);
    return decided;
  }

  /** As in the base class, but for sharing contexts and for numbering states, which counts the whole set for debugging only. */
  protected override addDFAState(dfa: DFA, state: DFAState): DFAState {
    if (state === ATNSimulator.ERROR) return state;
    const known = dfa.states.get(state);
    if (known) return known;
    if (!state.configs.readOnly) state.configs.setReadonly(true);
    dfa.states.add(state);
    this.#learned.add(dfa.decision);
    this.#states++;
    return state;
  }
}

/** Not an error but the way out of ANTLR when exact answers would take too long. */
export class TooManyDecisions {}
