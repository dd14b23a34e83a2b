import { Temporal } from 'temporal-polyfill';
import { easterSunday } from '../glossary/easter.ts';
import { type Span, unitSpan } from './calendar-span.ts';

export type NamedDay =
  | 'black_friday'
  | 'cyber_monday'
  | 'black_friday_week'
  | 'cyber_week'
  | 'christmas'
  | 'christmas_eve'
  | 'new_year'
  | 'valentines_day'
  | 'halloween'
  | 'singles_day'
  | 'thanksgiving'
  | 'boxing_day'
  | 'new_years_eve'
  | 'good_friday'
  | 'easter'
  | 'easter_sunday'
  | 'easter_monday';

/** The days of a name in one year. Black Friday follows the fourth Thursday of November, in the United States Thanksgiving; its week runs Monday to Sunday. */
export function namedDays(name: NamedDay, year: number): Span {
  const blackFriday = fourthThursday(year).add({ days: 1 });
  switch (name) {
    case 'black_friday':
      return single(blackFriday);
    case 'cyber_monday':
      return single(blackFriday.add({ days: 3 }));
    case 'black_friday_week':
      return unitSpan(blackFriday, 'week');
    case 'cyber_week':
      return unitSpan(blackFriday.add({ days: 3 }), 'week');
    case 'thanksgiving':
      return single(fourthThursday(year));
    case 'easter':
      return { from: easter(year, -2), to: easter(year, 1) };
    case 'good_friday':
      return single(easter(year, -2));
    case 'easter_sunday':
      return single(easter(year, 0));
    case 'easter_monday':
      return single(easter(year, 1));
    default:
      return single(Temporal.PlainDate.from({ year, ...FIXED[name] }));
  }
}

const FIXED = {
  christmas: { month: 12, day: 25 },
  christmas_eve: { month: 12, day: 24 },
  new_year: { month: 1, day: 1 },
  valentines_day: { month: 2, day: 14 },
  halloween: { month: 10, day: 31 },
  singles_day: { month: 11, day: 11 },
  boxing_day: { month: 12, day: 26 },
  new_years_eve: { month: 12, day: 31 },
};

function fourthThursday(year: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month: 11, day: 1 });
  return first.add({ days: ((4 - first.dayOfWeek + 7) % 7) + 21 });
}

function easter(year: number, days: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, ...easterSunday(year) }).add({ days });
}

function single(day: Temporal.PlainDate): Span {
  return { from: day, to: day };
}
