import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Filter } from '../glossary/reading.ts';
import type { Parts } from './parts.ts';

/** «ios version breakdown»: the name of a dimension that starts with a value of the one it details narrows to that value. */
export function impliedValues(parts: Parts, glossary: Glossary): Filter[] {
  return parts.dimensions.flatMap(({ id, text }) => {
    const [first, ...more] = text.toLowerCase().split(/\s+/u);
    if (more.length === 0) return [];
    return Object.entries(glossary.dimensions).flatMap(([other, dimension]) => {
      if (other === id || !id.startsWith(`${other}_`) || parts.values.some((v) => v.filter.dimension === other)) return [];
      const value = Object.entries(dimension.values).find(([key, v]) =>
        [key, v.label, ...v.synonyms].some((p) => p.toLowerCase() === first),
      );
      return value ? [{ dimension: other, op: 'is' as const, values: [value[0]] }] : [];
    });
  });
}
