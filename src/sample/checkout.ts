import { pages } from './pages.ts';
import { plants } from './plants.ts';
import { weigh } from './random.ts';
import type { ShopItem } from './shelves.ts';
import { currencyOf, itemOf, money } from './shelves.ts';
import { seasonalCampaign } from './traffic-sources.ts';
import type { Walk } from './walk.ts';

/** A completed order as the purchase event tells it; money in `currency`. */
export interface Order {
  readonly transaction_id: string;
  readonly value: number;
  readonly tax: number;
  readonly shipping: number;
  readonly currency: 'EUR' | 'CHF';
  readonly coupon: string | null;
  readonly payment_type: string;
  readonly items: readonly ShopItem[];
}

/** From a filled cart as far as this visitor comes; the order, or null. */
export function goToCart(walk: Walk): Order | null {
  const { random, trail } = walk;
  trail.wait(3 + random.wait(20));
  const raged = seeCart(walk);
  if (walk.cart.size === 0) return null;
  const rage = raged ? plants.rageClicks.checkoutFactor : 1;
  if (!passes(walk, 0.53 * rage, 0.2)) return null;
  trail.wait(4 + random.wait(15));
  trail.open(pages.checkout);
  trail.act('begin_checkout', cartValue(walk), cartItems(walk));
  if (!enterAddress(walk) || !passes(walk, 0.88, 0.1)) return null;
  trail.open(pages.shipping);
  trail.act(
    'add_shipping_info',
    { ...cartValue(walk), shipping_tier: random.chance(0.85) ? 'Standard' : 'Express' },
    cartItems(walk),
  );
  if (!passes(walk, 0.92 * iphone(walk), 0.1)) return null;
  return pay(walk);
}

/** Opens the thank-you page of an order again: the page sends the same purchase under a new event id. */
export function reloadThankYou({ trail }: Walk, order: Order): void {
  trail.open(pages.thankYou);
  sendPurchase({ trail }, order);
}

/** A step that the mean visitor passes with this chance; `reach` tells how much the visitor's own intent matters to it. */
function passes({ random, intent }: Walk, chance: number, reach: number): boolean {
  return random.chance(Math.min(0.97, chance * intent ** reach));
}

function iphone({ visit }: Walk): number {
  const { os, browser, device } = visit.visitor.browser;
  const { iphoneCheckout } = plants;
  return device === 'mobile' && os === iphoneCheckout.os && browser === iphoneCheckout.browser ? iphoneCheckout.survives : 1;
}

/** The cart page; true when the coupon button made the visitor angry. */
function seeCart(walk: Walk): boolean {
  const { random, trail, visit, cart } = walk;
  if (random.chance(0.85)) {
    trail.open(pages.cart);
    trail.act('view_cart', cartValue(walk), cartItems(walk));
  }
  if (random.chance(0.13)) {
    const product = random.pick([...cart.keys()]);
    trail.wait(random.wait(15));
    const item = itemOf(product, cart.get(product)!, walk);
    trail.act('remove_from_cart', { value: money(item.price * item.quantity), currency: item.currency }, [item]);
    cart.delete(product);
  }
  const { share, element } = plants.rageClicks;
  const raged = random.chance(share[visit.visitor.browser.device]);
  if (raged) for (let times = random.whole(1, 4); times > 0; times -= 1) trail.act('rage_click', { element });
  return raged;
}

/** The address form; false when the visitor gives up on it. */
function enterAddress(walk: Walk): boolean {
  const { random, trail } = walk;
  const { formField } = plants;
  const form = { form_id: formField.form };
  logInOrNot(walk);
  trail.act('form_start', { ...form, form_field: 'email' });
  trail.wait(15 + random.wait(40));
  if (random.chance(formField.share)) {
    trail.act('form_error', { ...form, form_field: formField.field, error_message: formField.message });
    if (random.chance(0.3)) return false;
    trail.wait(10 + random.wait(25));
  }
  if (random.chance(0.07)) {
    const field = random.pick(['postal_code', 'email', 'street', 'city']);
    trail.act('form_error', { ...form, form_field: field, error_message: `Please check the field ${field}` });
  }
  if (random.chance(0.09)) return false;
  trail.act('form_submit', form);
  return true;
}

function logInOrNot({ visit, random, trail }: Walk): void {
  const { account } = visit.visitor;
  if (account === null || !random.chance(0.8)) return;
  trail.logIn(account);
  trail.act(visit.number === 1 ? 'sign_up' : 'login', { method: 'email' });
}

function pay(walk: Walk): Order | null {
  const { random, trail } = walk;
  trail.wait(5 + random.wait(20));
  trail.open(pages.payment);
  const payment_type = random.weighted(paymentTypes)[0];
  trail.act('add_payment_info', { ...cartValue(walk), payment_type }, cartItems(walk));
  trail.wait(8 + random.wait(25));
  if (!survivesPayment(walk, payment_type) || !passes(walk, 0.76, 0.1)) return null;
  const order = orderOf(walk, payment_type);
  trail.open(pages.thankYou);
  sendPurchase(walk, order);
  if (random.chance(plants.wire.thankYouReload)) {
    trail.wait(random.between(5, 90));
    reloadThankYou(walk, order);
  }
  return order;
}

const paymentTypes = weigh(
  [
    ['paypal', 40],
    ['card', 27],
    ['klarna', 18],
    ['apple_pay', 8],
    ['sepa', 7],
  ] as const,
  (row) => row[1],
);

function survivesPayment({ hour, random, trail }: Walk, payment_type: string): boolean {
  const { brokenCheckout } = plants;
  if (hour.broken) {
    trail.act('js_error', { error_message: brokenCheckout.error });
    if (random.chance(brokenCheckout.paymentSurvives)) return true;
    for (let tries = random.whole(1, 3); tries > 0; tries -= 1) {
      trail.wait(random.between(4, 20));
      trail.act('payment_error', { error_message: brokenCheckout.reason, payment_type });
    }
    return false;
  }
  if (!random.chance(payment_type === 'card' ? 0.11 : 0.05)) return true;
  trail.act('payment_error', {
    error_message: random.pick(['card_declined', 'insufficient_funds', '3ds_timeout']),
    payment_type,
  });
  trail.wait(random.between(8, 60));
  return random.chance(0.55);
}

function orderOf(walk: Walk, payment_type: string): Order {
  const { random, hour, visit } = walk;
  const items = cartItems(walk);
  const coupon = random.chance(0.15) ? couponOf(walk) : null;
  const value = money(sum(items) * (coupon === null ? 1 : 0.9));
  const currency = currencyOf(visit.visitor.place);
  return {
    transaction_id: `FH-${String(hour.day).padStart(5, '0')}-${random.hex(7).toUpperCase()}`,
    value,
    tax: money(currency === 'CHF' ? (value * 8.1) / 108.1 : (value * 19) / 119),
    shipping: value >= 60 ? 0 : 4.95,
    currency,
    coupon,
    payment_type,
    items,
  };
}

function couponOf({ random, visit, hour }: Walk): string {
  if (visit.number === 1) return 'WELCOME10';
  return random.chance(0.6) ? seasonalCampaign(hour).toUpperCase() : 'NEWS10';
}

function sendPurchase({ trail }: Pick<Walk, 'trail'>, { items, coupon, ...order }: Order): void {
  trail.act('purchase', { ...order, ...(coupon === null ? {} : { coupon }) }, items);
}

function cartItems(walk: Walk): ShopItem[] {
  return [...walk.cart].map(([product, quantity]) => itemOf(product, quantity, walk));
}

function cartValue(walk: Walk) {
  return { value: money(sum(cartItems(walk))), currency: currencyOf(walk.visit.visitor.place) };
}

function sum(items: readonly ShopItem[]): number {
  return items.reduce((total, item) => total + item.price * item.quantity, 0);
}
