import { plants } from './plants.ts';
import { weigh } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';

/** How a visit came about. Only what a browser would carry leaves the generator: UTM, click id, referrer. */
export interface TrafficSource {
  /** Name inside the generator; the app derives its own channel from the wire. */
  readonly name: string;
  readonly source: string | undefined;
  readonly medium: string | undefined;
  /** A campaign of its own; `season` takes the one of the calendar. */
  readonly campaign: string | undefined;
  readonly referrer: string | undefined;
  /** The parameter that an advertising network adds to the link. */
  readonly clickId: string | undefined;
  readonly lands: 'home' | 'category' | 'product' | 'campaign' | 'blog' | 'missing';
  /** Weight among first visits and among later ones. */
  readonly first: number;
  readonly later: number;
  /** Factor on the chance to buy, and the share that leaves from the first page. */
  readonly intent: number;
  readonly bounces: number;
}

/** Paid social as it reaches phones: the growing part of the planted mix shift. */
export const paidSocial = readTable(`
name          source    medium      campaign           referrer        clickId lands    first later intent bounces
instagram_ads instagram paid_social social_prospecting l.instagram.com fbclid  campaign 46    46    1      0.6
facebook_ads  facebook  paid_social social_prospecting m.facebook.com  fbclid  campaign 34    34    1      0.6
tiktok_ads    tiktok    paid_social social_video_test  www.tiktok.com  ttclid  campaign 20    20    1      0.6
`).map((source) => ({ ...source, intent: plants.mixShift.paidSocialIntent }));

/** Everything else, one row per way in: `season` takes the campaign of the calendar, `-` is absent. */
export const otherSources = readTable(`
name              source          medium     campaign       referrer                                   clickId lands    first later intent bounces
google            -               -          -              www.google.com                             -       product  19    10    1      0.4
google_home       -               -          -              www.google.com                             -       home     8     9     1.15   0.3
bing              -               -          -              www.bing.com                               -       category 3     1.5   1.05   0.4
duckduckgo        -               -          -              duckduckgo.com                             -       category 1.6   1     1.1    0.4
ecosia            -               -          -              www.ecosia.org                             -       blog     1.2   0.5   0.8    0.5
direct            -               -          -              -                                          -       home     15    34    1.15   0.32
google_brand      google          cpc        brand_search   www.google.com                             gclid   home     7     6     1.4    0.27
google_ads        google          cpc        generic_search www.google.com                             gclid   category 8     2     0.95   0.42
google_season     google          cpc        season         www.google.com                             gclid   campaign 3     1     1.05   0.42
bing_ads          bing            cpc        generic_search www.bing.com                               msclkid category 2     0.5   1.05   0.4
shopping_ads      google_shopping cpc        shopping_feed  www.google.com                             gclid   product  6     2     1.2    0.42
price_comparison  -               -          -              www.idealo.de                              -       product  1.6   0.6   1.2    0.42
newsletter        newsletter      email      newsletter     -                                          -       campaign 1     13    1.35   0.28
newsletter_season newsletter      email      season         -                                          -       campaign 0.6   7     1.4    0.28
abandoned_cart    crm             email      abandoned_cart -                                          -       home     0     3     2.2    0.2
instagram         -               -          -              l.instagram.com                            -       product  3     2     0.6    0.5
pinterest         -               -          -              www.pinterest.de                           -       product  1.8   0.7   0.7    0.5
influencer        instagram       social     season         l.instagram.com                            -       campaign 1.2   0.4   0.7    0.48
youtube           -               -          -              www.youtube.com                            -       blog     1.3   0.5   0.6    0.5
youtube_ads       youtube         paid_video season         www.youtube.com                            gclid   campaign 1.2   0.4   0.5    0.55
display           gdn             display    retargeting    ad.doubleclick.net                         dclid   product  1.5   3     0.7    0.52
affiliate         awin            affiliate  partners       www.sparfuchs.example                      -       category 2     1     1.5    0.35
blog_partner      -               -          -              www.outdoorblog.example/gear               -       category 2     0.7   0.9    0.42
magazine          -               -          -              www.wohnmagazin.example/trends             -       product  1.6   0.5   0.8    0.45
dead_link         -               -          -              blog.styleseeker.example/best-summer-looks -       missing  0.9   0.1   0.4    0.75
sms               sms             sms        season         -                                          -       campaign 0.3   1.2   1.2    0.35
push              web_push        push       back_in_stock  -                                          -       product  0.2   1.2   1.1    0.4
podcast           podcast         audio      podcast_spot   -                                          -       home     0.4   0.2   0.9    0.4
outbrain          outbrain        cpc        native_ads     www.outbrain.com                           -       blog     0.9   0.2   0.45   0.58
flyer             flyer           print      city_flyer     -                                          -       home     0.5   0.2   0.8    0.45
`);

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
  return source.campaign === 'season' ? seasonalCampaign(hour) : source.campaign;
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

function readTable(text: string): readonly TrafficSource[] {
  const [, ...rows] = text.trim().split('\n');
  return rows.map((row) => {
    const cells = row
      .trim()
      .split(/ +/)
      .map((cell) => (cell === '-' ? undefined : cell));
    const [name = '', source, medium, campaign, referrer, clickId, lands, first, later, intent, bounces] = cells;
    return {
      name,
      source,
      medium,
      campaign,
      referrer: referrer === undefined ? undefined : new URL(`https://${referrer}`).href,
      clickId,
      lands: lands as TrafficSource['lands'],
      first: Number(first),
      later: Number(later),
      intent: Number(intent),
      bounces: Number(bounces),
    };
  });
}
