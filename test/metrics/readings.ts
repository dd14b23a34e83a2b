import { readFileSync } from 'node:fs';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { type DataReading, readingSchema } from '../../src/glossary/reading.ts';
import { type ComposeContext, compose } from '../../src/metrics/compose.ts';
import type { Draft } from '../../src/metrics/draft.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';

/** The house's own glossary. */
export const GLOSSARY: Glossary = loaded();

/** The glossary's tables as the guard knows them. */
export const CATALOG: Catalog = {
  defaultCatalog: GLOSSARY.catalog,
  defaultDatabase: GLOSSARY.database,
  blockedColumns: [],
  tables: Object.fromEntries(
    Object.entries(GLOSSARY.tables).map(([name, { columns, partition }]) => [
      `${GLOSSARY.database}.${name}`,
      {
        columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
        partitionColumns: partition ? [partition] : [],
      },
    ]),
  ),
};

/** Tuesday 24 November 2026, 14:02 in Berlin; the newest event is of 13:47. */
export const CONTEXT: ComposeContext = {
  glossary: GLOSSARY,
  now: '2026-11-24T13:02:00Z',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  firstDay: '2025-01-01',
  lastDay: '2026-11-24',
  newestEventTime: '2026-11-24T12:47:00Z',
};

/** A Reading from its parts, as the schema completes it. */
export function reading(parts: Record<string, unknown>): DataReading {
  return readingSchema.parse({ kind: 'steps' in parts ? 'funnel' : 'metric', ...parts }) as DataReading;
}

/** The draft of a Reading that has one. */
export function draft(parts: Record<string, unknown>, context: Partial<ComposeContext> = {}): Draft {
  const composed = compose(reading(parts), { ...CONTEXT, ...context });
  if ('kind' in composed) throw new Error(`Not composable: ${composed.code} ${JSON.stringify(composed.facts)}`);
  return composed;
}

function loaded(): Glossary {
  const file = new URL('../../prompts/glossary.yml', import.meta.url);
  const read = loadGlossary(readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(read.message);
  return read.glossary;
}
