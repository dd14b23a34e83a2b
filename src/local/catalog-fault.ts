import { statSync } from 'node:fs';
import { nearest } from '../sql/nearest.ts';
import type { Catalog, TableFacts } from '../sql/safe-sql.ts';
import { readType, typeWords } from './trino/read-type.ts';

/**
 * The first fault of a catalog, to be read after its name, with table, column and the mend: a type that Athena does not have,
 * or a folder that is not there. Columns of type `unknown` were named without one.
 */
export function catalogFault(catalog: Catalog, look: { readonly folders: boolean } = { folders: true }): string | undefined {
  for (const [name, facts] of Object.entries(catalog.tables)) {
    const fault = typeFault(name, facts) ?? (look.folders ? folderFault(name, facts) : undefined);
    if (fault) return fault;
  }
  return undefined;
}

/** The folder of a table's files where it should be on this machine and is not. */
export function missingFolder({ location }: TableFacts): string | undefined {
  if (location === undefined || isElsewhere(location)) return undefined;
  return statSync(location, { throwIfNoEntry: false })?.isDirectory() ? undefined : location;
}

/** Whether a location is an address such as `s3://…`. */
export function isElsewhere(location: string): boolean {
  return /^[a-z0-9]+:\/\//i.test(location);
}

function typeFault(table: string, facts: TableFacts): string | undefined {
  const wrong = facts.columns.find(({ type }) => type !== 'unknown' && readType(type) === undefined);
  if (!wrong) return undefined;
  const meant = mended(wrong.type);
  const mend = meant === undefined ? 'Write it as in Athena, such as decimal(12,2) or array(varchar).' : `Did you mean ${meant}?`;
  return `gives column ${wrong.name} of ${table} the type “${wrong.type}”, which Athena does not have. ${mend}`;
}

function folderFault(table: string, facts: TableFacts): string | undefined {
  const folder = missingFolder(facts);
  return folder === undefined ? undefined : `names a folder for ${table} that is not there: ${folder}.`;
}

/** The type with each unknown word replaced by the nearest known one, where that makes it a type. */
function mended(type: string): string | undefined {
  const known = [...typeWords, 'interval', 'with', 'zone', 'to', 'day', 'second', 'year', 'month'];
  const text = type.replace(/[A-Za-z_]+/g, (word) =>
    known.includes(word.toLowerCase()) ? word : (nearest(word.toLowerCase(), typeWords) ?? word),
  );
  const closed = text + ')'.repeat(Math.max(0, text.split('(').length - text.split(')').length));
  return [closed, text.replace(/[(),<>].*$/s, '')].find((one) => readType(one) !== undefined);
}
