import type { RefreshEnd, RefreshStep } from '../services/refresher.ts';
import { print } from './json-lines.ts';
import { openCliHouse } from './open-cli-house.ts';
import { readArguments } from './usage.ts';

const usage = 'refresh [--full] [--json]';
const options = { json: { type: 'boolean' }, full: { type: 'boolean' } } as const;

/** `refresh`: brings new raw files into the tables and prints the run. */
export async function runRefresh(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, options, usage);
  const house = openCliHouse(undefined);
  try {
    const end = await house.refresher.refresh({ trigger: 'cli', full: values.full ?? false, onStep: showStep });
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
