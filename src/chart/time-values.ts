/** The length of a time bucket, told from the values. */
export type Grain = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** A date or timestamp of a result as milliseconds on the warehouse's own calendar (read as UTC), or undefined. */
export function timeOf(cell: unknown): number | undefined {
  if (typeof cell === 'number') return Number.isInteger(cell) && cell >= 1900 && cell <= 2100 ? Date.UTC(cell, 0) : undefined;
  if (typeof cell !== 'string') return undefined;
  if (/^\d{4}$/u.test(cell)) return timeOf(Number(cell));
  const match = isoLike.exec(cell.trim());
  if (match !== null) {
    const [, year, month, day, hour, minute, second] = match.map((part) => Number(part ?? Number.NaN));
    const time = Date.UTC(year!, (month || 1) - 1, day || 1, hour || 0, minute || 0, second || 0);
    const date = new Date(time);
    return date.getUTCMonth() === (month || 1) - 1 && date.getUTCDate() === (day || 1) ? time : undefined;
  }
  const week = isoWeek.exec(cell.trim());
  return week === null ? undefined : mondayOf(Number(week[1]), Number(week[2]));
}

/** The grain of sorted distinct times; days where there is one value. */
export function grainOf(times: readonly number[]): Grain {
  const dates = times.map((time) => new Date(time));
  if (times.some((time) => time % minuteMs !== 0)) return 'minute';
  if (times.some((time) => time % hourMs !== 0)) return 'minute';
  if (times.some((time) => time % dayMs !== 0)) return 'hour';
  if (times.length < 2) return 'day';
  if (dates.every((date) => date.getUTCDate() === 1)) {
    if (dates.every((date) => date.getUTCMonth() === 0)) return 'year';
    const quarters = dates.every((date) => date.getUTCMonth() % 3 === 0);
    return quarters && times.length >= 3 ? 'quarter' : 'month';
  }
  const weekly = times.every((time) => (time - times[0]!) % (7 * dayMs) === 0);
  return weekly && times.length >= 2 ? 'week' : 'day';
}

/** Whether `later` is the bucket right after `earlier`. */
export function isNext(earlier: number, later: number, grain: Grain): boolean {
  return later - earlier <= longestStep[grain] * 1.02;
}

/** A bucket in words: «Mon 23 Nov», «16 – 22 Nov», «Mar 2026», «Q3 2026», «23 Nov 14:00». */
export function bucketName(time: number, grain: Grain): string {
  const date = new Date(time);
  switch (grain) {
    case 'minute':
    case 'hour':
      return `${dayMonth(date)} ${clock(date)}`;
    case 'day':
      return `${weekdays[date.getUTCDay()]} ${dayMonth(date)}`;
    case 'week':
      return range(date, new Date(time + 6 * dayMs));
    case 'month':
      return `${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
    case 'quarter':
      return `Q${date.getUTCMonth() / 3 + 1} ${date.getUTCFullYear()}`;
    case 'year':
      return String(date.getUTCFullYear());
  }
}

/** Tick labels for neighbouring times; of two years next to each other the later one is written. */
export function tickNames(times: readonly number[], grain: Grain): (readonly [string, string])[] {
  const names = times.map((time, at) => tickName(time, times[at - 1], grain));
  return names.map(([first, second], at) => [first, at === 0 && names[1]?.[1] !== '' && names.length > 4 ? '' : second]);
}

/** A tick label of one or two lines: «16 Nov», «Mar» over «2026» where the year begins, «14:00» over the day. */
function tickName(time: number, before: number | undefined, grain: Grain): readonly [string, string] {
  const date = new Date(time);
  const earlier = before === undefined ? undefined : new Date(before);
  const newYear = earlier === undefined || earlier.getUTCFullYear() !== date.getUTCFullYear();
  const year = newYear ? String(date.getUTCFullYear()) : '';
  switch (grain) {
    case 'minute':
    case 'hour':
      return [clock(date), earlier === undefined || dayMonth(earlier) !== dayMonth(date) ? dayMonth(date) : ''];
    case 'day':
    case 'week':
      return [dayMonth(date), earlier !== undefined && newYear ? year : ''];
    case 'month':
      return [months[date.getUTCMonth()]!, year];
    case 'quarter':
      return [`Q${date.getUTCMonth() / 3 + 1}`, year];
    case 'year':
      return [String(date.getUTCFullYear()), ''];
  }
}

/** Times to label on an axis, about `most`, and the grain that names them: days of a long span by months, hours of several days by days. */
export function tickTimes(
  times: readonly number[],
  grain: Grain,
  most: number,
): { readonly times: number[]; readonly grain: Grain } {
  const [first, last] = [times[0]!, times.at(-1)!];
  const fine = grain === 'hour' || grain === 'minute';
  if (times.length <= most) return { times: [...times], grain };
  if ((fine || grain === 'day') && last - first > 75 * dayMs)
    return { times: thinned(monthStarts(first, last), most), grain: 'month' };
  if (fine && last - first > 2.5 * dayMs)
    return {
      times: fromTheEnd(Math.ceil(first / dayMs) * dayMs, Math.floor(last / dayMs) * dayMs, dayMs, 'day', most),
      grain: 'day',
    };
  if (fine) return { times: onTheClock(first, last, most), grain };
  if (grain === 'day' || grain === 'week') return { times: fromTheEnd(first, last, longestStep[grain], grain, most), grain };
  if (grain === 'month') return { times: thinned(monthStarts(first, last), most), grain };
  const step = niceSteps[grain].find((count) => Math.ceil(times.length / count) <= most) ?? Math.ceil(times.length / most);
  return { times: times.filter((_, at) => (times.length - 1 - at) % step === 0), grain };
}

/** Every nth bucket on the calendar, the newest among them. */
function fromTheEnd(first: number, last: number, unit: number, grain: Grain, most: number): number[] {
  const buckets = Math.round((last - first) / unit) + 1;
  const step = niceSteps[grain].find((count) => Math.ceil(buckets / count) <= most) ?? Math.ceil(buckets / most);
  return Array.from({ length: Math.ceil(buckets / step) }, (_, at) => last - at * step * unit).reverse();
}

/** Even times of the clock: every 5, 15, 30 minutes, 1, 3, 6 or 12 hours. */
function onTheClock(first: number, last: number, most: number): number[] {
  const step =
    [1, 5, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * minuteMs).find((ms) => (last - first) / ms <= most) ??
    720 * minuteMs;
  const start = Math.ceil(first / step) * step;
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, at) => start + at * step);
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const isoLike =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:\s?(?:Z|[A-Z][A-Za-z_/]+|[+-]\d{2}:?\d{2}))?)?$/u;
const isoWeek = /^(\d{4})-?W(\d{2})$/u;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const longestStep: Record<Grain, number> = {
  minute: hourMs,
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
  month: 31 * dayMs,
  quarter: 92 * dayMs,
  year: 366 * dayMs,
};
const niceSteps: Record<Grain, readonly number[]> = {
  minute: [1],
  hour: [1],
  day: [1, 2, 7, 14, 28],
  week: [1, 2, 4, 8, 13],
  month: [1, 2, 3, 6, 12],
  quarter: [1, 2, 4],
  year: [1, 2, 5, 10],
};

function monthStarts(first: number, last: number): number[] {
  const starts: number[] = [];
  const from = new Date(first);
  for (let month = from.getUTCMonth(); ; month += 1) {
    const start = Date.UTC(from.getUTCFullYear(), month);
    if (start > last) return starts;
    if (start >= first) starts.push(start);
  }
}

function thinned(times: readonly number[], most: number): number[] {
  const step = [1, 2, 3, 6, 12, 24].find((count) => Math.ceil(times.length / count) <= most) ?? Math.ceil(times.length / most);
  return times.filter((time) => (step >= 12 ? new Date(time).getUTCMonth() === 0 : new Date(time).getUTCMonth() % step === 0));
}

function mondayOf(year: number, week: number): number | undefined {
  if (week < 1 || week > 53) return undefined;
  const fourth = new Date(Date.UTC(year, 0, 4));
  return fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMs + (week - 1) * 7 * dayMs;
}

function range(from: Date, to: Date): string {
  const start = from.getUTCMonth() === to.getUTCMonth() ? String(from.getUTCDate()) : dayMonth(from);
  return `${start} – ${dayMonth(to)}`;
}

function dayMonth(date: Date): string {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

function clock(date: Date): string {
  return `${String(date.getUTCHours()).padStart(2, '0')}:${String(date.getUTCMinutes()).padStart(2, '0')}`;
}
