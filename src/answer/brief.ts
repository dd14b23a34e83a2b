import type { Clock } from '../services/clock.ts';
import type { Refresher } from '../services/refresher.ts';
import type { FactsKeeper } from './learn-facts.ts';
import type { Brief, Question } from './stations.ts';

/** Question → Brief: what day it is in the shop, and what the data are known to hold. */
export async function brief(
  question: Question,
  services: { refresher: Refresher; facts: FactsKeeper; clock: Clock; zone: string },
): Promise<Brief> {
  const freshness = await services.refresher.freshness();
  return { question, today: dayIn(services.zone, question.askedAt), facts: await services.facts.of(freshness) };
}

/** The calendar day of an instant in a zone, `yyyy-MM-dd`. */
export function dayIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );
}
