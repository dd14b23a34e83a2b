import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openLine } from './answer/answer.ts';
import type { Limits } from './answer/fetch.ts';
import { houseCatalog } from './answer/house-catalog.ts';
import { keepFacts } from './answer/learn-facts.ts';
import type { Line } from './answer/line.ts';
import { noteSpending } from './answer/note-spending.ts';
import { openSpending } from './answer/open-spending.ts';
import { openVerified, type VerifiedQuestions } from './answer/open-verified.ts';
import { openFactsMemory } from './aws/facts-memory.ts';
import { type Aws, openAws } from './aws/open-aws.ts';
import type { Pace } from './aws/pause.ts';
import { openQuicksightDashboards } from './aws/quicksight-dashboards.ts';
import { openPainter, type Painter } from './chart/open-painter.ts';
import { type Config, neededSetting } from './config.ts';
import { GlossaryFault } from './glossary/glossary-fault.ts';
import type { Glossary } from './glossary/glossary-schema.ts';
import { loadGlossary } from './glossary/load-glossary.ts';
import type { VerifiedQuestion } from './glossary/verified-question.ts';
import { answerFromCatalog } from './local/catalog-answers.ts';
import { catalogFault } from './local/catalog-fault.ts';
import { openDuckdbRefresher } from './local/duckdb-refresher.ts';
import { openDuckdbWarehouse } from './local/duckdb-warehouse.ts';
import { openFactsFile } from './local/facts-file.ts';
import { openModel, openReaders } from './open-readers.ts';
import { openVerifiedFiles } from './open-verified-files.ts';
import type { Clock } from './services/clock.ts';
import type { Dashboards } from './services/dashboards.ts';
import type { Memory } from './services/memory.ts';
import type { Refresher } from './services/refresher.ts';
import type { Spending } from './services/spending.ts';
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
  /** Questions that a person approved. */
  readonly verified: VerifiedQuestions;
  readonly clock: Clock;
  readonly rawDir: string;
  /** What outlives the process: a service of AWS, or what was handed in. */
  readonly memory?: Memory;
  /** What queries cost and the day's budgets; where there is a memory. */
  readonly spending?: Spending;
  close(): Promise<void>;
}

export const codeVersion = '0.1.0';

/** What a house is opened with. `report` keeps a fault in the log and answers with its reference. */
export interface HouseWorld {
  readonly clock: Clock;
  readonly report: (fault: unknown, what: string) => string;
  /** Memory in this process, for a house that has none on AWS; whoever opened it closes it. */
  readonly memory?: Memory;
  /** How queries on AWS are waited for; the world's own time unless told. */
  readonly pace?: Pace;
}

/** Opens everything but the doors. */
export function openHouse(config: Config, world: HouseWorld): House {
  const { clock, report } = world;
  const glossary = readGlossary(config.GLOSSARY);
  const catalog = readCatalog(config, glossary);
  const files = readVerified(config.GLOSSARY, glossary);
  const rawDir = config.RAW_DIR ?? join(config.DATA_DIR, 'raw');
  const zone = config.SHOP_TIME_ZONE;
  // Before anything that runs: a setting that is missing must leave no process behind.
  const model = openModel(config);
  const aws = config.WAREHOUSE === 'athena' ? openAwsWing(config, glossary, world) : undefined;
  const guard = openGuard();
  const { warehouse, refresher } = aws ?? openLocalWing(config, { glossary, catalog, rawDir, clock });
  const painter = openPainter();
  const memory = aws?.memory ?? world.memory;
  const spending = memory && openBudgets(config, { memory, clock, report });
  const limits = limitsOf(config);
  const verified = openVerified({ files, glossary, report, ...(memory ? { memory } : {}) });
  const reader = openReaders({ guard, catalog, warehouse, glossary, limits, verified, model, spending, report });
  const line = openLine({
    ...{ guard, warehouse, limits, glossary, painter, zone, reader, verified, refresher, catalog, clock, report },
    ...(spending ? { spending } : {}),
    ...dashboardsOf(config),
    billed: aws !== undefined,
    onFault: report,
    facts: keepFacts({
      ...{ glossary, catalog, guard, clock, report },
      warehouse: spending ? noteSpending(warehouse, 'upkeep', spending) : warehouse,
      store: aws ? openFactsMemory(aws.memory, glossary) : openFactsFile(join(config.DATA_DIR, 'state'), glossary),
      behind: aws !== undefined,
    }),
    currency: config.SHOP_CURRENCY,
  });
  const close = async () => {
    await Promise.allSettled([guard.close(), (aws ?? warehouse).close(), painter.close()]);
  };
  const kept = { ...(memory ? { memory } : {}), ...(spending ? { spending } : {}) };
  return { config, glossary, catalog, guard, warehouse, refresher, painter, line, verified, clock, rawDir, ...kept, close };
}

/** Tables of the glossary; on AWS the folders of this machine do not count. */
function readCatalog(config: Config, glossary: Glossary): Catalog {
  const catalog = houseCatalog(glossary);
  const fault = catalogFault(catalog, { folders: config.WAREHOUSE === 'local' });
  if (fault) throw new GlossaryFault(`The glossary ${config.GLOSSARY} ${fault}`);
  return catalog;
}

function dashboardsOf(config: Config): { readonly dashboards?: Dashboards } {
  const { AWS_DASHBOARD: dashboardId } = config;
  return dashboardId
    ? { dashboards: openQuicksightDashboards({ region: neededSetting(config, 'AWS_REGION'), dashboardId }) }
    : {};
}

function limitsOf(config: Config): Limits {
  return {
    rowLimit: config.ROW_LIMIT,
    timeoutMs: config.QUERY_SECONDS * 1000,
    maxBytes: config.MAX_QUERY_GB * 1e9,
    approveUsd: config.APPROVE_USD,
  };
}

/** The day's spending and its budgets, as the configuration sets them. */
export function openBudgets(config: Config, world: HouseWorld & { memory: Memory }): Spending {
  const { DAILY_USD_PERSON: person, DAILY_USD_WORKSPACE: workspace, MONTHLY_USD_WORKSPACE: month, SHOP_TIME_ZONE: zone } = config;
  const limits = {
    ...(person === undefined ? {} : { person }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(month === undefined ? {} : { month }),
  };
  return openSpending({ ...world, zone, limits });
}

/** Engine and refresh in this process. */
function openLocalWing(
  config: Config,
  { glossary, catalog, rawDir, clock }: { glossary: Glossary; catalog: Catalog; rawDir: string; clock: Clock },
): { warehouse: Warehouse; refresher: Refresher } {
  const zone = config.SHOP_TIME_ZONE;
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
  return { warehouse, refresher };
}

/** Engine, refresh and memory on AWS, by the names that the stack gave them. */
function openAwsWing(config: Config, glossary: Glossary, { clock, report, pace }: HouseWorld): Aws {
  const names = {
    region: neededSetting(config, 'AWS_REGION'),
    database: glossary.database,
    workgroup: neededSetting(config, 'AWS_ATHENA_WORKGROUP'),
    ...(config.AWS_ATHENA_LARGE_WORKGROUP ? { largeWorkgroup: config.AWS_ATHENA_LARGE_WORKGROUP } : {}),
    memoryTable: neededSetting(config, 'AWS_MEMORY_TABLE'),
    job: neededSetting(config, 'AWS_REFRESH_JOB'),
    raw: neededSetting(config, 'AWS_RAW'),
    results: neededSetting(config, 'AWS_RESULTS'),
    state: neededSetting(config, 'AWS_STATE'),
    ...(config.AWS_INBOX_URL ? { inboxUrl: config.AWS_INBOX_URL } : {}),
    dataSets: config.AWS_DATA_SETS,
  };
  return openAws(names, {
    clock,
    report,
    ...(pace ? { pace } : {}),
    // Athena's own answer would name tables and columns that are closed.
    known: (sql, rowLimit) => {
      const answer = answerFromCatalog(sql, rowLimit);
      return answer?.kind === 'rows' ? answer : undefined;
    },
  });
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

/** What was approved lies beside the vocabulary that it names. */
function readVerified(glossaryFile: string, glossary: Glossary): readonly VerifiedQuestion[] {
  const read = openVerifiedFiles(join(dirname(glossaryFile), 'verified'), glossary);
  if (!read.ok) throw new GlossaryFault(read.message);
  return read.questions;
}
