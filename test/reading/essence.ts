import type { Reading } from '../../src/glossary/reading.ts';

/** What of a Reading an eval holds it to: everything but the words (labels, sentences, assumed), without empty parts. */
export function essenceOf(reading: Reading): Record<string, unknown> {
  if (reading.kind === 'clarify') return { kind: 'clarify', about: reading.about };
  if (reading.kind === 'decline') return { kind: 'decline', reason: reading.reason };
  if (reading.kind === 'sql') return { kind: 'sql', sql: reading.sql };
  const { assumed: _assumed, segments, ...rest } = reading;
  const entries = Object.entries({ ...rest, ...(segments ? { segments: segments.map((s) => s.filters) } : {}) });
  return Object.fromEntries(
    entries.filter(([key, value]) => !(Array.isArray(value) && value.length === 0) && !(key === 'order' && value === 'any')),
  );
}
