import { after, type Found, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import { versusAt } from './versus-at.ts';

/** «mobile vs all», «germany compared to the shop average», «overall vs safari»: one side is everybody. */
export function parseBaseline(tokens: readonly Token[], at: number): Found<'all' | 'average'> | undefined {
  const the = after(tokens, at, 'that of the', 'the', 'our') ?? at;
  const average = after(
    tokens,
    the,
    'overall average',
    'total average',
    'general average',
    'shop average',
    'site average',
    'store average',
    'website average',
    'average of the shop',
    'average of the whole shop',
    'average overall',
    'average across all',
    'average',
    'avg',
    'mean',
  );
  const all = after(
    tokens,
    the,
    'whole shop',
    'whole site',
    'whole store',
    'entire shop',
    'entire site',
    'overall',
    'total',
    'totals',
    'everyone',
    'everybody',
    'everything',
    'all of them',
    'all users',
    'all visitors',
    'all sessions',
    'all traffic',
    'all',
  );
  const to = average ?? all;
  if (to === undefined || !stands(tokens, at, to)) return undefined;
  return { value: average === undefined ? 'all' : 'average', to };
}

/** Right behind «vs», with nothing but a measure after it, or right before «vs». */
function stands(tokens: readonly Token[], at: number, to: number): boolean {
  const isSecond = [1, 2, 3, 4].some((back) => at - back >= 0 && versusAt(tokens, at - back) === at);
  const isNarrowed = /^(?:other|others|else|the|of|but|except)$/u.test(wordAt(tokens, to));
  return (isSecond && !isNarrowed) || versusAt(tokens, to) !== undefined;
}
