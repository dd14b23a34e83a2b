import { type Parts, said } from './parts.ts';

/**
 * «orders last week vs the week before in percent», «by how many percent did revenue fall»: where something is compared and
 * nothing stands behind the word, percent tells how the change is to be said, which it is anyway, and asks for no share.
 */
export function percentOfChange(parts: Parts): void {
  const shares = parts.roles.get('share');
  const compares = parts.compare !== undefined || parts.periods.length > 1 || said(parts, 'change');
  if (!shares || !compares || shares.some((s) => !isBare(s, parts))) return;
  parts.roles.delete('share');
}

function isBare({ at, text }: { at: number; text: string }, parts: Parts): boolean {
  if (!/^(?:in |as )?(?:a )?(?:%|percent|pct|perc|percentages?|percentage terms)$/iu.test(text)) return false;
  const end = at + text.split(/\s+/u).length;
  return ![...parts.values, ...parts.metrics].some((x) => x.at === end);
}
