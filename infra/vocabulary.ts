import { readFileSync } from 'node:fs';
import type { Glossary } from '../src/glossary/glossary-schema.ts';
import { loadGlossary } from '../src/glossary/load-glossary.ts';
import { SettingsFault } from './settings-fault.ts';

/** The house's glossary: the names of database, tables and columns, and the formulas of the dashboards. */
export function readVocabulary(file: URL = new URL('../prompts/glossary.yml', import.meta.url)): Glossary {
  const loaded = loadGlossary(readFileSync(file, 'utf8'));
  if (!loaded.ok) throw new SettingsFault(`prompts/glossary.yml: ${loaded.message}`);
  return loaded.glossary;
}
