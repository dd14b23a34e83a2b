import { sayBytes, sayDay, sayDuration } from '../../answer/words/say-value.ts';
import type { RefreshStep, Run } from '../../services/refresher.ts';
import {
  actions,
  button,
  context,
  cut,
  link,
  list,
  type Message,
  type Piece,
  paragraph,
  person,
  richText,
  sign,
  words,
} from './pieces.ts';
import { task } from './plan-face.ts';

/** What is known of a run while it goes. Times are times of day in the shop's zone. */
export interface RefreshStory {
  readonly by: string;
  readonly startedAt: string;
  /** Another began the run: `schedule`, `slack` …; `by` has only asked to hear of it. */
  readonly began?: string;
  readonly joined: readonly string[];
  readonly files: number;
  readonly bytes: number;
  /** When the last run was, and how far the data reached then. */
  readonly since?: string;
  readonly reach?: string;
  readonly step: RefreshStep['step'] | 'compare';
  readonly records?: number;
  readonly days?: number;
}

/** One answer that a refresh changed: where it stands, and the figure that people will look for. */
export interface Change {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly url?: string;
}

/** Faces r1 and r2: one message that is edited as it goes. */
export function refreshRunning(story: RefreshStory): Message {
  const files = countOf(story.files, 'file');
  const joined = story.joined.flatMap((user, i) => [...words(i === 0 && !story.began ? ', joined by ' : ' '), person(user)]);
  const since = story.since ? ` since ${story.since}` : '';
  const first = !story.began && (story.step === 'list' || story.step === 'stage');
  const lead =
    first && joined.length === 0
      ? paragraph(
          words('Refresh started', 'bold'),
          words(' by '),
          person(story.by),
          words(` at ${story.startedAt}. ${files} ${story.files === 1 ? 'has' : 'have'} arrived${since}.`),
        )
      : paragraph(
          words('Refresh under way', 'bold'),
          words(', started by '),
          story.began ? words(starters[story.began] ?? 'another') : person(story.by),
          words(` at ${story.startedAt}`),
          story.began ? [...words(', joined by '), person(story.by)] : [],
          joined,
          words('.'),
        );
  const reach = story.reach ? ` the data to ${story.reach}` : ' what there is';
  return {
    text: `Refresh: ${files}${since}, started at ${story.startedAt}.`,
    blocks: [
      richText(lead),
      { type: 'plan', title: 'Refreshing', tasks: steps(story) },
      context(`I edit this message as it goes; answers keep using${reach} until it is done`),
    ],
  };
}

/** Who begins a run without being a person of this channel. */
const starters: Readonly<Record<string, string>> = {
  schedule: 'the clock',
  slack: 'somebody elsewhere',
  cli: 'the terminal',
};

function steps(story: RefreshStory): readonly Piece[] {
  const at = { list: 0, stage: 1, build: 2, publish: 2, compare: 3 }[story.step];
  return [
    task(0, 'Find new files', `${countOf(story.files, 'file')}, ${sayBytes(story.bytes)}`, at),
    task(
      1,
      'Read, remove duplicates, quarantine',
      story.records === undefined ? undefined : countOf(story.records, 'record'),
      at,
    ),
    task(2, 'Rebuild the days they touch', story.days === undefined ? undefined : countOf(story.days, 'day'), at),
    task(3, 'Compare the answers in this channel', undefined, at),
  ];
}

/** Face r4: how far the data reach, what changed, and a sum that adds up. */
export function refreshDone(
  run: Run,
  about: { people: readonly string[]; reach: string; compared: number; changes: readonly Change[]; id: string },
): Message {
  const { changes, compared, reach } = about;
  const n = (x: number) => x.toLocaleString('en');
  const said =
    compared === 0
      ? 'No answers here since yesterday to compare.'
      : changes.length === 0
        ? `${countOf(compared, 'answer')} here since yesterday; none changed.`
        : `Of ${countOf(compared, 'answer')} here since yesterday, ${n(changes.length)} changed. I’ve corrected ${changes.length === 1 ? 'it' : 'them'} in place:`;
  const sum = `${n(run.records_read)} records = ${n(run.events)} events + ${n(run.duplicates)} duplicates + ${n(run.quarantined)} quarantined`;
  const took = Date.parse(run.finished_at) - Date.parse(run.started_at);
  return {
    text: cut(
      `Refreshed: the data now reach to ${reach}. ${changes.length > 0 ? changes.map((c) => `${c.title} ${c.from} → ${c.to}`).join(', ') : said}`,
      400,
    ),
    blocks: [
      richText(
        paragraph(
          sign('white_check_mark'),
          words(' '),
          words(`Refreshed. The data now reach to ${reach}.`, 'bold'),
          about.people.flatMap((p) => [...words(' '), person(p)]),
        ),
        paragraph(words(said)),
        list('bullet', changes.slice(0, 15).map(changeLine)),
      ),
      context(`${sum} · ${n(run.late_events)} late · ${countOf(run.files_read, 'file')} · ${sayDuration(Math.max(0, took))}`),
      ...actions(
        ...(run.quarantined > 0 ? [button('Why quarantined?', 'refresh.quarantine', about.id)] : []),
        button('Run details', 'refresh.run', about.id),
      ),
    ],
  };
}

function changeLine({ title, from, to, url }: Change): Piece {
  const name = cut(title, 120);
  return paragraph(url ? link(url, name) : words(name), words(`: ${cut(from, 60)} → `), words(cut(to, 60), 'bold'));
}

/** Face r5: nothing was changed; where, why in words, what happens to the files. `reason` is a sentence of the refresher. */
export function refreshFailed(about: {
  people: readonly string[];
  reach?: string;
  step: string;
  reason: string;
  reference: string;
  id: string;
}): Message {
  const keep = about.reach ? ` Answers keep using the data to ${about.reach}, and say so.` : '';
  return {
    text: cut(`The refresh failed and nothing was changed.${keep} Reference ${about.reference}.`, 400),
    blocks: [
      richText(
        paragraph(
          words('The refresh failed, and nothing was changed.', 'bold'),
          words(keep),
          about.people.flatMap((p) => [...words(' '), person(p)]),
        ),
        list('bullet', [
          paragraph(words(`Stopped at: ${about.step}.`)),
          paragraph(words(cut(`Reason: ${about.reason} No file is lost; the next run takes them all.`, 500))),
        ]),
      ),
      ...actions(button('Try again', 'refresh.again', about.id)),
      context(`Reference ${about.reference}`),
    ],
  };
}

/** The run as a table in words, for «Run details» and «Why quarantined?». */
export function runDetails(run: Run, zoneTime: (instant: string) => string): readonly string[] {
  const n = (x: number) => x.toLocaleString('en');
  const reasons = Object.entries(run.reasons).map(([reason, count]) => `${reason.replaceAll('_', ' ')}: ${n(count)}`);
  return [
    `Run ${run.run_id}, ${zoneTime(run.started_at)} to ${zoneTime(run.finished_at)}`,
    `${n(run.records_read)} records read = ${n(run.events)} events + ${n(run.duplicates)} duplicates + ${n(run.quarantined)} quarantined`,
    `${n(run.late_events)} events came late`,
    ...(run.partitions_written.length > 0 ? [`Days written: ${run.partitions_written.slice(-10).map(sayDay).join(', ')}`] : []),
    ...(reasons.length > 0 ? [`Quarantined: ${reasons.join('; ')}. They stand in the table quarantine with their reason.`] : []),
    ...run.unreadable.map((u) => `Not readable, its turn comes again: ${u.file.split('/').at(-1)} (${u.reason})`),
  ];
}

function countOf(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}
