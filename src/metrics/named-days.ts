import { Temporal } from 'temporal-polyfill';
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
  | 'singles_day';

/** The days of a name in one year. Black Friday follows the fourth Thursday of November; its week runs Monday to Sunday. */
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
};

function fourthThursday(year: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month: 11, day: 1 });
  return first.add({ days: ((4 - first.dayOfWeek + 7) % 7) + 21 });
}

function single(day: Temporal.PlainDate): Span {
  return { from: day, to: day };
}
