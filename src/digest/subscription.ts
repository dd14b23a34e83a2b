import type { DataReading, Schedule } from '../glossary/reading.ts';

/** An answered question that comes again on a schedule: meaning, not dates, so it is as right next month as today. */
export interface Subscription {
  /** Made of the name; what `/digest pause NAME` matches too. */
  readonly id: string;
  readonly name: string;
  readonly question: string;
  readonly reading: DataReading;
  readonly schedule: Schedule;
  /** IANA name; the schedule's hours are of this zone. */
  readonly zone: string;
  readonly channel: string;
  /** Slack user id. */
  readonly owner: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Everything due up to here is posted or skipped. ISO 8601 UTC. */
  readonly doneThrough: string;
  /** The due time whose data were not complete when it came. */
  readonly waitedFor?: string;
  readonly lastPosted?: string;
  readonly paused?: boolean;
}

/** «Mondays 09:00», «every day 08:05», «weekdays 09:00», «on the 1st of the month 09:00». */
export function sayWhen({ every, weekday, day, hour, minute }: Schedule): string {
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  switch (every) {
    case 'day':
      return `every day ${time}`;
    case 'weekday':
      return `weekdays ${time}`;
    case 'week':
      return `${weekdays[(weekday ?? 1) - 1]}s ${time}`;
    case 'month':
      return `on the ${ordinal(day ?? 1)} of the month ${time}`;
  }
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Conversion by device` → `conversion-by-device`. */
export function idOf(name: string): string {
  const bare = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return [...bare].slice(0, 60).join('') || 'digest';
}

function ordinal(n: number): string {
  const last = n % 10;
  if (n >= 11 && n <= 13) return `${n}th`;
  return `${n}${last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}
