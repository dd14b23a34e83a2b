import { botAgents, browsersByWeight } from './browsers.ts';
import { categories, products } from './catalog.ts';
import { categoryPage, pages, productPage } from './pages.ts';
import { placesByWeight } from './places.ts';
import { plants } from './plants.ts';
import type { Random } from './random.ts';
import { openRandom } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';
import { HOUR } from './shop-calendar.ts';
import { otherSources } from './traffic-sources.ts';
import type { SdkEvent } from './trail.ts';
import { startTrail } from './trail.ts';
import type { Shop, Visit, Visitor } from './visitors.ts';

/** A bot's visit that starts in an hour, with its events. */
export interface BotVisit {
  readonly visit: Visit;
  readonly events: readonly SdkEvent[];
}

/** All visits of automated visitors that start in this hour: crawlers by user agent, and on one day the scraper. */
export function botVisits(shop: Shop, hour: ShopHour): BotVisit[] {
  const random = openRandom(shop.seed, Math.round(hour.at / HOUR), 2);
  const crawlers = random.count(plants.bots.visitsPerHour * shop.scale);
  const visits = Array.from({ length: crawlers }, (_, index) => crawl(shop, hour, index));
  return scrapes(shop, hour) ? [...visits, scrape(shop, hour)] : visits;
}

function crawl(shop: Shop, hour: ShopHour, index: number): BotVisit {
  const key = [shop.seed, Math.round(hour.at / HOUR), 100_000 + index] as const;
  const random = openRandom(...key);
  const browser = { ...random.weighted(browsersByWeight.desktop).browser, ua: random.pick(botAgents) };
  const visit = automated(key, random, hour, {
    id: random.uuid(),
    browser,
    place: mountainView,
    ip: `192.0.2.${random.whole(1, 255)}`,
  });
  return { visit, events: readPages(visit, hour, random, random.whole(2, 12)) };
}

const mountainView = {
  country: 'US',
  region: 'California',
  city: 'Mountain View',
  latitude: 37.3861,
  longitude: -122.0839,
} as const;

/** The scraper works from 9 to 17 o'clock local time, so that all its events fall on one day in every zone's reckoning of the shop. */
function scrapes(shop: Shop, hour: ShopHour): boolean {
  const day = shop.calendar(shop.start).day + plants.bots.scraperDay;
  return shop.scale >= 1 && hour.day === day && hour.hour >= 9 && hour.hour < 17;
}

function scrape(shop: Shop, hour: ShopHour): BotVisit {
  const key = [shop.seed, Math.round(hour.at / HOUR), 200_000] as const;
  const random = openRandom(...key);
  const person = openRandom(shop.seed, 200_000);
  const visitor = { id: person.uuid(), browser: person.weighted(browsersByWeight.desktop).browser, ip: '203.0.113.66' };
  const place = person.weighted(person.weighted(placesByWeight).cities).place;
  const visit = automated(key, random, hour, { ...visitor, place });
  return { visit, events: readPages(visit, hour, random, plants.bots.scraperPages / 8) };
}

type Who = Pick<Visitor, 'id' | 'browser' | 'place' | 'ip'>;

function automated(key: Visitor['key'], random: Random, hour: ShopHour, who: Who): Visit {
  const startsAt = hour.at + random.whole(0, 5 * 60_000);
  const visitor: Visitor = {
    key,
    ...who,
    bornAt: startsAt,
    locale: 'en-US',
    utcOffset: 0,
    placeUnknown: false,
    loyalty: 'once',
    account: null,
    clockAhead: 0,
    oldSdk: false,
  };
  return { visitor, number: 1, startsAt, source: direct, straggler: null, reopens: false, previous: null };
}

const direct = otherSources.find(({ name }) => name === 'direct')!;

function readPages(visit: Visit, hour: ShopHour, random: Random, count: number): readonly SdkEvent[] {
  const trail = startTrail(visit, hour, random);
  trail.act('_session_start');
  for (let page = 0; page < count; page += 1) {
    trail.open(
      random.chance(0.7)
        ? productPage(random.pick(products))
        : random.chance(0.8)
          ? categoryPage(random.pick(categories))
          : pages.home,
    );
    trail.wait(random.between(0.3, 1.5));
  }
  return trail.events;
}
