import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Snapshot } from '../../../src/refresh/snapshot.ts';

/** The tables of a local data folder in the layout of a bucket: `TABLE/dt=…/FILE`, and the snapshot beside them. */
export function copyTables(dataDir: string, results: string): Snapshot {
  const file = join(dataDir, 'results', 'snapshot.json');
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  for (const [name, table] of Object.entries(snapshot.tables)) {
    rmSync(join(results, name), { recursive: true, force: true });
    mkdirSync(join(results, name), { recursive: true });
    for (const { path, partition } of table.files) {
      const parts = table.partitionColumns.map((column) => `${column}=${encodeURIComponent(partition[column] ?? '')}`);
      const target = join(results, name, ...parts, basename(path));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(dataDir, 'results', path), target);
    }
  }
  if (existsSync(file)) cpSync(file, join(results, 'snapshot.json'));
  return snapshot;
}
