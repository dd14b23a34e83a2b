import { asksForFunnel } from './build-funnel.ts';
import { type Parts, said } from './parts.ts';
import { wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/**
 * True if the text changes the thread's last Reading rather than asking anew: it names no measure of its own, or it begins
 * or ends as a follow-up does («and AOV?», «what about germany», «same for revenue», «… instead»).
 */
export function isFollowUp(parts: Parts, tokens: readonly Token[]): boolean {
  if (parts.reasons.length > 0 || parts.later.length > 0 || parts.ambiguous.length > 0) return false;
  const hasOwn =
    parts.metrics.some((m) => !m.population) || asksForFunnel(parts) || said(parts, 'bestseller') || said(parts, 'doing');
  const cued =
    /^(?:and|but|also|same|now|only|just|plus|add|what|how|ok|okay|then|or|without|with|vs|compare|instead|make|switch|change|sorry|as)$/u.test(
      wordAt(tokens, 0),
    );
  const opens =
    cued &&
    (said(parts, 'about') ||
      said(parts, 'also') ||
      said(parts, 'instead') ||
      /^(?:and|but|also|same|now|only|just|plus|add|or|without|vs|as)$/u.test(wordAt(tokens, 0)));
  const bare = parts.metrics.length === parts.content && parts.content <= 2 && parts.unknown.length === 0 && tokens.length <= 4;
  if (hasOwn) return opens || said(parts, 'instead') || bare;
  return (
    parts.content > 0 ||
    [
      'everything',
      'map',
      'line',
      'bars',
      'share',
      'trend',
      'no_picture',
      'descending',
      'ascending',
      'best',
      'worst',
      'high',
      'low',
      'in_order',
    ].some((r) => parts.roles.has(r as 'map'))
  );
}
