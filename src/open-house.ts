import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLine } from './answer/answer.ts';
import { houseCatalog } from './answer/house-catalog.ts';
import { keepFacts } from './answer/learn-facts.ts';
import type { Line } from './answer/line.ts';
import { openPainter, type Painter } from './chart/open-painter.ts';
import type { Config } from './config.ts';
import type { Glossary } from './glossary/glossary-schema.ts';
import { loadGlossary } from './glossary/load-glossary.ts';
import { openDuckdbRefresher } from './local/duckdb-refresher.ts';
import { openDuckdbWarehouse } from './local/duckdb-warehouse.ts';
import { openFactsFile } from './local/facts-file.ts';
import { openReader } from './reading/read-question.ts';
import type { Clock } from './services/clock.ts';
import type { Refresher } from './services/refresher.ts';
import type { Warehouse } from './services/warehouse.ts';
import { type Guard, openGuard } from './sql/open-guard.ts';
import type { Catalog } from './sql/safe-sql.ts';

/** The services of one house, opened by the configuration: which wing answers is decided here, service by service. */
export interface House {
  readonly config: Config;
  readonly glossary: Glossary;
  readonly catalog: Catalog;
  readonly guard: Guard;
  readonly warehouse: Warehouse;
  readonly refresher: Refresher;
  readonly painter: Painter;
  readonly line: Line;
  readonly clock: Clock;
  readonly rawDir: string;
  close(): Promise<void>;
}

/** A glossary that can't be used; its message names the file, the line and the mend. */
export class GlossaryFault extends Error {}

export const codeVersion = '0.1.0';

/** Opens everything but the doors. `report` keeps a fault in the log and answers with its reference. */
export function openHouse(config: Config, world: { clock: Clock; report: (fault: unknown, what: string) => string }): House {
  const { clock, report } = world;
  const glossary = readGlossary(config.GLOSSARY);
  const catalog = houseCatalog(glossary);
  const rawDir = config.RAW_DIR ?? join(config.DATA_DIR, 'raw');
  const zone = config.SHOP_TIME_ZONE;
  const guard = openGuard();
  const warehouse = openDuckdbWarehouse({ dataDir: config.DATA_DIR, catalog, clock });
  const refresher = openDuckdbRefresher({
    rawDir,
    dataDir: config.DATA_DIR,
    zone,
    currency: config.SHOP_CURRENCY,
    aliases: glossary.event_aliases,
    attributeAliases: glossary.attribute_aliases,
    ...(config.GEO_RANGES ? { geoRanges: config.GEO_RANGES } : {}),
    unitsPerItem: glossary.defaults.units_per_item,
    clock,
    codeVersion,
  });
  const painter = openPainter();
  const line = openLine({
    guard,
    warehouse,
    limits: {
      rowLimit: config.ROW_LIMIT,
      timeoutMs: config.QUERY_SECONDS * 1000,
      maxBytes: config.MAX_QUERY_GB * 1e9,
      approveUsd: config.APPROVE_USD,
    },
    glossary,
    painter,
    zone,
    billed: false,
    onFault: report,
    reader: openReader(glossary),
    facts: keepFacts({ glossary, catalog, guard, warehouse, store: openFactsFile(join(config.DATA_DIR, 'state'), glossary) }),
    refresher,
    catalog,
    clock,
    currency: config.SHOP_CURRENCY,
    report,
  });
  const close = async () => {
    await Promise.allSettled([guard.close(), warehouse.close(), painter.close()]);
  };
  return { config, glossary, catalog, guard, warehouse, refresher, painter, line, clock, rawDir, close };
}

function readGlossary(file: string): Glossary {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GlossaryFault(`The glossary ${file} can't be read. Set GLOSSARY to a file that exists.`, { cause });
  }
  const loaded = loadGlossary(text);
  if (!loaded.ok) throw new GlossaryFault(`${file}: ${loaded.message}`);
  return loaded.glossary;
}
