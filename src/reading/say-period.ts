import type { Comparison, Period } from '../glossary/period.ts';

/** A period in words that the grammar reads back to the same period: «last 7 days», «may 2025», «since last monday». */
export function sayPeriod(period: Period): string {
  switch (period.type) {
    case 'last':
      return `last ${period.count} ${period.unit}${period.count === 1 ? '' : 's'}`;
    case 'ago':
      return sayAgo(period.count, period.unit);
    case 'current':
      return period.unit === 'day' ? 'today' : `this ${period.unit}`;
    case 'calendar':
      return sayCalendar(period);
    case 'weekday': {
      const day = weekdayNames[period.weekday - 1]!;
      if (period.inWeekAgo === 0) return `${day} this week`;
      if ((period.inWeekAgo ?? 0) > 1) return `${day} ${period.inWeekAgo} weeks ago`;
      return period.inWeekAgo === undefined ? `last ${day}` : `${day} last week`;
    }
    case 'named':
      return `${namedNames[period.name]}${period.year === undefined ? '' : ` ${period.year}`}`;
    case 'all':
      return 'all time';
    case 'range':
      return sayRange(period);
    case 'year_before':
      return `${sayPeriod(period.of)} last year`;
    case 'part': {
      const what =
        period.half === undefined ? `${ordinalNames[(period.week ?? 1) - 1]} week` : `${ordinalNames[period.half - 1]} half`;
      return `${what} of ${sayPeriod(period.of).replace(/^this year$/u, 'the year')}`;
    }
  }
}

/** A comparison in words, without «vs» before it. */
export function sayComparison(compare: Comparison): string {
  if (compare.type === 'previous') return 'the period before';
  return compare.type === 'year_ago' ? 'the same period last year' : sayPeriod(compare.period);
}

/** 3 → «3rd». */
export function ordinal(day: number): string {
  const tail =
    day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th';
  return `${day}${tail}`;
}

function sayAgo(count: number, unit: string): string {
  if (unit === 'day') return count === 1 ? 'yesterday' : `${count} days ago`;
  return count === 1 ? `last ${unit}` : `${count} ${unit}s ago`;
}

function sayCalendar(c: Extract<Period, { type: 'calendar' }>): string {
  const year = c.year === undefined ? '' : ` ${c.year}`;
  if (c.month !== undefined) return `${c.day === undefined ? '' : `${c.day} `}${monthNames[c.month - 1]}${year}`;
  if (c.day !== undefined) return `the ${ordinal(c.day)}`;
  if (c.quarter !== undefined) return `q${c.quarter}${year}`;
  if (c.week !== undefined) return `week ${c.week}${year}`;
  return year.trim();
}

function sayRange(range: Extract<Period, { type: 'range' }>): string {
  const saturday = range.from?.type === 'weekday' && range.from.weekday === 6 ? range.from : undefined;
  const isWeekend = saturday?.inWeekAgo !== undefined && range.to?.type === 'weekday' && range.to.weekday === 7;
  if (isWeekend && saturday.inWeekAgo! <= 2)
    return ['this weekend', 'last weekend', 'the weekend before last'][saturday.inWeekAgo!]!;
  if (range.from && range.to) return `from ${sayPeriod(range.from)} to ${sayPeriod(range.to)}`;
  if (range.from) return `since ${sayPeriod(range.from)}`;
  return range.to ? `until ${sayPeriod(range.to)}` : 'all time';
}

const weekdayNames: readonly string[] = 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday'.split(',');
const monthNames: readonly string[] =
  'January,February,March,April,May,June,July,August,September,October,November,December'.split(',');
const ordinalNames: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];
const namedNames: Readonly<Record<Extract<Period, { type: 'named' }>['name'], string>> = {
  black_friday: 'Black Friday',
  cyber_monday: 'Cyber Monday',
  black_friday_week: 'Black Friday week',
  cyber_week: 'Cyber week',
  christmas: 'Christmas',
  christmas_eve: 'Christmas Eve',
  new_year: "New Year's Day",
  valentines_day: "Valentine's Day",
  halloween: 'Halloween',
  singles_day: "Singles' Day",
  thanksgiving: 'Thanksgiving',
  boxing_day: 'Boxing Day',
  new_years_eve: "New Year's Eve",
  good_friday: 'Good Friday',
  easter: 'Easter',
  easter_sunday: 'Easter Sunday',
  easter_monday: 'Easter Monday',
};
