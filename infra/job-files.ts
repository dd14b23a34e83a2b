import { cpSync, existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SettingsFault } from './settings-fault.ts';

/** What the Glue job runs: its script, and the checkout that its texts and tables of rules are taken from. */
export interface JobFiles {
  /** The PySpark script. */
  readonly script: string;
  /** Folder of the house. */
  readonly house: string;
}

/** The job's files of this checkout; throws a SettingsFault where the script is missing. */
export function jobFiles(): JobFiles {
  const house = fileURLToPath(new URL('..', import.meta.url));
  const script = fileURLToPath(new URL('glue/refresh_job.py', import.meta.url));
  if (!existsSync(script))
    throw new SettingsFault('infra/glue/refresh_job.py is missing: the refresh has nothing to run. Take the whole repository.');
  return { script, house };
}

/**
 * Lays what goes with the script into `folder`, which becomes one zip on the script's path: its own modules at the top, so
 * that they can be imported, and the house's texts where they are in the house.
 */
export function stageBundle(house: string, folder: string): void {
  for (const { from, files } of bundled)
    for (const file of globSync(files, { cwd: join(house, from) })) cpSync(join(house, from, file), join(folder, file));
}

/** Patterns of files below `from`; a file keeps its path from there on. */
const bundled: readonly { readonly from: string; readonly files: string[] }[] = [
  { from: 'infra/glue', files: ['*/**/*.py', '*/**/*.json', '*/**/*.sql'] },
  {
    from: '.',
    files: ['src/refresh/transforms/*.sql', 'src/refresh/reference/*.json', 'src/refresh/reader/*.json', 'prompts/glossary.yml'],
  },
];
