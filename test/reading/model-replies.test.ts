import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import type { DataFacts } from '../../src/glossary/data-facts.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { readingJsonSchema } from '../../src/glossary/reading-json-schema.ts';
import { compose } from '../../src/metrics/compose.ts';
import { readModelReply } from '../../src/reading/model-reply.ts';
import { sayReading } from '../../src/reading/say-reading.ts';
import { checkSql } from '../../src/sql/guard.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const catalog = houseCatalog(glossary);
const facts: DataFacts = {
  firstDay: '2026-01-01',
  lastDay: '2026-11-23',
  newestEventTime: '2026-11-24T06:00:00Z',
  lastRunAt: null,
  dataVersion: 'v1',
  seenEvents: [],
  values: { brand: ['Acme', "O'Neill"], product: ['Sock'] },
};
const context = {
  glossary,
  now: '2026-11-24T09:00:00Z',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  firstDay: facts.firstDay,
  lastDay: facts.lastDay,
  newestEventTime: facts.newestEventTime,
};

/** Mulberry32: the same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Whatever the tool's schema allows, with names that mostly exist. */
function makeReplies(random: () => number) {
  const root = readingJsonSchema() as { properties: { reading: Schema }; $defs?: Record<string, Schema> };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const metrics = Object.keys(glossary.metrics).filter((id) => !glossary.metrics[id]!.hidden);
  const dimensions = Object.keys(glossary.dimensions);
  const words: Record<string, () => string> = {
    metrics: () => pick(metrics),
    metric: () => pick(metrics),
    dimensions: () => pick(dimensions),
    dimension: () => pick(dimensions),
    by: () => pick(['time', ...metrics, ...dimensions]),
    steps: () => pick(Object.keys(glossary.steps)),
    values: () => pick(['unknown', 'mobile', 'DE', 'true', '5', '0', '-3', "O'Neill", 'acme', 'email', 'eu', '%', 'a;b--']),
  };
  const make = (schema: Schema, name: string): unknown => {
    if (schema.$ref) return make(root.$defs![schema.$ref.split('/').at(-1)!]!, name);
    if (schema.anyOf) return make(pick(schema.anyOf), name);
    if (schema.enum) return pick(schema.enum);
    if ('const' in schema) return schema.const;
    switch (schema.type) {
      case 'object': {
        const chosen = Object.entries(schema.properties ?? {}).filter(
          ([key]) => schema.required?.includes(key) || random() < 0.25,
        );
        return Object.fromEntries(chosen.map(([key, part]) => [key, make(part, key)]));
      }
      case 'array':
        return Array.from({ length: 1 + Math.floor(random() * 2) }, () => make(schema.items!, name));
      case 'integer':
        return pick([1, 1, 2, 3, 7, 12, 28, 31, 53, 90, 500, 2025, 2026]);
      case 'number':
        return pick([0, 0.5, 10, -1, 1e9]);
      case 'boolean':
        return random() < 0.5;
      default:
        return words[name]?.() ?? 'x';
    }
  };
  const kinds = root.properties.reading.anyOf!.filter((kind) =>
    ['metric', 'funnel'].includes(String((kind.properties?.kind as { const?: string } | undefined)?.const)),
  );
  return () => ({ reading: make(pick(kinds), 'reading') });
}

test('whatever a model may say within the schema ends as guarded SQL, as a named decline, or as one sentence to the model', () => {
  const next = makeReplies(seeded(11));
  const ends = { refused: 0, declined: 0, composed: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const input = next();
    const reply = readModelReply(input, glossary, facts);
    if (!reply.ok) {
      ends.refused++;
      expect(reply.message).toMatch(/^[^\n]+\.$/);
      continue;
    }
    const { reading } = reply;
    if (reading.kind !== 'metric' && reading.kind !== 'funnel') throw new Error(`a ${reading.kind} was not made`);
    let draft: ReturnType<typeof compose>;
    try {
      expect(sayReading(reading, glossary)).not.toMatch(/undefined|NaN|\[object/);
      draft = compose(reading, context);
    } catch (cause) {
      throw new Error(JSON.stringify(input), { cause });
    }
    if ('kind' in draft) {
      ends.declined++;
      continue;
    }
    // Reading every statement would take long; what composes them is held to the guard in test/metrics.
    if (ends.composed++ % 20 > 0) continue;
    const verdict = checkSql(draft.sql, catalog);
    if (!verdict.ok) throw new Error(`${verdict.message} ${JSON.stringify(input)}`);
  }
  // Each way is taken often enough to mean something.
  expect(Math.min(...Object.values(ends))).toBeGreaterThan(ROUNDS / 50);
});

const ROUNDS = 150;
