import { beforeAll, describe, expect, test } from '@jest/globals';
import { productsByPopularity } from '../../src/sample/catalog.ts';
import { plants } from '../../src/sample/plants.ts';
import { HOUR } from '../../src/sample/shop-calendar.ts';
import type { Walked } from './every-visit.ts';
import { everyVisit, has, shareOf, shopOf } from './every-visit.ts';

const shop = shopOf(1, 90, 1);
let all: Walked[] = [];

beforeAll(() => {
  all = everyVisit(shop);
});

const bought = ({ order }: Walked) => order !== null;
const on = (device: string) => all.filter(({ visit }) => visit.visitor.browser.device === device);
const dayOf = ({ visit }: Walked) => shop.calendar(visit.startsAt).day;
const monthOf = ({ visit }: Walked) => Math.floor((visit.startsAt - shop.start) / (30 * 24 * HOUR));
const bodies = (name: string, visits = all) =>
  visits.flatMap(({ events }) => events.filter(({ body }) => body.event_type === name).map(({ body }) => body));
const pathOf = (url: unknown) => new URL(String(url)).pathname;
const viewsOf = ({ events }: Walked) =>
  events.filter(({ body }) => body.event_type === '_page_view').map(({ body }) => pathOf(body.attributes._page_url));
const count = <T>(values: readonly T[]) =>
  [...Map.groupBy(values, (value) => value)].map(([value, found]) => [value, found.length] as const).sort((a, b) => b[1] - a[1]);
const p75 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.75)]!;

describe('the size of the sample shop', () => {
  test('is that of the plan: sessions, events, conversion, carts, order value', () => {
    expect(all.length).toBeGreaterThan(31_000);
    expect(all.length).toBeLessThan(42_000);
    const events = all.reduce((sum, walked) => sum + walked.events.length, 0);
    expect(events).toBeGreaterThan(260_000);
    expect(events).toBeLessThan(330_000);
    expect(shareOf(all, bought)).toBeGreaterThan(0.022);
    expect(shareOf(all, bought)).toBeLessThan(0.032);
    expect(shareOf(all, has('add_to_cart'))).toBeGreaterThan(0.08);
    expect(shareOf(all, has('add_to_cart'))).toBeLessThan(0.11);
    const values = all.flatMap(({ order }) => (order?.currency === 'EUR' ? [order.value] : []));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(90);
  });

  test('has every event of the plan, and neither refunds nor dead clicks', () => {
    const names = new Set(all.flatMap(({ events }) => events.map(({ body }) => body.event_type)));
    const wanted =
      '_session_start _first_open _page_view _page_load _scroll _user_engagement view_item_list select_item view_item add_to_cart remove_from_cart view_cart begin_checkout add_shipping_info add_payment_info purchase search login sign_up rage_click js_error form_start form_submit form_error payment_error';
    expect([...names].sort()).toEqual(wanted.split(' ').sort());
  });

  test('has orders in two currencies', () => {
    const currencies = count(all.flatMap(({ order }) => order?.currency ?? [])).map(([currency]) => currency);
    expect(currencies).toEqual(['EUR', 'CHF']);
  });
});

describe('planted:', () => {
  test('conversion stagnates while desktop improves and mobile paid social grows', () => {
    const month = (n: number, visits = all) => visits.filter((walked) => monthOf(walked) === n);
    const social = (visits: Walked[]) => shareOf(visits, ({ visit }) => visit.source.medium === 'paid_social');
    expect(shareOf(month(2, on('desktop')), bought)).toBeGreaterThan(shareOf(month(0, on('desktop')), bought) * 1.14);
    expect(social(month(2))).toBeGreaterThan(social(month(0)) * 2.2);
    expect(
      shareOf(
        all.filter(({ visit }) => visit.source.medium === 'paid_social'),
        bought,
      ),
    ).toBeLessThan(0.01);
    const change = shareOf(month(2), bought) / shareOf(month(0), bought);
    expect(change).toBeGreaterThan(0.85);
    expect(change).toBeLessThan(1.15);
  });

  test('on one Tuesday nearly nobody can pay', () => {
    const [broken, others] = [
      all.filter(({ visit }) => shop.calendar(visit.startsAt).broken),
      all.filter(({ visit }) => !shop.calendar(visit.startsAt).broken),
    ];
    expect(new Set(broken.map(dayOf)).size).toBe(1);
    expect(shareOf(broken, bought)).toBeLessThan(shareOf(others, bought) * 0.4);
    expect(shareOf(broken, has('begin_checkout'))).toBeGreaterThan(shareOf(others, has('begin_checkout')) * 0.5);
    const errors = bodies('js_error', broken).filter(
      ({ attributes }) => attributes.error_message === plants.brokenCheckout.error,
    );
    expect(errors.length).toBeGreaterThan(3);
    expect(bodies('js_error', others).some(({ attributes }) => attributes.error_message === plants.brokenCheckout.error)).toBe(
      false,
    );
    expect(new Set(errors.map(({ attributes }) => pathOf(attributes._page_url)))).toEqual(new Set([plants.brokenCheckout.page]));
  });

  test('one category is slow', () => {
    const loads = Map.groupBy(bodies('_page_load'), ({ attributes }) => pathOf(attributes._page_url));
    const ranked = [...loads]
      .filter(([, found]) => found.length >= 100)
      .map(([path, found]) => [path, p75(found.map(({ attributes }) => Number(attributes.duration)))] as const);
    const [first, second] = ranked.sort((a, b) => b[1] - a[1]);
    expect(first![0]).toBe(plants.slowPage.path);
    expect(first![1]).toBeGreaterThan(5000);
    expect(second![1]).toBeLessThan(4000);
    const views = count(all.flatMap(viewsOf)).filter(([path]) => path.startsWith('/category/'));
    const exits = new Map(count(all.map((walked) => viewsOf(walked).at(-1))));
    const rates = views.map(([path, found]) => [path, (exits.get(path) ?? 0) / found] as const).sort((a, b) => b[1] - a[1]);
    expect(rates[0]![0]).toBe(plants.slowPage.path);
  });

  test('rage clicks are on the coupon button, on phones', () => {
    const clicks = bodies('rage_click');
    const [first] = count(clicks.map(({ attributes }) => attributes.element));
    expect(first![0]).toBe(plants.rageClicks.element);
    expect(bodies('rage_click', on('mobile')).length).toBeGreaterThan(clicks.length / 2);
    expect(
      new Set(
        clicks.filter(({ attributes }) => attributes.element === first![0]).map(({ attributes }) => pathOf(attributes._page_url)),
      ),
    ).toContain('/cart');
  });

  test('some search terms find nothing, ever', () => {
    const searches = bodies('search');
    const empty = searches.filter(({ attributes }) => attributes.results_count === 0);
    expect(new Set(empty.map(({ attributes }) => attributes.search_term))).toEqual(new Set(plants.noResult.terms));
    expect(
      searches
        .filter(({ attributes }) => attributes.results_count !== 0)
        .some(({ attributes }) => (plants.noResult.terms as readonly unknown[]).includes(attributes.search_term)),
    ).toBe(false);
    expect(empty.length / searches.length).toBeCloseTo(0.14, 1);
  });

  test('France looks and does not buy', () => {
    const of = (country: string) => all.filter(({ visit }) => visit.visitor.place.country === country);
    expect(shareOf(of('FR'), bought)).toBeLessThan(shareOf(of('DE'), bought) * 0.5);
    expect(of('FR').length / all.length).toBeGreaterThan(0.06);
  });

  test('iPhones with Safari lose more between shipping and payment', () => {
    const through = (visits: Walked[]) => shareOf(visits.filter(has('add_shipping_info')), has('add_payment_info'));
    const by = (os: string, browser: string) =>
      on('mobile').filter(({ visit }) => visit.visitor.browser.os === os && visit.visitor.browser.browser === browser);
    expect(through(by('iOS', 'Safari'))).toBeLessThan(through(by('Android', 'Chrome')) - 0.12);
  });

  test('the phone field of the address form is the trouble, and the dead link has one referrer', () => {
    expect(count(bodies('form_error').map(({ attributes }) => attributes.form_field))[0]![0]).toBe(plants.formField.field);
    const missing = bodies('_page_view').filter(({ attributes }) => pathOf(attributes._page_url) === plants.deadLink.path);
    expect(missing.length).toBeGreaterThan(50);
    expect(new Set(missing.map(({ attributes }) => attributes._latest_referrer_host))).toEqual(
      new Set([plants.deadLink.referrer]),
    );
  });

  test('shoes and the size guide are the most frequent to and fro', () => {
    const pairs = all.flatMap((walked) => {
      const views = viewsOf(walked);
      return views.flatMap((path, index) =>
        index > 1 && views[index - 2] === path && views[index - 1] !== path ? [[path, views[index - 1]].sort().join(' ')] : [],
      );
    });
    expect(count(pairs)[0]![0]).toContain(plants.sizeGuide.path);
  });

  test('one product is looked at and never bought, two pairs are bought together', () => {
    const ids = (name: string) => bodies(name).map(({ items }) => items?.[0]?.id);
    const views = count(ids('view_item'));
    expect(views.slice(0, 5).map(([id]) => id)).toContain(plants.unsold.product);
    const orders = all.flatMap(({ order }) => (order === null ? [] : [new Set(order.items.map(({ id }) => id))]));
    expect(ids('add_to_cart')).not.toContain(plants.unsold.product);
    expect(orders.some((order) => order.has(plants.unsold.product))).toBe(false);
    for (const [one, two] of plants.pairs.products) {
      const together = orders.filter((order) => order.has(one) && order.has(two)).length;
      const chance =
        (orders.filter((order) => order.has(one)).length * orders.filter((order) => order.has(two)).length) / orders.length;
      expect(together).toBeGreaterThan(Math.max(3, chance * 5));
    }
    expect(productsByPopularity.items.length).toBeGreaterThanOrEqual(80);
  });

  test('thank-you pages are reloaded, also in a later session, under new event ids', () => {
    const purchases = all.flatMap(({ visit, events }) =>
      events.filter(({ body }) => body.event_type === 'purchase').map(({ body }) => ({ visit, body })),
    );
    expect(new Set(purchases.map(({ body }) => body.event_id)).size).toBe(purchases.length);
    const orders = Map.groupBy(purchases, ({ body }) => body.attributes.transaction_id);
    const again = [...orders.values()].filter((found) => found.length > 1);
    expect(again.length / orders.size).toBeGreaterThan(0.02);
    const sessions = again.map((found) => new Set(found.map(({ visit }) => visit.number)).size);
    expect(sessions).toContain(1);
    expect(sessions).toContain(2);
    expect(orders.size).toBeGreaterThanOrEqual(all.filter(bought).length);
  });

  test('visitors come back, fewer each week, and some buy again', () => {
    const first = new Map(all.filter(({ visit }) => visit.number === 1).map(({ visit }) => [visit.visitor.id, visit.startsAt]));
    const weeks = all.flatMap(({ visit }) => {
      const since = first.get(visit.visitor.id);
      return since === undefined || since > shop.start + 49 * 24 * HOUR
        ? []
        : [`${visit.visitor.id} ${Math.floor((visit.startsAt - since) / (7 * 24 * HOUR))}`];
    });
    const active = [...new Set(weeks)].map((key) => key.split(' ')[1]);
    const returning = ['1', '2', '3', '4', '5'].map((week) => active.filter((found) => found === week).length);
    expect(returning).toEqual(returning.toSorted((a, b) => b - a));
    const buyers = count(all.filter(bought).map(({ visit }) => visit.visitor.id));
    const repeat = buyers.filter(([, orders]) => orders > 1).length / buyers.length;
    expect(repeat).toBeGreaterThan(0.06);
    expect(repeat).toBeLessThan(0.3);
  });

  test('nights are quiet, evenings busy, Sunday is the strongest day and converts less', () => {
    const hours = Map.groupBy(all, ({ visit }) => shop.calendar(visit.startsAt).hour);
    expect(hours.get(20)!.length).toBeGreaterThan(hours.get(3)!.length * 8);
    const weekend = all.filter(({ visit }) => shop.calendar(visit.startsAt).weekday > 4);
    const weekdays = all.filter(({ visit }) => shop.calendar(visit.startsAt).weekday <= 4);
    expect(weekend.length / 2).toBeGreaterThan(weekdays.length / 5);
    expect(shareOf(weekend, bought)).toBeLessThan(shareOf(weekdays, bought));
  });
});
