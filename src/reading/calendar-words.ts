import type { PeriodUnit } from '../glossary/period.ts';
import type { Grain } from '../glossary/reading.ts';

/** 1 = January. */
export const months: Readonly<Record<string, number>> = {
  jan: 1,
  january: 1,
  feb: 2,
  febr: 2,
  february: 2,
  mar: 3,
  march: 3,
  apr: 4,
  april: 4,
  may: 5,
  jun: 6,
  june: 6,
  jul: 7,
  july: 7,
  aug: 8,
  august: 8,
  sep: 9,
  sept: 9,
  september: 9,
  oct: 10,
  october: 10,
  nov: 11,
  november: 11,
  dec: 12,
  december: 12,
};

/** 1 = Monday. */
export const weekdays: Readonly<Record<string, number>> = {
  mon: 1,
  monday: 1,
  tue: 2,
  tues: 2,
  tuesday: 2,
  wed: 3,
  weds: 3,
  wednesday: 3,
  thu: 4,
  thur: 4,
  thurs: 4,
  thursday: 4,
  fri: 5,
  friday: 5,
  sat: 6,
  saturday: 6,
  sun: 7,
  sunday: 7,
};

/** Units as typed, singular and plural. */
export const units: Readonly<Record<string, PeriodUnit>> = {
  h: 'hour',
  hr: 'hour',
  hrs: 'hour',
  hour: 'hour',
  hours: 'hour',
  d: 'day',
  day: 'day',
  days: 'day',
  dys: 'day',
  dy: 'day',
  w: 'week',
  wk: 'week',
  wks: 'week',
  week: 'week',
  weeks: 'week',
  m: 'month',
  mo: 'month',
  mos: 'month',
  mth: 'month',
  mths: 'month',
  mnth: 'month',
  mnths: 'month',
  mon: 'month',
  month: 'month',
  months: 'month',
  q: 'quarter',
  qtr: 'quarter',
  qtrs: 'quarter',
  quarter: 'quarter',
  quarters: 'quarter',
  y: 'year',
  yr: 'year',
  yrs: 'year',
  year: 'year',
  years: 'year',
};

/** Small numbers in words. */
export const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  couple: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90,
  dozen: 12,
};

/** «first», «2nd» … as numbers. */
export const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
};

/** «weekly» → week. */
export const adverbs: Readonly<Record<string, Grain>> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
  hourwise: 'hour',
  daywise: 'day',
  weekwise: 'week',
  monthwise: 'month',
  quarterwise: 'quarter',
  yearwise: 'year',
};

/** Words of all the tables here: known, so never corrected. */
export const calendarVocabulary: readonly string[] = [months, weekdays, units, numberWords, ordinals, adverbs]
  .flatMap((table) => Object.keys(table))
  .concat(
    `today yesterday yday tomorrow last past previous prior prev preceding trailing rolling recent current this since until till before ago mtd qtd ytd wtd
    date week fortnight fortnights weekend weekends half black friday cyber monday christmas xmas eve new year valentines halloween singles beginning end start
    same period ly lw lm lq py yoy mom wow qoq dod lately recently ever morning afternoon evening night noon midnight am pm moving average over between through from to
    mondays tuesdays wednesdays thursdays fridays saturdays sundays every each send post email schedule remind percent euro euros dollars seconds minutes minute
    minimum maximum least most more than less fewer under above below exceeding top bottom within following upcoming coming`.split(
      /\s+/u,
    ),
  );
