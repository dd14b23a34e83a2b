import type { DataFacts } from '../../src/glossary/data-facts.ts';
import { electronics } from './shops.ts';

/** A bicycle shop of Denmark, the Netherlands and Germany: refunds are tracked, searches and payment errors are not. */
export const cycles: DataFacts = {
  ...electronics,
  dataVersion: 'cycles-1',
  firstDay: '2025-05-01',
  seenEvents: [...electronics.seenEvents.filter((e) => e !== 'search' && e !== 'payment_error'), 'refund', 'dead_click'],
  values: {
    ...electronics.values,
    brand: ['Cube', 'Trek', 'Giant', 'Focus', 'Shimano', 'Ortlieb', 'Specialized', 'Look', 'Time', 'Trend'],
    category: ['E-Bikes', 'Road Bikes', 'Gravel', 'Helmets', 'Lights', 'Locks', 'Kids Bikes', 'Spare Parts', 'Services'],
    category2: ['Tyres', 'Chains', 'Brake Pads', 'Cargo', 'Panniers', 'Saddles'],
    product: ['Domane AL 2', 'Reaction Hybrid Pro', 'Back-Roller Classic', 'Chain CN-HG701', 'Day Rider', 'Commuter 500'],
    campaign: ['jobrad_launch', 'spring-service-26', 'tour_de_france', 'pmax_ebikes', 'newsletter_autumn', 'Bike to Work'],
    source: ['google', 'bing', 'strava', 'komoot', 'meta', 'mailjet', 'idealo'],
    medium: ['cpc', 'email', 'organic', 'affiliate', 'paid_social'],
    referrer: ['strava.com', 'komoot.de', 'google.com', 'bikeradar.com'],
    city: ['København', 'Aarhus', 'Amsterdam', 'Utrecht', 'Münster', 'Hamburg', 'Essen', 'Best'],
    region: ['Zealand', 'Noord-Holland', 'North Rhine-Westphalia', 'Utrecht'],
    page: ['/', '/e-bikes', '/p/domane-al-2', '/cart', '/checkout', '/checkout/payment', '/jobrad', '/service/booking'],
    landing_page: ['/', '/e-bikes', '/jobrad', '/p/domane-al-2'],
    search_term: ['gravel bike', 'lock'],
    payment_type: ['mobilepay', 'ideal', 'paypal', 'klarna', 'leasing'],
    coupon: ['RIDE10', 'JOBRAD'],
    currency: ['EUR', 'DKK'],
    language: ['da', 'nl', 'de', 'en'],
    variant: ['54cm', '56cm', 'black'],
  },
};
