import type { AllowedTables } from './allowed-tables.ts';
import type { RefusalCode } from './refusals.ts';

/** `database.table` for a name of one to three parts. */
export function tableName(allowed: AllowedTables, parts: readonly string[]): string {
  const [table, database = allowed.defaultDatabase] = parts.toReversed();
  return `${database}.${table}`;
}

/** Why a table may not be read; undefined where it may. */
export function tableFault(allowed: AllowedTables, parts: readonly string[]): RefusalCode | undefined {
  const [catalog] = parts.length === 3 ? parts : [];
  if (catalog === 'system' || parts.some((part) => part.includes('$') || part === 'information_schema')) return 'system_table';
  if (catalog !== undefined && catalog !== allowed.defaultCatalog) return 'other_catalog';
  // A dot inside a quoted name is part of it, and no allowed name has one.
  if (parts.some((part) => part.includes('.')) || !allowed.find(tableName(allowed, parts))) return 'table_not_allowed';
  return undefined;
}
