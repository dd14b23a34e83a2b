import { Cron } from 'croner';
import type { Schedule } from '../glossary/reading.ts';

/** The first due time after `after`; both ISO 8601 UTC. Local times that a clock change skips come right after the gap. */
export function nextRun(schedule: Schedule, zone: string, after: string): string {
  const from = new Date(after);
  const plain = runAfter(patternOf(schedule, String(schedule.day ?? 1)), zone, from);
  if (schedule.every !== 'month' || (schedule.day ?? 1) <= 28) return plain.toISOString();
  const last = lastDayRun(schedule, zone, from);
  return new Date(Math.min(last.getTime(), plain.getTime())).toISOString();
}

/** The latest due time after `after` and not after `now`; undefined where none came due. Times that were slept through are one. */
export function latestDue(schedule: Schedule, zone: string, after: string, now: string): string | undefined {
  let due: string | undefined;
  for (let next = nextRun(schedule, zone, after); next <= now; next = nextRun(schedule, zone, next)) due = next;
  return due;
}

function patternOf({ every, weekday, hour, minute }: Schedule, day: string): string {
  const time = `${minute} ${hour}`;
  switch (every) {
    case 'day':
      return `${time} * * *`;
    case 'weekday':
      return `${time} * * 1-5`;
    case 'week':
      return `${time} * * ${(weekday ?? 1) % 7}`;
    case 'month':
      return `${time} ${day} * *`;
  }
}

/** «On the 31st» means the last day where a month has none. */
function lastDayRun(schedule: Schedule, zone: string, from: Date): Date {
  let run = from;
  do run = runAfter(patternOf(schedule, 'L'), zone, run);
  while (dayOf(run, zone) >= schedule.day!);
  return run;
}

function runAfter(pattern: string, zone: string, from: Date): Date {
  const run = new Cron(pattern, { timezone: zone }).nextRun(from);
  if (!run) throw new Error(`The schedule ${pattern} has no next time.`);
  return run;
}

function dayOf(at: Date, zone: string): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone: zone, day: 'numeric' }).format(at));
}
