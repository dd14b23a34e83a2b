import type { Product } from './catalog.ts';
import type { Random } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';
import type { Trail } from './trail.ts';
import type { Visit } from './visitors.ts';

/** A visit under way: who, when, how much they want, and what lies in the cart (product id → quantity). */
export interface Walk {
  readonly visit: Visit;
  readonly hour: ShopHour;
  readonly random: Random;
  readonly trail: Trail;
  /** Factor on the chance of every step towards an order; 1 = the shop's mean. */
  readonly intent: number;
  readonly cart: Map<Product, number>;
}
