import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { EVENT_COLUMNS, ITEM_COLUMNS, RAW_RECORD_COLUMNS } from '../refresh/reader/raw-columns.ts';
import { READER_VERSION } from '../refresh/reader/reader-version.ts';
import { TABLES } from '../refresh/tables.ts';
import { ruleTables, TRANSFORM_NAMES, type TransformName, transform } from '../refresh/transforms.ts';
import type { RunSettings } from './refresh-stage.ts';

/** What the last run was made with. `staged` other: raw is read again. Only `tables` other: they are built again from staged rows. */
export interface RefreshMarks {
  readonly staged: string;
  readonly tables: string;
}

const STAGING: readonly TransformName[] = ['agents', 'item_totals', 'losers', 'page_kinds', 'staged', 'staged_items'];

/** Marks of everything that decides what a raw file means and what the tables are made of; `text` gives a transform's text. */
export function refreshMarks(
  settings: Omit<RunSettings, 'runId'>,
  text: (name: TransformName) => string = transform,
): RefreshMarks {
  const { zone, currency, aliases, attributeAliases, unitsPerItem, geoRanges } = settings;
  const geo = geoRanges === undefined ? null : fileMark(geoRanges);
  const columns = [RAW_RECORD_COLUMNS, EVENT_COLUMNS, ITEM_COLUMNS];
  const read = [READER_VERSION, zone, aliases, attributeAliases, unitsPerItem, geo, columns];
  const rules = ruleTables().map((table) => ({ staging: table.name === 'countries', table }));
  const marks = [true, false].map((staging) =>
    digest([
      staging ? read : [currency, TABLES],
      TRANSFORM_NAMES.filter((name) => STAGING.includes(name) === staging).map(text),
      rules.filter((rule) => rule.staging === staging),
    ]),
  );
  return { staged: marks[0] as string, tables: marks[1] as string };
}

function fileMark(path: string): string {
  try {
    const facts = statSync(path);
    return `${facts.size} ${facts.mtimeMs}`;
  } catch {
    return 'missing';
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24);
}
