import type { Glossary } from '../glossary/glossary-schema.ts';

/** The metric that counts the same rows with the fewest conditions less: users of new users; undefined where there is none. */
export function wholeOf(id: string, { metrics }: Glossary): string | undefined {
  const own = metrics[id]?.measure;
  if (own?.where === undefined || own.each) return undefined;
  const fits = Object.entries(metrics).filter(([other, { measure: m, hidden }]) => {
    const isWider = m?.where === undefined || own.where!.startsWith(`${m.where} AND `);
    // «share of refunds» is of no events.
    return other !== id && other !== 'events' && !hidden && m?.table === own.table && m.value === own.value && !m.each && isWider;
  });
  return fits.sort(([, a], [, b]) => (b.measure!.where?.length ?? 0) - (a.measure!.where?.length ?? 0))[0]?.[0];
}
