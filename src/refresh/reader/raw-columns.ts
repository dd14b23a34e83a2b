import columns from './raw-columns.json' with { type: 'json' };

/**
 * What a text must look like to be taken for a column; anything else leaves the column NULL and stays in `attributes`.
 * `millis` is a number cut to a whole one; `decimal` has 16 digits before the point at most.
 */
export type ColumnKind = 'text' | 'integer' | 'bigint' | 'decimal' | 'millis';

export interface RawColumn {
  readonly column: string;
  /** Where the value stands, first found wins: `name`, `attributes.name`, `user.name`. */
  readonly paths: readonly string[];
  readonly kind: ColumnKind;
  /** Stays in `attributes` too, because the table `events` has no column for all of it. `query`: if it holds ? or #. */
  readonly keep: boolean | 'query';
  /** Canonical event names that carry it; elsewhere the same name means something else. Empty: all. */
  readonly events: readonly string[];
  /** Trimmed and in upper or lower case; undefined: as sent. */
  readonly form: 'upper' | 'lower' | undefined;
  /** Only the reader needs it; no column of `raw_records`. */
  readonly readerOnly: boolean;
}

interface Listed {
  readonly column: string;
  readonly paths: readonly string[];
  readonly kind?: string;
  readonly keep?: boolean | string;
  readonly events?: readonly string[];
  readonly reader?: boolean;
  readonly form?: string;
}

/** The one list that generates the extraction on every engine: what the reader writes per record and per item, in order. */
export const ENVELOPE_COLUMNS: readonly string[] = columns.envelope;
export const EVENT_COLUMNS: readonly RawColumn[] = (columns.event as readonly Listed[]).map(rawColumn);
export const ITEM_COLUMNS: readonly RawColumn[] = (columns.item as readonly Listed[]).map(rawColumn);

/** Names of the columns of `raw_records`, in the order in which the reader writes them. */
export const RAW_RECORD_COLUMNS: readonly string[] = [
  ...ENVELOPE_COLUMNS,
  ...EVENT_COLUMNS.filter((c) => !c.readerOnly).map((c) => c.column),
];

/** Names of the columns of `raw_items`: `ord` of the record, position in it from 1, then the item's own. */
export const RAW_ITEM_COLUMNS: readonly string[] = ['ord', 'item_position', ...ITEM_COLUMNS.map((c) => c.column)];

function rawColumn(listed: Listed): RawColumn {
  return {
    column: listed.column,
    paths: listed.paths,
    kind: (listed.kind ?? 'text') as ColumnKind,
    keep: listed.keep === 'query' ? 'query' : listed.keep === true,
    events: listed.events ?? [],
    form: listed.form === 'upper' || listed.form === 'lower' ? listed.form : undefined,
    readerOnly: listed.reader === true,
  };
}
