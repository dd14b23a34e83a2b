import type { Product } from './catalog.ts';

/** A page of the shop; `search` is its query text without «?». */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly search?: string;
  readonly status?: number;
  /** Median load time in ms on a desktop in the EU, set by what the page has to fetch. */
  readonly loads: number;
}

/** The host that every page stands on; `.example` can never be a real shop. */
export const shopHost = 'www.fjordhaus.example';

/** Pages that are not made from a product, a category or a term. */
export const pages = {
  home: { path: '/', title: 'Fjordhaus: things that last', loads: 1500 },
  cart: { path: '/cart', title: 'Your cart', loads: 1100 },
  checkout: { path: '/checkout', title: 'Checkout: address', loads: 1300 },
  shipping: { path: '/checkout/shipping', title: 'Checkout: shipping', loads: 1000 },
  payment: { path: '/checkout/payment', title: 'Checkout: payment', loads: 1500 },
  thankYou: { path: '/thank-you', title: 'Thank you for your order', loads: 1100 },
  login: { path: '/account/login', title: 'Log in', loads: 900 },
  account: { path: '/account', title: 'Your account', loads: 1100 },
  sizeGuide: { path: '/help/size-guide', title: 'Size guide', loads: 800 },
  returns: { path: '/help/returns', title: 'Returns', loads: 800 },
  shippingHelp: { path: '/help/shipping', title: 'Shipping and delivery', loads: 800 },
  contact: { path: '/help/contact', title: 'Contact us', loads: 850 },
  blog: { path: '/blog', title: 'Journal', loads: 1600 },
} as const satisfies Record<string, Page>;

/** Articles of the shop's journal. */
export const articles: readonly Page[] = [
  ['/blog/how-to-choose-hiking-boots', 'How to choose hiking boots'],
  ['/blog/coffee-at-home', 'Better coffee at home'],
  ['/blog/care-for-merino', 'How to care for merino'],
  ['/blog/capsule-wardrobe', 'A wardrobe of twenty things'],
  ['/blog/lighting-small-rooms', 'Light for small rooms'],
].map(([path = '', title = '']) => ({ path, title, loads: 1700 }));

/** The page of a product. */
export function productPage(product: Product): Page {
  return { path: `/product/${product.slug}`, title: product.name, loads: 1700 };
}

/** The list page of a category. */
export function categoryPage(category: string): Page {
  return { path: `/category/${category.toLowerCase()}`, title: category, loads: 1600 };
}

/** The page with the results of a search. */
export function searchPage(term: string): Page {
  return { path: '/search', title: `Search: ${term}`, search: `q=${encodeURIComponent(term)}`, loads: 1500 };
}

/** The landing page of a campaign. */
export function campaignPage(campaign: string): Page {
  return { path: `/lp/${campaign.replaceAll('_', '-')}`, title: `Fjordhaus: ${campaign.replaceAll('_', ' ')}`, loads: 1700 };
}

/** What the shop answers for a path that it does not have. */
export function missingPage(path: string): Page {
  return { path, title: 'Page not found', status: 404, loads: 700 };
}
