import { browse } from './browse.ts';
import type { Product } from './catalog.ts';
import { categoriesByWeight, products, productsByPopularity } from './catalog.ts';
import type { Order } from './checkout.ts';
import { goToCart, reloadThankYou } from './checkout.ts';
import { articles, campaignPage, missingPage, pages } from './pages.ts';
import { plants } from './plants.ts';
import { openRandom } from './random.ts';
import { seeCategory, seeProduct } from './shelves.ts';
import type { ShopHour } from './shop-calendar.ts';
import { campaignOf } from './traffic-sources.ts';
import type { SdkEvent } from './trail.ts';
import { startTrail } from './trail.ts';
import type { Shop, Visit } from './visitors.ts';
import { along } from './visitors.ts';
import type { Walk } from './walk.ts';

/** What came out of a visit: its events in order of time, and the order if there was one. */
export interface WalkEnd {
  readonly events: readonly SdkEvent[];
  readonly order: Order | null;
}

/** Draws what happens in a planned visit; always the same for the same visit. */
export function walkVisit(shop: Shop, visit: Visit): WalkEnd {
  const random = openRandom(...visit.visitor.key, visit.number);
  const hour = shop.calendar(visit.startsAt);
  const trail = startTrail(visit, hour, random);
  const walk: Walk = { visit, hour, random, trail, intent: intentOf(visit, hour), cart: new Map() };
  rememberAccount(walk);
  trail.act('_session_start');
  if (visit.number === 1) trail.act('_first_open');
  const reopened = visit.reopens && visit.previous !== null ? walkVisit(shop, { ...visit.previous, reopens: false }).order : null;
  const order = reopened === null ? shopAround(walk) : reload(walk, reopened);
  leave(walk);
  return { events: trail.events, order };
}

function intentOf(visit: Visit, hour: ShopHour): number {
  const { visitor, source } = visit;
  const { device } = visitor.browser;
  const devices = device === 'desktop' ? along(plants.mixShift.desktop, hour.progress) * 1.3 : device === 'tablet' ? 1 : 0.8;
  const known = { once: 0.8, casual: 1.15, regular: 1.5 }[visitor.loyalty] * (visit.number > 1 ? 1.3 : 1);
  const country =
    visitor.place.country === plants.weakCountry.country ? plants.weakCountry.intent : visitor.place.country === 'US' ? 0.5 : 1;
  const weekend = hour.weekday > 4 ? 0.9 : 1;
  return source.intent * devices * known * country * weekend;
}

function rememberAccount({ visit, random, trail }: Walk): void {
  const { account } = visit.visitor;
  if (account !== null && visit.number > 1 && random.chance(0.6)) trail.logIn(account);
}

function reload(walk: Walk, order: Order): null {
  reloadThankYou(walk, order);
  return null;
}

function shopAround(walk: Walk): Order | null {
  const { visit, random, trail } = walk;
  if (visit.number > 1 && random.chance(0.012 * walk.intent)) {
    // The cart of the visit before is still there.
    trail.open(pages.home);
    walk.cart.set(random.weighted(productsByPopularity), 1);
    removeUnsold(walk);
    return goToCart(walk);
  }
  const landing = land(walk);
  if (landing === null) return null;
  browse(walk, landing.product);
  return walk.cart.size > 0 ? goToCart(walk) : null;
}

function removeUnsold({ cart }: Walk): void {
  for (const product of cart.keys()) if (product.id === plants.unsold.product) cart.delete(product);
  if (cart.size === 0) cart.set(products[0]!, 1);
}

/** The page where a visit begins: its load time in ms, and the product that it shows. */
interface Landing {
  readonly load: number;
  readonly product: Product | null;
}

/** Opens the landing page of the source; null when the visitor leaves from it. */
function land(walk: Walk): Landing | null {
  const { visit, random } = walk;
  const landing = openLanding(walk);
  const slow = landing.load > 4000 ? 0.12 : 0;
  const bounces = visit.source.bounces * (visit.number > 1 ? 0.9 : 1.2) + slow;
  if (!random.chance(bounces)) return landing;
  walk.trail.wait(random.chance(0.55) ? random.between(1, 9) : random.wait(25));
  return null;
}

function openLanding(walk: Walk): Landing {
  if (walk.visit.source.lands !== 'product') return { load: openLandingPage(walk), product: null };
  const product = walk.random.weighted(productsByPopularity);
  return { load: seeProduct(walk, product), product };
}

function openLandingPage(walk: Walk): number {
  const { visit, hour, random, trail } = walk;
  const { lands } = visit.source;
  if (lands === 'category') return seeCategory(walk, random.weighted(categoriesByWeight)[0]).load;
  if (lands === 'campaign') return trail.open(campaignPage(campaignOf(visit.source, hour) ?? 'welcome'));
  if (lands === 'blog') return trail.open(random.pick(articles));
  if (lands === 'missing') return trail.open(missingPage(plants.deadLink.path));
  return trail.open(pages.home);
}

function leave({ trail, random }: Walk): void {
  const first = trail.events[0]!.at;
  const last = trail.events[trail.events.length - 1]!.at;
  if (last - first < 10_000) return;
  trail.wait(random.wait(20));
  trail.act('_user_engagement', { _engagement_time_msec: Math.min(random.whole(1000, 60_000), last - first) });
}
