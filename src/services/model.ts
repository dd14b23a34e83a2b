/** A language model that is asked to call one tool. It has no other: nothing that it says has an effect of its own. */
export interface Model {
  /** Expected ends are values; a fault of the set-up (no access, unknown model) is thrown with its cause. */
  ask(request: ModelRequest, signal?: AbortSignal): Promise<ModelEnd>;
  /** Dollars that a call may cost at the list price, not less than it will; undefined where the model's price isn't known. */
  mostUsd?(request: ModelRequest): number | undefined;
}

export interface ModelRequest {
  /** The same for every question until the vocabulary changes: kept by the service between calls. */
  readonly instructions: string;
  readonly turns: readonly ModelTurn[];
  readonly tool: { readonly name: string; readonly description: string; readonly schema: { readonly [key: string]: unknown } };
  /** Tokens that the reply may have. */
  readonly maxTokens: number;
}

/** What was asked, what the model called the tool with, and what was wrong with it. */
export type ModelTurn =
  | { readonly from: 'asker'; readonly text: string }
  | { readonly from: 'model'; readonly input: unknown }
  | { readonly from: 'checker'; readonly fault: string };

/**
 * `busy`: throttled or unavailable after the retries. `timed_out`. `malformed`: no whole tool call. `refused`: the model or
 * its guardrail would not. `unrecorded`: a replay has no recording of this request.
 */
export type ModelEnd =
  | { readonly kind: 'call'; readonly input: unknown; readonly usage: ModelUsage }
  | {
      readonly kind: 'none';
      readonly code: 'busy' | 'timed_out' | 'malformed' | 'refused' | 'unrecorded';
      readonly usage: ModelUsage;
    };

/** Tokens: `cached` were read from the service's cache, `written` into it; neither is counted in `input`. */
export interface ModelUsage {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly written: number;
  /** Dollars at the list price, where it is known. */
  readonly usd?: number;
}
