import { createHash } from 'node:crypto';
import type { Memory } from '../services/memory.ts';

/**
 * What was learned of the data, shared by every process of the house: one data version and one glossary at a time. A memory
 * that can't be read or written costs only the learning.
 */
export function openFactsMemory<Facts extends { readonly dataVersion: string }>(
  memory: Memory,
  glossary: unknown,
): { load(dataVersion: string): Promise<Facts | undefined>; save(facts: Facts): Promise<void> } {
  const words = createHash('sha256').update(JSON.stringify(glossary)).digest('hex');
  return {
    async load(dataVersion) {
      const kept = await memory.get<{ words: string; facts: Facts }>('facts', 'learned').catch(() => undefined);
      return kept?.value.words === words && kept.value.facts.dataVersion === dataVersion ? kept.value.facts : undefined;
    },
    async save(facts) {
      await memory.put('facts', 'learned', { words, facts }).catch(() => {});
    },
  };
}
