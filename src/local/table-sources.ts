import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Snapshot, SnapshotFile } from '../refresh/snapshot.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import type { ColumnBytes, Sources, TableSource } from './engine-messages.ts';

/** One file of a table with what its price needs. */
export interface PricedFile {
  readonly path: string;
  readonly partition: Readonly<Record<string, string>>;
  /** Absent where the footer has not been read yet. */
  readonly columnBytes?: ColumnBytes;
}

/** A table as it is now: how the engine opens it and what its files weigh. */
export interface TableNow {
  readonly source: TableSource;
  readonly files: readonly PricedFile[];
}

/** What the tables of catalogs are made of right now: the snapshot of the shop, and the folders of an owner's own. */
export class TableSources {
  private readonly results: string;
  private snapshot: { readonly stamp: string; readonly value: Snapshot } | undefined;

  constructor(dataDir: string) {
    this.results = resolve(dataDir, 'results');
  }

  /** The tables named, and a key that changes whenever one of them does. Tables without files are empty. */
  now(catalog: Catalog, names: readonly string[]): { sources: Sources; tables: ReadonlyMap<string, TableNow> } {
    const snapshot = this.readSnapshot();
    const tables = new Map<string, TableNow>();
    const keys: string[] = [];
    for (const name of names) {
      const facts = catalog.tables[name];
      if (!facts) continue;
      const own = facts.location === undefined ? undefined : listFolder(resolve(facts.location));
      const files = own?.files ?? this.snapshotFiles(snapshot, name);
      keys.push(own ? `${name}@${own.stamp}@${JSON.stringify(facts.columns)}` : `${name}@${snapshot?.version ?? 'none'}`);
      const source = {
        name,
        columns: facts.columns,
        partitionColumns: facts.partitionColumns,
        files: files.map((file) => file.path),
        foreign: own !== undefined,
      };
      tables.set(name, { source, files });
    }
    return { sources: { key: keys.join('|'), tables: [...tables.values()].map((table) => table.source) }, tables };
  }

  private snapshotFiles(snapshot: Snapshot | undefined, name: string): readonly PricedFile[] {
    const table = snapshot?.tables[name.split('.')[1] ?? ''] ?? snapshot?.tables[name];
    return (table?.files ?? []).map((file: SnapshotFile) => ({
      path: join(this.results, file.path),
      partition: file.partition,
      columnBytes: file.columnBytes,
    }));
  }

  private readSnapshot(): Snapshot | undefined {
    const path = join(this.results, 'snapshot.json');
    let stamp: string;
    try {
      const { mtimeMs, ino, size } = statSync(path);
      stamp = `${mtimeMs}/${ino}/${size}`;
    } catch {
      // No run has finished yet: every table is empty.
      return undefined;
    }
    if (this.snapshot?.stamp !== stamp) this.snapshot = { stamp, value: JSON.parse(readFileSync(path, 'utf8')) as Snapshot };
    return this.snapshot.value;
  }
}

/** The Parquet files below a folder; names that start with `.` or `_` do not count, as on Athena. */
function listFolder(folder: string): { files: readonly PricedFile[]; stamp: string } {
  const files: PricedFile[] = [];
  let stamp = '';
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (/^[._]/.test(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) walk(inner);
      else {
        const { size, mtimeMs } = statSync(inner);
        if (size === 0) continue;
        files.push({ path: inner, partition: partitionOf(relative(folder, inner)) });
        stamp += `${relative(folder, inner)}/${size}/${mtimeMs};`;
      }
    }
  };
  walk(folder);
  return { files, stamp: `${folder}:${stamp}` };
}

function partitionOf(path: string): Record<string, string> {
  const pairs = path
    .split('/')
    .slice(0, -1)
    .map((part) => /^([^=]+)=(.*)$/.exec(part));
  return Object.fromEntries(
    pairs.flatMap((pair) => (pair ? [[(pair[1] ?? '').toLowerCase(), decodeURIComponent(pair[2] ?? '')]] : [])),
  );
}
