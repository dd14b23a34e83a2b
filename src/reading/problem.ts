/** A Reading as far as it goes, with what stands in its way. */
export interface Built<R> {
  readonly reading: R | undefined;
  /** Words that found no use: the Reading must not be answered then. */
  readonly unused: readonly string[];
  /** Asked back or declined instead, by name. */
  readonly problem?: Problem;
}

/** Why a Reading cannot be built though every word was understood. */
export type Problem =
  | { readonly about: 'measure'; readonly dimension: string | undefined }
  | { readonly about: 'average'; readonly metric: string }
  | { readonly about: 'before' }
  | { readonly about: 'ratio'; readonly subject: string }
  | { readonly about: 'bound'; readonly metric: string }
  | { readonly about: 'unsupported'; readonly subject: string };
