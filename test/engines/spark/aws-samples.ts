import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharedPath } from '../../helpers/shared.ts';

/** Copies AWS's shopping sample and its 23 edge cases below `rawDir/aws`; says so where the studies are absent, and copies none. */
export function copyAwsSamples(rawDir: string): void {
  const samples = sharedPath('data', 'aws-clickstream');
  if (samples === undefined) {
    console.warn('The samples of AWS are skipped: the studies do not lie beside this checkout.');
    return;
  }
  mkdirSync(join(rawDir, 'aws'), { recursive: true });
  copyFileSync(join(samples, 'aws-clickstream-shopping', 'envelope-gzip.jsonl'), join(rawDir, 'aws', 'sample.jsonl'));
  const edges = join(samples, 'aws-clickstream-edge-cases');
  for (const name of readdirSync(edges)) copyFileSync(join(edges, name), join(rawDir, 'aws', name));
}
