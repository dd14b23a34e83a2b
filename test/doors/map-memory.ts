import type { Memory, PutOptions } from '../../src/services/memory.ts';

/** Memory in a Map: values pass through JSON, as they would over a wire. `expiresAt` is not watched. */
export function openMapMemory(): Memory {
  const kept = new Map<string, { text: string; version: number }>();
  const key = (kind: string, id: string) => `${kind}\n${id}`;
  return {
    async get<T>(kind: string, id: string) {
      const found = kept.get(key(kind, id));
      return found && { value: JSON.parse(found.text) as T, version: found.version };
    },
    async put<T>(kind: string, id: string, value: T, options: PutOptions = {}) {
      const found = kept.get(key(kind, id));
      if (options.if === 'absent' && found) return false;
      if (typeof options.if === 'number' && found?.version !== options.if) return false;
      kept.set(key(kind, id), { text: JSON.stringify(value), version: (found?.version ?? 0) + 1 });
      return true;
    },
    async delete(kind, id) {
      kept.delete(key(kind, id));
    },
    async list<T>(kind: string, prefix = '') {
      return [...kept]
        .filter(([k]) => k.startsWith(key(kind, prefix)))
        .map(([k, { text, version }]) => ({ id: k.split('\n')[1]!, value: JSON.parse(text) as T, version }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    async close() {},
  };
}
