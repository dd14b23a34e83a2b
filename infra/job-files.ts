import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SettingsFault } from './settings-fault.ts';

/** What the Glue job runs: its script, and where the house's texts and tables of rules are taken from. */
export interface JobFiles {
  /** The PySpark script. */
  readonly script: string;
  /** Folder of the house: `bundled` names what of it goes with the script, in the same layout. */
  readonly house: string;
}

/**
 * What goes with the script as one zip on its path, in the layout of the house: the SELECT files, the tables of rules, the
 * list of columns, the vocabulary, and the script's own modules. In the form of a .dockerignore.
 */
export const bundled: readonly string[] = [
  '*',
  '!src/refresh/transforms/*.sql',
  '!src/refresh/reference/*.json',
  '!src/refresh/reader/*.json',
  '!prompts/glossary.yml',
  '!infra/glue/**/*.py',
  '!infra/glue/**/*.json',
  '!infra/glue/**/*.sql',
];

/** The job's files of this checkout; throws a SettingsFault where the script is missing. */
export function jobFiles(): JobFiles {
  const house = fileURLToPath(new URL('..', import.meta.url));
  const script = fileURLToPath(new URL('glue/refresh_job.py', import.meta.url));
  if (!existsSync(script))
    throw new SettingsFault('infra/glue/refresh_job.py is missing: the refresh has nothing to run. Take the whole repository.');
  return { script, house };
}
