import type { Glossary } from './glossary-schema.ts';
import { type Reading, readingSchema } from './reading.ts';
import { withMade } from './with-made.ts';

/** Unknown data → a Reading whose every id the glossary has, or one sentence about the first fault. */
export function checkReading(
  data: unknown,
  glossary: Glossary,
): { readonly ok: true; readonly reading: Reading } | { readonly ok: false; readonly message: string } {
  const parsed = readingSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return {
      ok: false,
      message: `The reading has a fault at ${issue.path.map(String).join(' › ') || 'its top'}: ${issue.message}.`,
    };
  }
  const lost = firstUnknown(parsed.data, glossary);
  return lost ? { ok: false, message: lost } : { ok: true, reading: parsed.data };
}

function firstUnknown(reading: Reading, own: Glossary): string | undefined {
  if (reading.kind === 'clarify' || reading.kind === 'decline' || reading.kind === 'sql') return undefined;
  const glossary = withMade(reading, own);
  const metrics = reading.kind === 'metric' ? [...reading.metrics, ...reading.having.map((h) => h.metric)] : [];
  const metric = metrics.find((id) => !Object.hasOwn(glossary.metrics, id));
  if (metric) return `The glossary has no metric ${metric}.`;

  const parts = reading.kind === 'metric' ? (reading.made ?? []).flatMap((m) => (m.type === 'part' ? m.filters : [])) : [];
  const filters = [...reading.filters, ...parts, ...(reading.segments ?? []).flatMap((s) => s.filters)].map((f) => f.dimension);
  const dimensions =
    reading.kind === 'metric' ? [...reading.dimensions, ...filters] : [...(reading.by ? [reading.by] : []), ...filters];
  const dimension = dimensions.find((id) => !Object.hasOwn(glossary.dimensions, id));
  if (dimension) return `The glossary has no dimension ${dimension}.`;

  if (reading.kind === 'metric' && reading.within !== undefined && !reading.dimensions.includes(reading.within))
    return `The share is within ${reading.within}, by which the reading is not broken down.`;

  const step = reading.kind === 'funnel' ? reading.steps.find((id) => !Object.hasOwn(glossary.steps, id)) : undefined;
  return step ? `The glossary has no step ${step}.` : undefined;
}
