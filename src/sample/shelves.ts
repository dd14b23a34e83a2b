import type { Product } from './catalog.ts';
import { categoryProducts } from './catalog.ts';
import { categoryPage, productPage } from './pages.ts';
import type { Place } from './places.ts';
import { plants } from './plants.ts';
import type { Random } from './random.ts';
import type { Item } from './trail.ts';
import type { Walk } from './walk.ts';

/** Shows a category's list page; gives the products on it and the load time in ms. */
export function seeCategory(walk: Walk, category: string): { readonly shown: readonly Product[]; readonly load: number } {
  const load = walk.trail.open(categoryPage(category));
  const shown = someProducts(category, walk.random);
  showList(walk, category, shown);
  return { shown, load };
}

/** Sends `view_item_list` for products on a page. */
export function showList(walk: Walk, listName: string, shown: readonly Product[]): void {
  const items = shown.map((product, index) => ({ ...itemOf(product, 1, walk), index: index + 1 }));
  walk.trail.act('view_item_list', { item_list_name: listName }, items);
}

/** Shows a product's page and gives its load time in ms. */
export function seeProduct(walk: Walk, product: Product): number {
  const load = walk.trail.open(productPage(product));
  const item = itemOf(product, 1, walk);
  walk.trail.act('view_item', { value: item.price, currency: item.currency }, [item]);
  return load;
}

/** Puts a product into the cart. */
export function addToCart(walk: Walk, product: Product): void {
  const { random, trail, cart } = walk;
  const quantity = product.price < 60 && random.chance(0.2) ? 2 : 1;
  const item = itemOf(product, quantity, walk);
  cart.set(product, (cart.get(product) ?? 0) + quantity);
  trail.act('add_to_cart', { value: money(item.price * quantity), currency: item.currency }, [item]);
  if (random.chance(0.015)) trail.act('rage_click', { element: 'button.gallery-next' });
}

/** The currency of a place. */
export function currencyOf(place: Place): 'EUR' | 'CHF' {
  return place.country === plants.secondCurrency.country ? plants.secondCurrency.currency : 'EUR';
}

/** What one piece costs at a place, in its currency; Swiss prices end on 5 Rappen. */
export function priceAt(product: Product, place: Place): number {
  if (currencyOf(place) === 'EUR') return product.price;
  return Math.round(product.price * plants.secondCurrency.perEuro * 20) / 20;
}

/** A product as an element of `items`. */
export function itemOf(product: Product, quantity: number, { visit }: Walk): ShopItem {
  const { place } = visit.visitor;
  return {
    id: product.id,
    name: product.name,
    brand: product.brand,
    category: product.category,
    category2: product.subcategory,
    price: priceAt(product, place),
    quantity,
    currency: currencyOf(place),
  };
}

/** Rounds to cents. */
export function money(value: number): number {
  return Math.round(value * 100) / 100;
}

/** An item of this shop. */
export interface ShopItem extends Item {
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  readonly currency: 'EUR' | 'CHF';
}

function someProducts(category: string, random: Random): readonly Product[] {
  const table = categoryProducts.get(category)!;
  const shown = new Set<Product>();
  for (let tries = 0; tries < 6; tries += 1) shown.add(random.weighted(table));
  return [...shown].slice(0, 4);
}
