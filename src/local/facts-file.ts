import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What was learned of the data, in `FOLDER/facts.json`: one data version and one glossary at a time, replaced whole. A file
 * that can't be read or written costs only the learning.
 */
export function openFactsFile<Facts extends { readonly dataVersion: string }>(
  folder: string,
  glossary: unknown,
): { load(dataVersion: string): Promise<Facts | undefined>; save(facts: Facts): Promise<void> } {
  const file = join(folder, 'facts.json');
  const words = createHash('sha256').update(JSON.stringify(glossary)).digest('hex');
  return {
    async load(dataVersion) {
      try {
        const kept = JSON.parse(await readFile(file, 'utf8')) as { words: string; facts: Facts };
        return kept.words === words && kept.facts.dataVersion === dataVersion ? kept.facts : undefined;
      } catch {
        return undefined;
      }
    },
    async save(facts) {
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(`${file}.${process.pid}`, JSON.stringify({ words, facts }));
        await rename(`${file}.${process.pid}`, file);
      } catch {}
    },
  };
}
