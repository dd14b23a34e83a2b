import { after } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** The position after «vs», «compared to», «against» …, if one stands here. */
export function versusAt(tokens: readonly Token[], at: number): number | undefined {
  const dotted = after(tokens, at, 'vs .', 'v . s .');
  return (
    dotted ??
    after(
      tokens,
      at,
      'as compared to',
      'as compared with',
      'in comparison to',
      'in comparison with',
      'compared to',
      'compared with',
      'compares to',
      'compares with',
      'compared against',
      'stacks up against',
      'stack up against',
      'compare to',
      'compare with',
      'compare it to',
      'compare it with',
      'compare that to',
      'compare that with',
      'compare this to',
      'compare this with',
      'comparing to',
      'comparing with',
      'relative to',
      'measured against',
      'and compare to',
      'and compare with',
      'and compare it with',
      'and compare it to',
      'change vs',
      'change from',
      'change since',
      'versus',
      'against',
      'vs',
      'v',
      'than in',
      'than',
    )
  );
}
