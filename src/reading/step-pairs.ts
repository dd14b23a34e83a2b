import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Parts } from './parts.ts';
import { said } from './parts.ts';
import { stepOf } from './rate-of.ts';

/**
 * «what share of sessions with a cart reach checkout», «of those who add to cart how many buy»: two things that are steps of
 * the shop, the second asked as a part of the first, are the funnel of both. Step ids in the glossary's order, else undefined.
 */
export function stepPair(parts: Parts, glossary: Glossary): string[] | undefined {
  const opens = parts.roles.get('of')?.some((o) => o.at === 0 || /\b(?:those|people|everyone)\b/iu.test(o.text)) ?? false;
  const asks = said(parts, 'share') || (opens && (said(parts, 'how_many') || parts.metrics.some((m) => m.counted)));
  if (!asks || parts.amounts.length > 0 || parts.dimensions.some((d) => !d.by)) return undefined;
  const metrics = parts.metrics.filter((m) => !m.population);
  const bought = parts.values.filter((v) => v.filter.dimension === 'bought' && v.filter.op === 'is');
  const found = [
    ...metrics.map((m) => ({ at: m.at, step: stepOf(m.id, glossary) })),
    ...bought.map((v) => ({ at: v.at, step: buying(glossary) })),
    ...parts.steps.map((s) => ({ at: s.at, step: s.id })),
  ].sort((a, b) => a.at - b.at);
  const steps = [...new Set(found.map((f) => f.step))];
  if (steps.length !== 2 || steps.some((s) => s === undefined)) return undefined;
  const [first, second] = steps as [string, string];
  const order = Object.keys(glossary.steps);
  return order.indexOf(first) < order.indexOf(second) ? [first, second] : undefined;
}

function buying(glossary: Glossary): string | undefined {
  const sql = glossary.dimensions.bought?.columns.sessions;
  return Object.entries(glossary.steps).find(([, s]) => s.session === sql)?.[0];
}
