import { plants } from './plants.ts';
import { weigh } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';

/** How a visit came about. Only what a browser would carry leaves the generator: UTM, click id, referrer. */
export interface TrafficSource {
  /** Name inside the generator; the app derives its own channel from the wire. */
  readonly name: string;
  readonly source?: string;
  readonly medium?: string;
  /** A campaign of its own; `season` takes the one of the calendar. */
  readonly campaign?: string;
  readonly referrer?: string;
  /** The parameter that an advertising network adds to the link. */
  readonly clickId?: string;
  readonly lands: 'home' | 'category' | 'product' | 'campaign' | 'blog' | 'missing';
  /** Weight among first visits and among later ones. */
  readonly first: number;
  readonly later: number;
  /** Factor on the chance to buy, and the share that leaves from the first page. */
  readonly intent: number;
  readonly bounces: number;
}

const season = 'season';

/** Paid social as it reaches phones: the growing part of the planted mix shift. */
export const paidSocial: readonly TrafficSource[] = [
  paid('instagram_ads', 'instagram', 'paid_social', 'social_prospecting', 'https://l.instagram.com/', 'fbclid', 46),
  paid('facebook_ads', 'facebook', 'paid_social', 'social_prospecting', 'https://m.facebook.com/', 'fbclid', 34),
  paid('tiktok_ads', 'tiktok', 'paid_social', 'social_video_test', 'https://www.tiktok.com/', 'ttclid', 20),
];

/** Everything else, one row per way in. */
export const otherSources: readonly TrafficSource[] = [
  { name: 'google', referrer: 'https://www.google.com/', lands: 'product', first: 19, later: 10, intent: 1, bounces: 0.4 },
  { name: 'google_home', referrer: 'https://www.google.com/', lands: 'home', first: 8, later: 9, intent: 1.15, bounces: 0.3 },
  { name: 'bing', referrer: 'https://www.bing.com/', lands: 'category', first: 3, later: 1.5, intent: 1.05, bounces: 0.4 },
  { name: 'duckduckgo', referrer: 'https://duckduckgo.com/', lands: 'category', first: 1.6, later: 1, intent: 1.1, bounces: 0.4 },
  { name: 'ecosia', referrer: 'https://www.ecosia.org/', lands: 'blog', first: 1.2, later: 0.5, intent: 0.8, bounces: 0.5 },
  { name: 'direct', lands: 'home', first: 15, later: 34, intent: 1.15, bounces: 0.32 },
  {
    name: 'google_brand',
    source: 'google',
    medium: 'cpc',
    campaign: 'brand_search',
    referrer: 'https://www.google.com/',
    clickId: 'gclid',
    lands: 'home',
    first: 7,
    later: 6,
    intent: 1.4,
    bounces: 0.27,
  },
  {
    name: 'google_ads',
    source: 'google',
    medium: 'cpc',
    campaign: 'generic_search',
    referrer: 'https://www.google.com/',
    clickId: 'gclid',
    lands: 'category',
    first: 8,
    later: 2,
    intent: 0.95,
    bounces: 0.42,
  },
  {
    name: 'google_season',
    source: 'google',
    medium: 'cpc',
    campaign: season,
    referrer: 'https://www.google.com/',
    clickId: 'gclid',
    lands: 'campaign',
    first: 3,
    later: 1,
    intent: 1.05,
    bounces: 0.42,
  },
  {
    name: 'bing_ads',
    source: 'bing',
    medium: 'cpc',
    campaign: 'generic_search',
    referrer: 'https://www.bing.com/',
    clickId: 'msclkid',
    lands: 'category',
    first: 2,
    later: 0.5,
    intent: 1.05,
    bounces: 0.4,
  },
  {
    name: 'shopping_ads',
    source: 'google_shopping',
    medium: 'cpc',
    campaign: 'shopping_feed',
    referrer: 'https://www.google.com/',
    clickId: 'gclid',
    lands: 'product',
    first: 6,
    later: 2,
    intent: 1.2,
    bounces: 0.42,
  },
  {
    name: 'price_comparison',
    referrer: 'https://www.idealo.de/',
    lands: 'product',
    first: 1.6,
    later: 0.6,
    intent: 1.2,
    bounces: 0.42,
  },
  {
    name: 'newsletter',
    source: 'newsletter',
    medium: 'email',
    campaign: 'newsletter',
    lands: 'campaign',
    first: 1,
    later: 13,
    intent: 1.35,
    bounces: 0.28,
  },
  {
    name: 'newsletter_season',
    source: 'newsletter',
    medium: 'email',
    campaign: season,
    lands: 'campaign',
    first: 0.6,
    later: 7,
    intent: 1.4,
    bounces: 0.28,
  },
  {
    name: 'abandoned_cart',
    source: 'crm',
    medium: 'email',
    campaign: 'abandoned_cart',
    lands: 'home',
    first: 0,
    later: 3,
    intent: 2.2,
    bounces: 0.2,
  },
  { name: 'instagram', referrer: 'https://l.instagram.com/', lands: 'product', first: 3, later: 2, intent: 0.6, bounces: 0.5 },
  {
    name: 'pinterest',
    referrer: 'https://www.pinterest.de/',
    lands: 'product',
    first: 1.8,
    later: 0.7,
    intent: 0.7,
    bounces: 0.5,
  },
  {
    name: 'influencer',
    source: 'instagram',
    medium: 'social',
    campaign: season,
    referrer: 'https://l.instagram.com/',
    lands: 'campaign',
    first: 1.2,
    later: 0.4,
    intent: 0.7,
    bounces: 0.48,
  },
  { name: 'youtube', referrer: 'https://www.youtube.com/', lands: 'blog', first: 1.3, later: 0.5, intent: 0.6, bounces: 0.5 },
  {
    name: 'youtube_ads',
    source: 'youtube',
    medium: 'paid_video',
    campaign: season,
    referrer: 'https://www.youtube.com/',
    clickId: 'gclid',
    lands: 'campaign',
    first: 1.2,
    later: 0.4,
    intent: 0.5,
    bounces: 0.55,
  },
  {
    name: 'display',
    source: 'gdn',
    medium: 'display',
    campaign: 'retargeting',
    referrer: 'https://ad.doubleclick.net/',
    clickId: 'dclid',
    lands: 'product',
    first: 1.5,
    later: 3,
    intent: 0.7,
    bounces: 0.52,
  },
  {
    name: 'affiliate',
    source: 'awin',
    medium: 'affiliate',
    campaign: 'partners',
    referrer: 'https://www.sparfuchs.example/',
    lands: 'category',
    first: 2,
    later: 1,
    intent: 1.5,
    bounces: 0.35,
  },
  {
    name: 'blog_partner',
    referrer: 'https://www.outdoorblog.example/gear',
    lands: 'category',
    first: 2,
    later: 0.7,
    intent: 0.9,
    bounces: 0.42,
  },
  {
    name: 'magazine',
    referrer: 'https://www.wohnmagazin.example/trends',
    lands: 'product',
    first: 1.6,
    later: 0.5,
    intent: 0.8,
    bounces: 0.45,
  },
  { name: 'dead_link', referrer: plants.deadLink.referrer, lands: 'missing', first: 0.9, later: 0.1, intent: 0.4, bounces: 0.75 },
  {
    name: 'sms',
    source: 'sms',
    medium: 'sms',
    campaign: season,
    lands: 'campaign',
    first: 0.3,
    later: 1.2,
    intent: 1.2,
    bounces: 0.35,
  },
  {
    name: 'push',
    source: 'web_push',
    medium: 'push',
    campaign: 'back_in_stock',
    lands: 'product',
    first: 0.2,
    later: 1.2,
    intent: 1.1,
    bounces: 0.4,
  },
  {
    name: 'podcast',
    source: 'podcast',
    medium: 'audio',
    campaign: 'podcast_autumn',
    lands: 'home',
    first: 0.4,
    later: 0.2,
    intent: 0.9,
    bounces: 0.4,
  },
  {
    name: 'flyer',
    source: 'flyer',
    medium: 'print',
    campaign: 'city_flyer',
    lands: 'home',
    first: 0.5,
    later: 0.2,
    intent: 0.8,
    bounces: 0.45,
  },
];

/** Ways in of a first visit, and of a later one, by weight. */
export const firstSources = weigh(otherSources, (source) => source.first);
export const laterSources = weigh(otherSources, (source) => source.later);
export const paidSocialSources = weigh(paidSocial, (source) => source.first);

/** On the days of a mailing (Tuesday and Friday) more of the known visitors come by mail. */
export const laterSourcesOnMailDays = weigh(otherSources, (source) => source.later * (source.medium === 'email' ? 2.2 : 1));

/** The campaign of the calendar that runs in an hour, by local date. */
export function seasonalCampaign(hour: ShopHour): string {
  const { month, dayOfMonth } = hour;
  if (month === 11) return dayOfMonth >= 12 ? 'black_friday' : 'autumn_sale';
  if (month === 12) return dayOfMonth <= 2 ? 'black_friday' : dayOfMonth <= 25 ? 'christmas_gifts' : 'winter_sale';
  return monthly[month - 1]!;
}

/** The campaign name of a visit by this source in this hour, if it has one. */
export function campaignOf(source: TrafficSource, hour: ShopHour): string | undefined {
  return source.campaign === season ? seasonalCampaign(hour) : source.campaign;
}

const monthly = [
  'winter_sale',
  'valentine',
  'spring_sale',
  'spring_sale',
  'mothers_day',
  'summer_promotion',
  'summer_promotion',
  'back_to_school',
  'autumn_collection',
  'autumn_sale',
] as const;

function paid(
  name: string,
  source: string,
  medium: string,
  campaign: string,
  referrer: string,
  clickId: string,
  first: number,
): TrafficSource {
  const intent = plants.mixShift.paidSocialIntent;
  return { name, source, medium, campaign, referrer, clickId, lands: 'campaign', first, later: first, intent, bounces: 0.6 };
}
