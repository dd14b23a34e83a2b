import type { Product } from './catalog.ts';
import { categoriesByWeight, categoryProducts, products, productsByPopularity } from './catalog.ts';
import { articles, categoryPage, pages, searchPage } from './pages.ts';
import { plants } from './plants.ts';
import { weigh } from './random.ts';
import { addToCart, itemOf, seeCategory, seeProduct, showList } from './shelves.ts';
import type { Walk } from './walk.ts';

/** Looks around after the landing page, which may have been a product's: lists, searches, products, now and then something into the cart. */
export function browse(walk: Walk, landed: Product | null): void {
  const { random, trail } = walk;
  if (landed !== null) consider(walk, landed, 1);
  for (let round = 0; round < 7; round += 1) {
    trail.wait(4 + random.wait(35));
    const list = random.chance(0.19) ? search(walk) : openList(walk);
    if (list === null) return;
    if (list.shown.length > 0 && random.chance(0.74)) choose(walk, list);
    if (random.chance(0.07)) readHelp(walk);
    if (!random.chance(walk.cart.size > 0 ? 0.22 : 0.3)) return;
  }
}

/** Products on a page; `wanted` is a factor on the chance that one goes into the cart. */
interface List {
  readonly name: string;
  readonly shown: readonly Product[];
  readonly wanted: number;
}

/** Null when the visitor leaves because the page is slow. */
function openList(walk: Walk): List | null {
  const { random } = walk;
  const category = random.weighted(categoriesByWeight)[0];
  const { shown } = seeCategory(walk, category);
  const slow = categoryPage(category).path === plants.slowPage.path;
  return slow && random.chance(plants.slowPage.leaves) ? null : { name: category, shown, wanted: 0.95 };
}

const terms = weigh(
  [
    ['sneakers', 'Shoes', 12],
    ['boots', 'Shoes', 7],
    ['hiking boots', 'Shoes', 5],
    ['lamp', 'Home', 8],
    ['backpack', 'Bags', 7],
    ['tent', 'Outdoor', 6],
    ['sleeping bag', 'Outdoor', 4],
    ['coffee', 'Kitchen', 5],
    ['headphones', 'Electronics', 6],
    ['merino', 'Clothing', 5],
    ['rain jacket', 'Clothing', 6],
    ['knife', 'Kitchen', 3],
    ['candle', 'Home', 3],
    ['charger', 'Electronics', 3],
    ['shampoo', 'Beauty', 2],
  ] as const,
  (row) => row[2],
);

const noResultTerms = weigh(
  plants.noResult.terms.map((term, index) => [term, 10 - index] as const),
  (row) => row[1],
);

/** Null when the visitor leaves because nothing was found. */
function search(walk: Walk): List | null {
  const { random } = walk;
  if (random.chance(0.14)) {
    sendSearch(walk, random.weighted(noResultTerms)[0], 0);
    return random.chance(plants.noResult.leaves) ? null : { name: searchList, shown: [], wanted: 0 };
  }
  const [term, category] = random.weighted(terms);
  const table = matches.get(term) ?? categoryProducts.get(category)!;
  sendSearch(walk, random.chance(0.2) ? `${term[0]!.toUpperCase()}${term.slice(1)}` : term, random.whole(3, 40));
  const shown = [...new Set([random.weighted(table), random.weighted(table), random.weighted(table)])];
  showList(walk, searchList, shown);
  return { name: searchList, shown, wanted: 1.6 };
}

const searchList = 'Search results';

/** Products whose name or subcategory holds a term, by popularity. */
const matches = new Map(
  terms.items.map(([term]) => {
    const stem = term.replace(/s$/, '');
    const found = products.filter(({ name, subcategory }) => `${name} ${subcategory}`.toLowerCase().includes(stem));
    return [term, weigh(found, (product) => product.popularity)];
  }),
);

function sendSearch({ trail }: Walk, term: string, results: number): void {
  trail.open(searchPage(term));
  trail.act('search', { search_term: term, results_count: results });
}

function choose(walk: Walk, { name, shown, wanted }: List): void {
  const { random, trail } = walk;
  trail.wait(3 + random.wait(14));
  const onList = random.chance(0.8);
  const product = onList ? random.pick(shown) : random.weighted(productsByPopularity);
  const item = { ...itemOf(product, 1, walk), index: onList ? shown.indexOf(product) + 1 : random.whole(1, 5) };
  trail.act('select_item', { item_list_name: onList ? name : 'You may also like' }, [item]);
  seeProduct(walk, product);
  if (product.category === plants.sizeGuide.category && random.chance(plants.sizeGuide.share)) compareSizes(walk, product);
  consider(walk, product, wanted);
}

function compareSizes(walk: Walk, product: Product): void {
  const { random, trail } = walk;
  for (let times = random.whole(1, 3); times > 0; times -= 1) {
    trail.wait(random.between(5, 20));
    trail.open(pages.sizeGuide);
    trail.wait(random.between(6, 25));
    seeProduct(walk, product);
  }
}

/** Puts the product into the cart, or not; the planted pairs go together. */
function consider(walk: Walk, product: Product, wanted: number): void {
  const { random, trail, intent } = walk;
  if (product.id === plants.unsold.product) return;
  const dear = product.price > 120 ? 0.7 : product.price < 30 ? 1.15 : 1;
  if (!random.chance(Math.min(0.6, 0.145 * intent ** 0.55 * dear * wanted))) return;
  trail.wait(5 + random.wait(25));
  addToCart(walk, product);
  const partner = partnerOf(product);
  if (partner !== undefined && random.chance(plants.pairs.share)) addToCart(walk, partner);
}

function partnerOf(product: Product): Product | undefined {
  const pair = plants.pairs.products.find((ids) => (ids as readonly string[]).includes(product.id));
  const partner = pair?.find((id) => id !== product.id);
  return products.find(({ id }) => id === partner);
}

function readHelp({ random, trail }: Walk): void {
  trail.wait(random.between(4, 15));
  trail.open(random.pick([pages.shippingHelp, pages.returns, pages.contact, random.pick(articles), pages.blog]));
  if (random.chance(0.06))
    trail.act('js_error', { error_message: 'ResizeObserver loop completed with undelivered notifications.' });
}
