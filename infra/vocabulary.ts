import { readFileSync } from 'node:fs';
import type { Glossary } from '../src/glossary/glossary-schema.ts';
import { loadGlossary } from '../src/glossary/load-glossary.ts';
import { SettingsFault } from './settings-fault.ts';

/** The house's glossary: the names of database, tables and columns, and the formulas of the dashboards. */
export function readVocabulary(
  text: string = readFileSync(new URL('../prompts/glossary.yml', import.meta.url), 'utf8'),
): Glossary {
  const loaded = loadGlossary(text);
  if (!loaded.ok) throw new SettingsFault(`prompts/glossary.yml: ${loaded.message}`);
  // The stacks compute the days of a table. Made without its keys, its key columns would be read as NULL.
  for (const [name, { location, partition_columns: keys }] of Object.entries(loaded.glossary.tables))
    if (keys && location?.startsWith('s3://'))
      throw new SettingsFault(
        `prompts/glossary.yml: the table ${name} in S3 is partitioned by ${keys.join(' and ')}; the stacks make tables with one key of days only («partition»). Give it such a key, or leave it out.`,
      );
  return loaded.glossary;
}
