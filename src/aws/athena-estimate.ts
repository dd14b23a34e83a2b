import type { Snapshot } from '../refresh/snapshot.ts';
import type { Estimate } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import { readsData, scanPrice, type WeighedTable } from '../sql/scan-price.ts';
import type { WeighFolder } from './weigh-folder.ts';

/** Where the sizes of tables are found. */
export interface SizeWorld {
  /** What the shop's own tables are made of; undefined before the first refresh. */
  readonly snapshotStats: () => Promise<Snapshot | undefined>;
  /** Weighs an owner's table at its location; without it those have no known size. */
  readonly weighFolder?: WeighFolder;
}

/** Bytes that Athena will read; a table whose size can't be found is named, never taken for empty. */
export async function estimateOnAthena({ snapshotStats, weighFolder }: SizeWorld, sql: SafeSql): Promise<Estimate> {
  if (!readsData(sql)) return { bytes: 0 };
  const snapshot = await snapshotStats();
  const known = new Map<string, WeighedTable>();
  const unknown: string[] = [];
  for (const name of sql.tables) {
    const facts = sql.catalog.tables[name];
    // Not a table of the lists: information_schema, which is free.
    if (!facts) continue;
    const files = facts.location === undefined ? ofShop(snapshot, sql, name) : await weighFolder?.(facts.location);
    if (files) known.set(name, files);
    else unknown.push(name);
  }
  return { bytes: scanPrice(sql, known), ...(unknown.length > 0 ? { unknown } : {}) };
}

/** A table that the shop has and its last refresh has not written is empty; one of another database is nobody's. */
function ofShop(snapshot: Snapshot | undefined, { catalog }: SafeSql, name: string): WeighedTable | undefined {
  const prefix = `${catalog.defaultDatabase}.`;
  return snapshot && name.startsWith(prefix) ? (snapshot.tables[name.slice(prefix.length)]?.files ?? []) : undefined;
}
