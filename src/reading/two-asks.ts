import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading, DataReading } from '../glossary/reading.ts';
import { short } from './ask-back.ts';
import { textOf } from './cover.ts';
import type { Parts } from './parts.ts';
import { askReading, sayReading } from './say-reading.ts';
import type { Token } from './tokenise.ts';

/**
 * Two questions in one sentence that no one answer holds («revenue by device and orders by country», «orders last week and
 * revenue this month», «top 5 products and top 5 brands»): asked back with each by itself.
 */
export function twoAsks(tokens: readonly Token[], parts: Parts): ClarifyReading | undefined {
  const second = secondAsk(parts);
  const cut = second === undefined ? undefined : parts.joins.filter((j) => j.at < second && !j.or).at(-1);
  if (second === undefined || !cut) return undefined;
  const halves = [textOf(tokens, 0, cut.at), textOf(tokens, cut.at + 1, tokens.length)];
  return clarify(
    'Those are two questions. Which one first?',
    halves.map((h) => ({ label: short(h), question: h })),
  );
}

/** «top 3 and bottom 3 channels by conversion»: each end by itself. */
export function bothEnds(parts: Parts, reading: DataReading | undefined, glossary: Glossary): ClarifyReading | undefined {
  const limits = parts.ranks.filter((r) => /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b/u.test(r.text));
  const [a, b] = parts.ranks.filter((r) => r.way !== 'none' && r.way !== 'busy');
  const isUp = (r: typeof a) => r?.way === 'high' || r?.way === 'best';
  if (reading?.kind !== 'metric' || !reading.order || limits.length === 0 || !a || !b || isUp(a) === isUp(b)) return undefined;
  const ends = (['desc', 'asc'] as const).map((direction) => ({
    ...reading,
    order: { by: reading.order!.by, direction },
    limit: parts.limit ?? 10,
  }));
  return clarify(
    'The top and the bottom are two tables. Which one first?',
    ends.map((end) => ({ label: short(sayReading(end, glossary)), question: askReading(end, glossary) })),
  );
}

function clarify(question: string, choices: ClarifyReading['choices']): ClarifyReading {
  return { kind: 'clarify', about: 'meaning', question, choices };
}

/** Where the second ask begins. */
function secondAsk(parts: Parts): number | undefined {
  return ownBreakdowns(parts) ?? ownTimes(parts) ?? ownLimits(parts) ?? ownRanks(parts);
}

/** «revenue by device and orders by country» */
function ownBreakdowns(parts: Parts): number | undefined {
  const by = parts.dimensions.filter((d) => d.by);
  return parts.metrics.find(
    (m) =>
      !m.per &&
      parts.metrics.some((x) => by.some((d) => x.at < d.at && d.at < m.at)) &&
      by.some((d) => d.at > m.at && !by.some((e) => e.at < m.at && e.id === d.id)) &&
      parts.joins.some((j) => j.at < m.at && by.some((d) => d.at < j.at)),
  )?.at;
}

/** «orders last week and revenue this month» */
function ownTimes(parts: Parts): number | undefined {
  const [first, second] = parts.periods;
  if (!first || !second || parts.compare || parts.versus.length > 0 || parts.roles.has('change') || parts.roles.has('compare'))
    return undefined;
  const isOther = (m: Parts['metrics'][number]) => !parts.metrics.some((x) => x.at < first.at && x.id === m.id);
  const before = parts.metrics.some((m) => m.at < first.at);
  const after = parts.metrics.find((m) => m.at > first.at && isOther(m));
  // «what was the revenue in october and how many orders in september», also the other way round.
  return before && after && Math.abs(second.at - after.at) < 6 ? after.at : undefined;
}

/** «top 5 products and top 5 brands by revenue» */
function ownLimits(parts: Parts): number | undefined {
  const limits = parts.ranks.filter((r) => /\d/u.test(r.text));
  const [first, second] = limits;
  if (!first || !second) return undefined;
  const dimensionAfter = (from: number, to: number) => parts.dimensions.find((d) => d.at > from && d.at < to)?.id;
  const [a, b] = [dimensionAfter(first.at, second.at), dimensionAfter(second.at, Number.POSITIVE_INFINITY)];
  return a !== undefined && b !== undefined && a !== b ? second.at : undefined;
}

/** «which country has most sessions and which the best conversion» */
function ownRanks(parts: Parts): number | undefined {
  const [first, second] = parts.roles.get('which') ?? [];
  if (!first || !second) return undefined;
  const ranked = (from: number, to: number) =>
    parts.ranks.some((r) => r.at > from && r.at < to) ? parts.metrics.find((m) => m.at > from && m.at < to)?.id : undefined;
  const [a, b] = [ranked(first.at, second.at), ranked(second.at, Number.POSITIVE_INFINITY)];
  return a !== undefined && b !== undefined && a !== b ? second.at : undefined;
}
