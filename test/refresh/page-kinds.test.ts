import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openRefreshEngine, type RefreshEngine, type Sql } from '../../src/local/refresh-engine.ts';
import { transform } from '../../src/refresh/transforms.ts';

let engine: RefreshEngine;
let sql: Sql;

beforeAll(async () => {
  engine = await openRefreshEngine({ temporary: '' });
  sql = await engine.connect();
});

afterAll(() => {
  sql.close();
  engine.close();
});

const KINDS: Readonly<Record<string, readonly string[]>> = {
  home: ['/', '', '/index.html', '/home', 'HomeScreen', 'com.shop.MainActivity'],
  product: [
    '/product/belt-bag',
    '/product/dry-bag-10l',
    '/product/storage-basket',
    '/product/shopping-cart-toy',
    '/product/checkout-divider',
    '/product/thank-you-card',
    '/product/search-and-rescue',
    '/product/404-led-lamp',
    '/p/cart',
    '/products/Wunder-Bag.html',
    '/en-gb/products/12',
    '/collections/bags/products/tote',
    '/dp/B00X',
    '/artikel/warenkorb-deko',
    'ProductDetailScreen',
  ],
  category: [
    '/category/bags',
    '/category/bag',
    '/categories/basket',
    '/collections/cart-covers',
    '/c/profile-pillows',
    '/c/women/bags/totes',
    '/brands/Basket-Co',
    '/sale',
    '/collections',
    'CategoryFragment',
  ],
  cart: [
    '/cart',
    '/Cart/',
    '/cart.php',
    '/de/warenkorb',
    '/en-US/cart',
    '/shop/basket',
    '/bag',
    '/shop/bag/',
    '/shopping-bag',
    '/shopping_cart',
    '/my-cart',
    '/view-cart',
    'CartActivity',
    'com.shop.CartFragment',
    '/cart/item/5',
  ],
  checkout: ['/checkout', '/checkout/payment', '/de/kasse', '/checkout/items/3', '/payment/card', '/shipping'],
  thank_you: ['/thank-you', '/checkout/success', '/order-confirmation/17', '/danke', '/orderComplete'],
  search: ['/search', '/suche', '/search/results', '/search-results', '/en/search.html', 'SearchScreen'],
  account: ['/account', '/my-orders', '/login', '/account/orders/item/5', '/customer-login', '/wishlist/', 'LoginVC'],
  not_found: ['/404', '/not-found', '/404.html'],
  landing: ['/lp/summer', '/campaign/black-friday'],
  content: ['/blog/how-to-pack-a-bag', '/blog/job-search-tips', '/help/find-your-basket-size', '/about', '/privacy/'],
  other: ['/xyz', '/women/dresses', '/outlet-bags', '/handbag-care'],
};

test.each(Object.entries(KINDS))('pages of the type %s are known by their path', async (kind, paths) => {
  const values = paths.map((path) => `('${path}')`).join(', ');
  await sql.run(`CREATE OR REPLACE TEMP TABLE page_paths AS SELECT * FROM (VALUES ${values}) AS t(page_path)`);
  const rows = await sql.rows(transform('page_kinds'));
  expect(Object.fromEntries(rows.map((row) => [row.kind_path, row.kind]))).toEqual(
    Object.fromEntries(paths.map((path) => [path, kind])),
  );
});
