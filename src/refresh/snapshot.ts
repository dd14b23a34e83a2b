/**
 * What the tables are made of right now: `DATA_DIR/results/snapshot.json`, replaced by one atomic rename at the end of a
 * run, so that a reader sees a whole run or none. Readers open only the files named here; a run's files have names of
 * their own, and files that a newer snapshot no longer names are removed by a later run, not by the one that replaces them.
 */
export interface Snapshot {
  /** Run that wrote it; changes whenever the tables change. */
  readonly version: string;
  readonly writtenAt: string;
  readonly zone: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly newestEventTime: string | null;
  readonly tables: Readonly<Record<string, SnapshotTable>>;
}

export interface SnapshotTable {
  /** In table order, partition column last. Athena types: `varchar`, `bigint`, `integer`, `boolean`, `double`, `decimal(18,2)`, `timestamp(3)`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionColumns: readonly string[];
  readonly files: readonly SnapshotFile[];
}

/** `path` is relative to `DATA_DIR/results`. `columnBytes` are compressed bytes from the Parquet footer, as Athena bills them. */
export interface SnapshotFile {
  readonly path: string;
  readonly partition: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly bytes: number;
  readonly columnBytes: Readonly<Record<string, number>>;
}
