import { shelves } from './assortment.ts';
import { plants } from './plants.ts';
import { openRandom, weigh } from './random.ts';

/** One product; `price` in euro, `popularity` weighs how often it is looked at. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly brand: string;
  readonly category: string;
  readonly subcategory: string;
  readonly slug: string;
  readonly price: number;
  readonly popularity: number;
}

/** All products, shelf by shelf: `p-0305` is the fifth of the third shelf. */
export const products: readonly Product[] = shelves.flatMap(([category, shelfWeight, brands, rows], shelf) =>
  rows.map(([name, subcategory, price], index) => {
    const id = `p-${String(shelf + 1).padStart(2, '0')}${String(index + 1).padStart(2, '0')}`;
    const popular = shelfWeight * openRandom(shelf, index).spread(0.7) * (id === plants.unsold.product ? 5 : 1);
    return {
      id,
      name,
      brand: brands[index % brands.length]!,
      category,
      subcategory,
      slug: slugOf(name),
      price,
      popularity: popular,
    };
  }),
);

/** Category names in the order of the shop's menu. */
export const categories: readonly string[] = shelves.map(([category]) => category);

/** A product by its id; an unknown id is a fault. */
export function productOf(id: string): Product {
  const product = byId.get(id);
  if (product === undefined) throw new Error(`The sample shop has no product ${id}`);
  return product;
}

const byId = new Map(products.map((product) => [product.id, product]));

/** Products by how often they are looked at, of one category or of the whole shop. */
export const productsByPopularity = weigh(products, (product) => product.popularity);

/** As `productsByPopularity`, by category name. */
export const categoryProducts = new Map(
  categories.map((category) => [
    category,
    weigh(
      products.filter((product) => product.category === category),
      (product) => product.popularity,
    ),
  ]),
);

/** Categories by how often they are opened. */
export const categoriesByWeight = weigh(shelves, (shelf) => shelf[1]);

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
