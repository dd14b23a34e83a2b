/**
 * What is planted in the sample shop, and what a right answer must find. Only the generator and its tests read this page:
 * the app sees raw files. Every date follows from the shop's start, so that an hour's content never depends on when it is made.
 */
export const plants = {
  /** Conversion stagnates: desktop improves while visits with little intent (paid social on phones) take a growing share. */
  mixShift: {
    finding:
      'CR is flat in total; desktop CR rises by about a third, mobile paid social grows from 4 to 19 % of sessions at a CR under 1 %',
    /** Factor on desktop's chance to buy at the start and at the end of the first `days`. */
    desktop: [0.9, 1.2],
    /** Paid social on phones, as a share of all other first visits. */
    paidSocial: [0.06, 0.62],
    paidSocialIntent: 0.75,
  },
  /** On one Tuesday the payment page throws and nearly nobody can pay. */
  brokenCheckout: {
    finding:
      'one Tuesday 18 to 24 days before the shop was made: CR falls by more than three quarters, at payment, on all devices alike, with a js_error and payment_errors on /checkout/payment',
    /** 0 = Monday. */
    weekday: 1,
    daysBeforeEnd: 24,
    /** The shop lives on: it happens again. */
    everyDays: 42,
    paymentSurvives: 0.12,
    page: '/checkout/payment',
    error: "TypeError: Cannot read properties of undefined (reading 'tokenize')",
    reason: 'payment_gateway_unavailable',
  },
  /** One category page is slow, and people leave it. */
  slowPage: {
    finding:
      '/category/outdoor: p75 of load_ms over 5 s where others are under 3 s; its exit rate is the highest of all categories',
    path: '/category/outdoor',
    loadFactor: 3.6,
    leaves: 0.3,
  },
  /** The coupon button of the cart does nothing on phones. */
  rageClicks: {
    finding: 'most rage clicks are on button#apply-coupon on /cart, on mobile, and those sessions rarely begin a checkout',
    path: '/cart',
    element: 'button#apply-coupon',
    share: { mobile: 0.2, tablet: 0.08, desktop: 0.03 },
    checkoutFactor: 0.45,
  },
  /** Terms that the shop's search does not know. */
  noResult: {
    finding: 'these terms give 0 results every time; searches overall: about one in seven',
    leaves: 0.45,
    terms: ['gift card', 'snekers', 'wool socks', 'size 46', 'rain cover', 'usb-c hub', 'vegan', 'return label'],
  },
  /** Many visits, few orders. */
  weakCountry: {
    finding: 'France: about 9 % of sessions at less than half of the CR of Germany',
    country: 'FR',
    intent: 0.4,
  },
  /** On iPhones the step from shipping to payment loses more. */
  iphoneCheckout: {
    finding:
      'Safari on iPhones loses over a quarter of the sessions between add_shipping_info and add_payment_info, Chrome on Android under a tenth',
    os: 'iOS',
    browser: 'Safari',
    survives: 0.72,
  },
  /** The phone field of the address form rejects what people type. */
  formField: {
    finding: 'form checkout-address: most form_errors are on phone; one in six who start the form never submit it',
    form: 'checkout-address',
    field: 'phone',
    message: 'Please enter a valid phone number',
    share: 0.34,
  },
  /** A page linked from a partner's blog does not exist any more. */
  deadLink: {
    finding: '/lp/summer-lookbook answers 404; nearly all of its visits come from the referrer blog.styleseeker.example',
    path: '/lp/summer-lookbook',
    referrer: 'blog.styleseeker.example',
  },
  /** Visitors of shoes go to and fro between the product and the size guide. */
  sizeGuide: {
    finding: 'the most frequent to and fro of two pages is a shoe ↔ /help/size-guide',
    path: '/help/size-guide',
    category: 'Shoes',
    share: 0.24,
  },
  /** Looked at a lot, never bought. */
  unsold: {
    finding: 'product p-0507 is among the most viewed and is never put into a cart',
    product: 'p-0507',
  },
  /** Bought together. */
  pairs: {
    finding:
      'p-0601 with p-0602 (tent and sleeping bag) and p-0401 with p-0412 (lamp and bulbs) are bought together far above chance',
    products: [
      ['p-0601', 'p-0602'],
      ['p-0401', 'p-0412'],
    ],
    share: 0.45,
  },
  /** Automated visitors: known user agents, and once one id with more than 10,000 events on a day (full scale only). */
  bots: {
    finding: 'about 3 % of sessions are bots by user agent; one id with an ordinary browser has over 10,000 events on one day',
    visitsPerHour: 0.55,
    scraperDay: 47,
    scraperPages: 7_800,
  },
  /** The second currency: Swiss orders are in CHF. */
  secondCurrency: { country: 'CH', currency: 'CHF', perEuro: 1.08 },
  /** The wire is not clean. Shares are of requests unless said otherwise. */
  wire: {
    /** Of visits: their last request waits in the browser for one to five days. */
    late: 0.012,
    /** Of visits: their last request is sent once more one to three days later. */
    again: 0.005,
    resent: 0.006,
    plainText: 0.15,
    withoutPlace: 0.03,
    /** Of visitors: their clock runs ahead by 20 minutes to 3 days; `upload_timestamp` tells by how much. */
    clockAhead: 0.004,
    /** Broken records per hour, of each kind in turn. */
    brokenPerHour: 0.16,
    /** Of orders: the thank-you page is reloaded and sends the purchase again under a new event_id. */
    thankYouReload: 0.05,
    /** Of visits after an order: they begin with that order's thank-you page, still open in a tab. */
    thankYouReopened: 0.12,
  },
} as const;
