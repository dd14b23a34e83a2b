import type { Clock } from '../services/clock.ts';
import type { Freshness, RefreshEnd, Refresher } from '../services/refresher.ts';
import { refreshMarks } from './refresh-marks.ts';
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

/** Brings raw files of a folder into Parquet tables of another, with DuckDB in this process; Glue's counterpart. */
export function openDuckdbRefresher(options: DuckdbRefresherOptions): Refresher {
  const opened: { store?: Promise<RefreshStore>; run?: Promise<RefreshEnd> } = {};
  const store = () => {
    opened.store ??= openRefreshStore(options.dataDir);
    opened.store.catch(() => delete opened.store); // the folder may be there at the next try
    return opened.store;
  };
  const { rawDir, codeVersion, clock } = options;
  const settings = settingsOf(options);
  const marks = refreshMarks(settings);
  const house = { rawDir, codeVersion, marks, settings, now: () => clock.now(), store };
  return {
    pending: async () => {
      const listing = await listRawFiles(rawDir);
      const before = await lastPublished(await store());
      const files = newFiles(listing, before?.state, marks.staged);
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
    lastRunAt:
      [last?.finished_at, snapshot?.writtenAt]
        .flatMap((at) => at ?? [])
        .sort()
        .at(-1) ?? null,
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
