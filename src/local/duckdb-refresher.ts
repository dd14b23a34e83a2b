import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { EVENT_COLUMNS, ITEM_COLUMNS, RAW_RECORD_COLUMNS } from '../refresh/reader/raw-columns.ts';
import { ruleTables, TRANSFORM_NAMES, transform } from '../refresh/transforms.ts';
import type { Clock } from '../services/clock.ts';
import type { Freshness, RefreshEnd, Refresher } from '../services/refresher.ts';
import { lastPublished, newFiles, refreshOnce } from './refresh-once.ts';
import { listRawFiles } from './refresh-raw-files.ts';
import type { RunSettings } from './refresh-stage.ts';
import { openRefreshStore, type RefreshStore } from './refresh-store.ts';

/** Where the raw files lie, where the tables go, and what they mean. */
export interface DuckdbRefresherOptions {
  readonly rawDir: string;
  readonly dataDir: string;
  /** IANA zone of the shop: it decides to which day an event belongs. */
  readonly zone: string;
  /** ISO 4217 code of the shop's own currency. */
  readonly currency: string;
  /** Sent event name → ours. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Sent attribute name → ours. */
  readonly attributeAliases?: Readonly<Record<string, string>>;
  /** A file of address ranges with their places. */
  readonly geoRanges?: string;
  /** `one`: items carry the stock as their quantity, so each counts as one unit. */
  readonly unitsPerItem?: 'quantity' | 'one';
  readonly clock: Clock;
  readonly codeVersion: string;
}

/** Changes when the reader means something else by the same raw file. */
const READER_VERSION = 1;

/** Brings raw files of a folder into Parquet tables of another, with DuckDB in this process; Glue's counterpart. */
export function openDuckdbRefresher(options: DuckdbRefresherOptions): Refresher {
  const opened: { store?: Promise<RefreshStore>; run?: Promise<RefreshEnd> } = {};
  const store = () => {
    opened.store ??= openRefreshStore(options.dataDir);
    opened.store.catch(() => delete opened.store); // the folder may be there at the next try
    return opened.store;
  };
  const { rawDir, codeVersion, clock } = options;
  const mark = fingerprint(options);
  const house = { rawDir, codeVersion, fingerprint: mark, settings: settingsOf(options), now: () => clock.now(), store };
  return {
    pending: async () => {
      const listing = await listRawFiles(rawDir);
      const before = await lastPublished(await store());
      const files = newFiles(listing, before?.state, mark);
      return { files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) };
    },
    refresh: (refresh) => {
      opened.run ??= refreshOnce(house, refresh).finally(() => {
        delete opened.run;
      });
      return opened.run;
    },
    freshness: async () => freshnessOf(await store()),
  };
}

async function freshnessOf(store: RefreshStore): Promise<Freshness> {
  const snapshot = await store.snapshot();
  const last = await store.lastRun();
  return {
    firstDay: snapshot?.firstDay ?? null,
    lastDay: snapshot?.lastDay ?? null,
    newestEventTime: snapshot?.newestEventTime ?? null,
    lastRunAt: last?.finished_at ?? snapshot?.writtenAt ?? null,
    dataVersion: snapshot?.version ?? 'empty',
    filled: snapshot && Object.keys(snapshot.tables),
  };
}

function settingsOf(options: DuckdbRefresherOptions): Omit<RunSettings, 'runId'> {
  return {
    zone: options.zone,
    currency: options.currency,
    unitsPerItem: options.unitsPerItem ?? 'quantity',
    aliases: options.aliases,
    attributeAliases: options.attributeAliases ?? {},
    geoRanges: options.geoRanges,
  };
}

function fingerprint(options: DuckdbRefresherOptions): string {
  const { zone, currency, aliases, attributeAliases, unitsPerItem, geoRanges } = options;
  const geo = geoRanges === undefined ? null : fileMark(geoRanges);
  const texts = TRANSFORM_NAMES.map((name) => transform(name));
  const columns = [RAW_RECORD_COLUMNS, EVENT_COLUMNS, ITEM_COLUMNS];
  const all = [
    READER_VERSION,
    zone,
    currency,
    aliases,
    attributeAliases ?? {},
    unitsPerItem ?? 'quantity',
    geo,
    texts,
    columns,
    ruleTables(),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 24);
}

function fileMark(path: string): string {
  try {
    const facts = statSync(path);
    return `${facts.size} ${facts.mtimeMs}`;
  } catch {
    return 'missing';
  }
}
