import { ATNSimulator, DFA, type DFAState, type Parser, ParserATNSimulator, PredictionContextCache } from 'antlr4ng';

/**
 * ANTLR's prediction, which notes what one parse adds to the cache that all parses share, so that it can be forgotten:
 * counting the cache before and after, as ANTLR's sets do, costs more than the parse.
 */
export class LearningSimulator extends ParserATNSimulator {
  readonly #learned = new Set<number>();
  readonly #cache: DFA[];
  #states = 0;

  constructor(parser: Parser, cache: DFA[]) {
    super(parser, parser.atn, cache, new PredictionContextCache());
    this.#cache = cache;
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

  /** As in the base class, but for numbering the states, which only its debugging reads and which counts the whole set. */
  protected override addDFAState(dfa: DFA, state: DFAState): DFAState {
    if (state === ATNSimulator.ERROR) return state;
    const known = dfa.states.get(state);
    if (known) return known;
    if (!state.configs.readOnly) {
      state.configs.optimizeConfigs(this);
      state.configs.setReadonly(true);
    }
    dfa.states.add(state);
    this.#learned.add(dfa.decision);
    this.#states++;
    return state;
  }
}
