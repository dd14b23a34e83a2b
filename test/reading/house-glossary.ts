import { readFileSync } from 'node:fs';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';

/** The house's own glossary, or a failure with its message. */
export function houseGlossary(): Glossary {
  const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
  if (!loaded.ok) throw new Error(loaded.message);
  return loaded.glossary;
}
