import type { Glossary } from '../glossary/glossary-schema.ts';
import type { MetricReading } from '../glossary/reading.ts';
import { type Parts, said } from './parts.ts';

/** Function words that ask for something which this Reading does not do. */
export function idleWords(parts: Parts, reading: MetricReading, glossary: Glossary): string[] {
  const texts = (role: Parameters<typeof said>[1]) => parts.roles.get(role)?.map((x) => x.text) ?? [];
  const out: string[] = [...texts('anaphora'), ...texts('first_choice')];
  if (said(parts, 'lose')) out.push(...texts('lose'));
  const isTime = reading.metrics.some((id) => ['seconds', 'milliseconds', 'days'].includes(glossary.metrics[id]?.unit ?? ''));
  if (said(parts, 'how_long') && !isTime) out.push(...texts('how_long'));
  if (parts.ranks.some((r) => r.way === 'long') && !isTime) out.push(...texts('long'));
  if (!reading.made?.some((m) => m.type === 'distinct')) out.push(...texts('distinct'));
  // «where do people buy, by hour» asks for a place too.
  const isSomewhere = reading.dimensions.some(
    (d) => !/^(?:hour|weekday|day_type|device|browser|os|visitor_type|login|currency)$/u.test(d),
  );
  if (said(parts, 'where') && !isSomewhere) out.push(...texts('where'));
  if (said(parts, 'in_order')) out.push(...texts('in_order'));
  if (parts.window !== undefined) out.push('the time window');
  if (parts.chain) out.push('the steps');
  out.push(...parts.steps.map((s) => s.id));
  if (said(parts, 'better_than') && !reading.segments && reading.dimensions.length === 0 && !reading.compare)
    out.push(...texts('better_than'));
  if (said(parts, 'before') && reading.compare?.type === 'period') out.push(...texts('before'));
  // «revenue split»: by what is not said.
  const isWhole = reading.dimensions.length === 0 && !reading.segments && !reading.grain;
  if (isWhole) out.push(...texts('split').filter((t) => /split|breakdown|broken|break|segment|divided|grouped/iu.test(t)));
  if (said(parts, 'include') && !reading.bots) out.push(...texts('include'));
  const isTaken =
    parts.bots !== undefined ||
    parts.absent.length > 0 ||
    reading.segments ||
    parts.amounts.some((a) => a.inverted) ||
    [...reading.filters, ...(reading.made ?? []).flatMap((m) => (m.type === 'part' ? m.filters : []))].some((f) =>
      /not/u.test(f.op),
    );
  if (said(parts, 'not') && !isTaken) out.push(...texts('not'));
  return out;
}
