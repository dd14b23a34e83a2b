import type { Browser } from './browsers.ts';
import { browsersByWeight } from './browsers.ts';
import type { Place } from './places.ts';
import { placesByWeight } from './places.ts';
import { plants } from './plants.ts';
import type { Random } from './random.ts';
import { openRandom, weigh } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';
import { HOUR, hourWeights, weekdayWeights } from './shop-calendar.ts';
import type { TrafficSource } from './traffic-sources.ts';
import { firstSources, laterSources, laterSourcesOnMailDays, paidSocialSources } from './traffic-sources.ts';

/** What every hour of one shop depends on, and nothing else: its seed, its start (ms UTC), and how it is drawn. */
export interface Shop {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  /** 1 = about 420 visits a day. */
  readonly scale: number;
  readonly calendar: (instant: number) => ShopHour;
}

/** One browser over its whole life with the shop. Times are ms UTC. */
export interface Visitor {
  /** Keys of its random streams. */
  readonly key: readonly [seed: number, bornHour: number, index: number];
  readonly id: string;
  readonly bornAt: number;
  readonly browser: Browser;
  readonly place: Place;
  readonly locale: string;
  readonly utcOffset: number;
  /** The collector could not tell the place. */
  readonly placeUnknown: boolean;
  readonly loyalty: 'once' | 'casual' | 'regular';
  /** The customer account, used from the second visit on or at the first order. */
  readonly account: string | null;
  /** How far the browser's clock runs ahead, in ms. */
  readonly clockAhead: number;
  /** An SDK that does not send `_traffic_source_*` yet. */
  readonly oldSdk: boolean;
  readonly ip: string;
}

/** One planned visit; what happens in it is drawn later by `walkVisit`. */
export interface Visit {
  readonly visitor: Visitor;
  /** 1 for the first visit of the browser's life. */
  readonly number: number;
  readonly startsAt: number;
  readonly source: TrafficSource;
  /** The last request waits in the browser for days, or is sent once more days later. */
  readonly straggler: 'late' | 'again' | null;
  /** Begins with the thank-you page of the order of the visit before, if there was one. */
  readonly reopens: boolean;
  readonly previous: Visit | null;
}

/** All visits, over their whole life, of the browsers that come for the first time in this hour. Always the same for a shop and an hour. */
export function visitsOfNewcomers(shop: Shop, hour: ShopHour): Visit[] {
  const index = Math.round(hour.at / HOUR);
  const random = openRandom(shop.seed, index, 1);
  const busy = shop.scale * visitorsPerHour * hourWeights[hour.hour]! * weekdayWeights[hour.weekday]!;
  const others = random.count(busy);
  const social = random.count(busy * along(plants.mixShift.paidSocial, hour.progress));
  const visits: Visit[] = [];
  for (let i = 0; i < others + social; i += 1) {
    visits.push(...lifeOf(shop, newcomer(shop, hour, index, i, i >= others)));
  }
  return visits;
}

/** The value of a planted trend at this progress. */
export function along([from, to]: readonly [number, number], progress: number): number {
  return from + (to - from) * progress;
}

const visitorsPerHour = 7;

interface Newcomer {
  readonly visitor: Visitor;
  readonly source: TrafficSource;
  readonly random: Random;
}

function newcomer(shop: Shop, hour: ShopHour, bornHour: number, index: number, social: boolean): Newcomer {
  const key = [shop.seed, bornHour, index + 10] as const;
  const random = openRandom(...key);
  const country = random.weighted(placesByWeight);
  const { place } = random.weighted(country.cities);
  const device = social
    ? random.chance(0.93)
      ? 'mobile'
      : 'tablet'
    : random.weighted(hour.weekday > 4 || hour.hour > 18 ? athome : atwork);
  const loyalty = random.weighted(social ? fleeting : faithful);
  const visitor: Visitor = {
    key,
    id: random.uuid(),
    bornAt: hour.at + random.whole(0, HOUR),
    browser: random.weighted(browsersByWeight[device]).browser,
    place,
    locale: random.pick(country.locales),
    utcOffset: country.utcOffsetHours * HOUR,
    placeUnknown: random.chance(plants.wire.withoutPlace),
    loyalty,
    account: random.chance(loyalty === 'regular' ? 0.8 : loyalty === 'casual' ? 0.4 : 0.25) ? `u-${random.hex(8)}` : null,
    clockAhead: random.chance(plants.wire.clockAhead) ? random.whole(20 * 60_000, 72 * HOUR) : 0,
    oldSdk: random.chance(0.1),
    ip: `${random.pick(documentationNets)}.${random.whole(1, 255)}`,
  };
  return { visitor, random, source: random.weighted(social ? paidSocialSources : firstSources) };
}

/** Blocks that RFC 5737 keeps for documentation: nobody's address. */
const documentationNets = ['192.0.2', '198.51.100', '203.0.113'] as const;

const athome = devices(0.53, 0.08, 0.39);
const atwork = devices(0.44, 0.05, 0.51);
const faithful = loyalties(0.7, 0.21, 0.09);
const fleeting = loyalties(0.92, 0.07, 0.01);

function devices(mobile: number, tablet: number, desktop: number) {
  const shares = { mobile, tablet, desktop };
  return weigh(['mobile', 'tablet', 'desktop'] as const, (device) => shares[device]);
}

function loyalties(once: number, casual: number, regular: number) {
  const shares = { once, casual, regular };
  return weigh(['once', 'casual', 'regular'] as const, (loyalty) => shares[loyalty]);
}

/** Days between visits, how that grows with each, and the chance of one more: together the shape of weekly retention. */
const habits = {
  once: { gap: 2, grows: 1, again: 0.06 },
  casual: { gap: 5, grows: 1.25, again: 0.62 },
  regular: { gap: 4.5, grows: 1.06, again: 0.9 },
} as const;

function lifeOf(shop: Shop, { visitor, source, random }: Newcomer): Visit[] {
  const habit = habits[visitor.loyalty];
  const visits: Visit[] = [];
  let visit = planned(visitor, 1, visitor.bornAt, source, null, random);
  visits.push(visit);
  let gap = habit.gap;
  while (random.chance(habit.again) && visits.length < 40) {
    const startsAt = nextStart(shop, visit.startsAt, random.wait(gap) * 24 * HOUR, random);
    gap *= habit.grows;
    const mailDay = [1, 4].includes(shop.calendar(startsAt).weekday);
    visit = planned(
      visitor,
      visit.number + 1,
      startsAt,
      random.weighted(mailDay ? laterSourcesOnMailDays : laterSources),
      visit,
      random,
    );
    visits.push(visit);
  }
  return visits;
}

function planned(
  visitor: Visitor,
  number: number,
  startsAt: number,
  source: TrafficSource,
  previous: Visit | null,
  random: Random,
): Visit {
  const luck = random.next();
  const { late, again } = plants.wire;
  // A browser whose clock runs ahead is left out: its late events could not be told from punctual ones.
  const straggler = visitor.clockAhead > 0 ? null : luck < late ? 'late' : luck < late + again ? 'again' : null;
  const reopens = random.chance(plants.wire.thankYouReopened) && previous !== null;
  return { visitor, number, startsAt, source, straggler, reopens, previous };
}

/** Moves a waiting time to an hour at which people shop; at least three hours later, so that sessions never touch. */
function nextStart(shop: Shop, before: number, wait: number, random: Random): number {
  const rough = shop.calendar(before + 3 * HOUR + wait);
  const moved = rough.at + (random.weighted(hoursByWeight) - rough.hour) * HOUR;
  return Math.max(moved, Math.ceil(before / HOUR) * HOUR + 3 * HOUR) + random.whole(0, HOUR);
}

const hoursByWeight = weigh([...hourWeights.keys()], (hour) => hourWeights[hour]!);
