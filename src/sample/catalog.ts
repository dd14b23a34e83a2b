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

type Shelf = readonly [
  category: string,
  weight: number,
  brands: readonly string[],
  products: readonly (readonly [string, string, number])[],
];

const shelves: readonly Shelf[] = [
  [
    'Shoes',
    1.5,
    ['Nordvik', 'Strada', 'Alpenweg', 'Pinemark'],
    [
      ['Court Sneaker White', 'Sneakers', 79.9],
      ['Runner 3 Sneaker', 'Sneakers', 99.9],
      ['Suede Sneaker Olive', 'Sneakers', 89.9],
      ['Chelsea Boot Black', 'Boots', 129],
      ['Hiking Boot Mid', 'Boots', 149],
      ['Canvas Slip-On', 'Casual', 49.9],
      ['Trail Shoe Light', 'Running', 119],
      ['Wool Slipper', 'Home', 39.9],
      ['Leather Derby', 'Business', 139],
      ['Kids Sneaker Velcro', 'Kids', 44.9],
      ['Sandal Cork', 'Sandals', 59.9],
      ['Winter Boot Lined', 'Boots', 159],
    ],
  ],
  [
    'Clothing',
    1.4,
    ['Nordvik', 'Velmora', 'Pinemark', 'Ostra'],
    [
      ['Merino Sweater Grey', 'Knitwear', 69.9],
      ['Rain Jacket Navy', 'Jackets', 119],
      ['Organic T-Shirt 3-Pack', 'Basics', 34.9],
      ['Slim Jeans Indigo', 'Jeans', 59.9],
      ['Flannel Shirt', 'Shirts', 44.9],
      ['Down Vest', 'Jackets', 89.9],
      ['Linen Dress Sand', 'Dresses', 74.9],
      ['Thermal Leggings', 'Basics', 29.9],
      ['Knit Beanie', 'Accessories', 19.9],
      ['Wool Scarf', 'Accessories', 27.9],
      ['Fleece Hoodie', 'Knitwear', 54.9],
      ['Parka Long', 'Jackets', 179],
    ],
  ],
  [
    'Bags',
    0.8,
    ['Tresca', 'Alpenweg', 'Solano'],
    [
      ['City Backpack 20L', 'Backpacks', 69.9],
      ['Weekender Canvas', 'Travel', 84.9],
      ['Crossbody Mini', 'Handbags', 49.9],
      ['Laptop Sleeve 14"', 'Accessories', 29.9],
      ['Roll-Top Backpack', 'Backpacks', 79.9],
      ['Tote Recycled', 'Handbags', 24.9],
      ['Cabin Trolley', 'Travel', 129],
      ['Belt Bag', 'Accessories', 32.9],
      ['Wallet Slim', 'Accessories', 34.9],
      ['Wash Bag', 'Travel', 22.9],
    ],
  ],
  [
    'Home',
    1.1,
    ['Hauslicht', 'Kupfer & Co', 'Velmora', 'Lumio'],
    [
      ['Table Lamp Brass', 'Lighting', 64.9],
      ['Linen Bedding Set', 'Bedroom', 99.9],
      ['Floor Lamp Arc', 'Lighting', 139],
      ['Wool Throw', 'Textiles', 49.9],
      ['Scented Candle Fig', 'Decoration', 18.9],
      ['Cushion Velvet', 'Textiles', 24.9],
      ['Wall Mirror Round', 'Decoration', 79.9],
      ['Storage Basket', 'Storage', 22.9],
      ['Bath Towel Set', 'Bathroom', 39.9],
      ['Desk Organizer', 'Storage', 19.9],
      ['Plant Pot Terracotta', 'Decoration', 16.9],
      ['LED Bulb 4-Pack', 'Lighting', 14.9],
    ],
  ],
  [
    'Kitchen',
    0.9,
    ['Kupfer & Co', 'Brightwell', 'Ostra'],
    [
      ['Pour-Over Coffee Set', 'Coffee', 39.9],
      ['Chef Knife 20 cm', 'Knives', 69.9],
      ['Coffee Grinder Manual', 'Coffee', 54.9],
      ['Cast Iron Pan', 'Cookware', 59.9],
      ['Enamel Mug', 'Tableware', 12.9],
      ['Espresso Machine Compact', 'Coffee', 229],
      ['Air Fryer Copper Edition', 'Appliances', 189],
      ['Cutting Board Oak', 'Tools', 34.9],
      ['Glass Storage 5-Set', 'Storage', 29.9],
      ['Bread Tin', 'Baking', 17.9],
      ['Water Carafe', 'Tableware', 24.9],
    ],
  ],
  [
    'Outdoor',
    1,
    ['Alpenweg', 'Caldera', 'Pinemark'],
    [
      ['Trekking Tent 2P', 'Camping', 199],
      ['Sleeping Bag Light', 'Camping', 109],
      ['Trekking Poles', 'Hiking', 49.9],
      ['Headlamp 400', 'Camping', 39.9],
      ['Insulated Bottle 750', 'Accessories', 29.9],
      ['Camping Stove', 'Camping', 44.9],
      ['Hiking Backpack 45L', 'Hiking', 134],
      ['Hammock', 'Camping', 54.9],
      ['Rain Poncho', 'Hiking', 24.9],
      ['Dry Bag 10L', 'Accessories', 17.9],
      ['First Aid Kit', 'Accessories', 19.9],
    ],
  ],
  [
    'Electronics',
    1,
    ['Lumio', 'Brightwell', 'Voltar'],
    [
      ['Wireless Earbuds', 'Audio', 89.9],
      ['Smart Plug 2-Pack', 'Smart Home', 24.9],
      ['Power Bank 10000', 'Charging', 34.9],
      ['Bluetooth Speaker', 'Audio', 59.9],
      ['USB-C Charger 65 W', 'Charging', 39.9],
      ['Fitness Tracker', 'Wearables', 79.9],
      ['E-Reader Cover', 'Accessories', 19.9],
      ['Desk Light Smart', 'Smart Home', 49.9],
      ['Over-Ear Headphones', 'Audio', 149],
      ['Webcam Full HD', 'Office', 54.9],
      ['Mechanical Keyboard', 'Office', 99.9],
    ],
  ],
  [
    'Beauty',
    0.7,
    ['Velmora', 'Solano', 'Ostra'],
    [
      ['Face Cream Rich', 'Skin', 27.9],
      ['Hand Cream 3-Set', 'Skin', 15.9],
      ['Shampoo Bar', 'Hair', 11.9],
      ['Beard Oil', 'Men', 18.9],
      ['Body Oil Almond', 'Skin', 22.9],
      ['Perfume Cedar', 'Fragrance', 64.9],
      ['Lip Balm Duo', 'Skin', 8.9],
      ['Sun Fluid SPF 50', 'Skin', 19.9],
      ['Hair Brush Wood', 'Hair', 16.9],
      ['Bath Salt', 'Bath', 12.9],
    ],
  ],
];

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
