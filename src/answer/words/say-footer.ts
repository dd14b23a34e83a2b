import type { DataFacts } from '../../glossary/data-facts.ts';
import type { ResolvedPeriod } from '../../metrics/draft.ts';
import type { Price } from '../stations.ts';
import { sayBytes, sayDay, sayDuration, sayUsd } from './say-value.ts';

/** «Complete to Mon 23 Nov · refreshed 14:02 · 41 MB scanned, under $0.01 · 1.3 s». Times of day are the shop's. */
export function sayFooter(input: {
  facts: DataFacts;
  today: string;
  period?: ResolvedPeriod | undefined;
  zone: string;
  price: Price;
  ms: number;
}): string {
  const { facts, today, period, zone, price, ms } = input;
  const parts = [reach(facts, today, zone, period)];
  if (facts.lastRunAt) parts.push(`refreshed ${localTime(facts.lastRunAt, zone, today)}`);
  parts.push(sayPrice(price), sayDuration(ms));
  return parts.join(' · ');
}

/** What was read: counted by Athena, or worked out from the files where another engine read them. */
export function sayPrice({ billed, scannedBytes, usd }: Price): string {
  return billed
    ? `${sayBytes(scannedBytes)} scanned, ${sayUsd(usd)}`
    : `${sayBytes(scannedBytes)} by the files’ sizes, on Athena ${sayUsd(usd)}`;
}

/** The last whole day with data; where the period touches today, how far into today the data go. */
export function completeTo(facts: DataFacts, today: string): string | null {
  if (!facts.lastDay) return null;
  return facts.lastDay < today ? facts.lastDay : dayBefore(today);
}

/** `Europe/Berlin` → `Berlin time`; UTC stays. */
export function sayZone(zone: string): string {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  return `${zone.split('/').at(-1)!.replaceAll('_', ' ')} time`;
}

/** Time of day in the zone; with its day where that is not today. */
export function localTime(instant: string, zone: string, today: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const get = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const day = `${get('year')}-${get('month')}-${get('day')}`;
  const time = `${get('hour')}:${get('minute')}`;
  return day === today ? time : `${sayDay(day)}, ${time}`;
}

function reach(facts: DataFacts, today: string, zone: string, period?: ResolvedPeriod): string {
  const complete = completeTo(facts, today);
  if (!complete) return 'No data yet';
  const touchesToday = period !== undefined && period.to >= today;
  if (touchesToday && facts.newestEventTime && facts.lastDay === today)
    return `Data to ${localTime(facts.newestEventTime, zone, today)} today`;
  return `Complete to ${sayDay(complete)}`;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
