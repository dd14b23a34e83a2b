import type { FailedEnd } from '../local/refresh-ends.ts';
import { findSparkPython } from '../local/spark-python.ts';
import { refreshWithSpark } from '../local/spark-refresher.ts';
import { codeVersion, type House } from '../open-house.ts';
import type { RefreshEnd, RefreshOptions, RefreshStep } from '../services/refresher.ts';
import { print } from './json-lines.ts';
import { openCliHouse, reportTo } from './open-cli-house.ts';
import { readArguments, UsageFault } from './usage.ts';

const usage = 'refresh [--full] [--json] [--engine duckdb|spark]';
const options = { json: { type: 'boolean' }, full: { type: 'boolean' }, engine: { type: 'string' } } as const;

/** `refresh`: brings new raw files into the tables and prints the run. `--engine spark` runs the Glue job here. */
export async function runRefresh(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, options, usage);
  const engine = values.engine ?? 'duckdb';
  if (engine !== 'duckdb' && engine !== 'spark') throw new UsageFault(`There is no engine “${engine}”. Usage: ${usage}`);
  const house = openCliHouse(undefined);
  try {
    const asked = { trigger: 'cli', full: values.full ?? false, onStep: showStep } as const;
    const end = engine === 'spark' ? await refreshHere(house, asked) : await house.refresher.refresh(asked);
    if (end === undefined) return 1;
    if (values.json)
      print(
        end.kind === 'running'
          ? { status: 'running', by: end.by, since: end.since }
          : { ...end.run, ...(end.kind === 'failed' ? { code: end.code, message: end.message } : {}) },
      );
    else console.log(sayEnd(end));
    return end.kind === 'done' ? 0 : 1;
  } finally {
    await house.close();
  }
}

// The Glue job on this machine's Spark; undefined where there is none to be had, which has been said.
async function refreshHere(house: House, asked: RefreshOptions): Promise<RefreshEnd | undefined> {
  const found = await findSparkPython(undefined, () => console.error('Getting PySpark (some 600 MB, once) …'));
  if (found.kind === 'missing') {
    console.error(found.why);
    return undefined;
  }
  const { config, glossary, clock, rawDir } = house;
  const end = await refreshWithSpark(
    {
      python: found.python,
      rawDir,
      dataDir: config.DATA_DIR,
      zone: config.SHOP_TIME_ZONE,
      currency: config.SHOP_CURRENCY,
      aliases: glossary.event_aliases,
      attributeAliases: glossary.attribute_aliases,
      ...(config.GEO_RANGES ? { geoRanges: config.GEO_RANGES } : {}),
      unitsPerItem: glossary.defaults.units_per_item,
      clock,
      codeVersion,
    },
    asked,
  );
  if (end.kind === 'failed') reportTo(console.error)((end as FailedEnd).cause, 'the refresh on Spark');
  return end;
}

function showStep(step: RefreshStep): void {
  const counts = [
    step.files === undefined ? '' : `${step.files.toLocaleString('en')} files`,
    step.records === undefined ? '' : `${step.records.toLocaleString('en')} records`,
    step.partitions === undefined ? '' : `${step.partitions.toLocaleString('en')} days`,
  ];
  console.error(
    `${{ list: 'Looking for new files', stage: 'Reading', build: 'Building the tables', publish: 'Publishing' }[step.step]} ${counts.filter(Boolean).join(', ')}`.trim(),
  );
}

function sayEnd(end: RefreshEnd): string {
  if (end.kind === 'running') return `A refresh is under way since ${end.since} (${end.by}); a second one would bring nothing.`;
  const { run } = end;
  if (end.kind === 'failed') return `${end.message} Nothing was changed.`;
  if (run.files_read === 0) return 'Nothing new: no file has arrived.';
  const n = (x: number) => x.toLocaleString('en');
  const reasons = Object.entries(run.reasons).map(([reason, count]) => `${reason} ${n(count)}`);
  return [
    `${n(run.files_read)} files: ${n(run.records_read)} records = ${n(run.events)} events + ${n(run.duplicates)} duplicates + ${n(run.quarantined)} quarantined${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}.`,
    `${n(run.late_events)} late. ${n(run.partitions_written.length)} days written; the data reach to ${run.newest_event_time ?? 'nothing yet'}.`,
    ...run.unreadable.map((u) => `Not readable: ${u.file} (${u.reason}); its turn comes again.`),
  ].join('\n');
}
