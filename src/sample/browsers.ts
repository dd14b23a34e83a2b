import { weigh } from './random.ts';

/** What a browser tells of itself; sizes in CSS pixels. */
export interface Browser {
  readonly device: 'mobile' | 'tablet' | 'desktop';
  readonly os: 'Windows' | 'macOS' | 'Linux' | 'iOS' | 'Android';
  readonly browser: 'Chrome' | 'Safari' | 'Firefox' | 'Edge' | 'Samsung Internet' | 'Opera';
  /** What the SDK sends as `make`. */
  readonly make: string;
  readonly ua: string;
  readonly screen: readonly [width: number, height: number];
  readonly viewport: readonly [width: number, height: number];
}

type Row = readonly [
  weight: number,
  os: Browser['os'],
  browser: Browser['browser'],
  ua: string,
  screen: readonly [number, number],
  viewport: readonly [number, number],
];

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const iphone = (version: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)`;
const ipad = 'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const android = (model: string) => `Mozilla/5.0 (Linux; Android ${model}) ${webkit}`;
const windows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`;
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';

const mobile: readonly Row[] = [
  [22, 'iOS', 'Safari', `${iphone('18_6')} Version/18.6 Mobile/15E148 Safari/604.1`, [393, 852], [393, 659]],
  [15, 'iOS', 'Safari', `${iphone('17_7')} Version/17.7 Mobile/15E148 Safari/604.1`, [390, 844], [390, 664]],
  [6, 'iOS', 'Safari', `${iphone('26_1')} Version/26.1 Mobile/15E148 Safari/604.1`, [402, 874], [402, 681]],
  [4, 'iOS', 'Chrome', `${iphone('18_6')} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`, [430, 932], [430, 739]],
  [20, 'Android', 'Chrome', `${android('10; K')} Chrome/141.0.0.0 Mobile Safari/537.36`, [412, 915], [412, 732]],
  [9, 'Android', 'Chrome', `${android('14; Pixel 8')} Chrome/140.0.7339.51 Mobile Safari/537.36`, [412, 915], [412, 749]],
  [6, 'Android', 'Chrome', `${android('13; SM-A546B')} Chrome/139.0.0.0 Mobile Safari/537.36`, [360, 800], [360, 648]],
  [
    10,
    'Android',
    'Samsung Internet',
    `${android('10; K')} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    [384, 854],
    [384, 701],
  ],
  [3, 'Android', 'Firefox', 'Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0', [360, 800], [360, 664]],
  [1.5, 'Android', 'Opera', `${android('10; K')} Chrome/139.0.0.0 Mobile Safari/537.36 OPR/91.0.0.0`, [393, 873], [393, 720]],
];

const tablet: readonly Row[] = [
  [60, 'iOS', 'Safari', `${ipad} Version/18.6 Mobile/15E148 Safari/604.1`, [820, 1180], [820, 1106]],
  [8, 'iOS', 'Chrome', `${ipad} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`, [834, 1194], [834, 1075]],
  [22, 'Android', 'Chrome', `${android('13; SM-X200')} Chrome/141.0.0.0 Safari/537.36`, [800, 1280], [800, 1144]],
  [
    10,
    'Android',
    'Samsung Internet',
    `${android('14; SM-X710')} SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36`,
    [800, 1280],
    [800, 1130],
  ],
];

const desktop: readonly Row[] = [
  [38, 'Windows', 'Chrome', `${windows} Chrome/141.0.0.0 Safari/537.36`, [1920, 1080], [1920, 953]],
  [10, 'Windows', 'Chrome', `${windows} Chrome/140.0.0.0 Safari/537.36`, [1536, 864], [1536, 730]],
  [14, 'Windows', 'Edge', `${windows} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, [1920, 1080], [1898, 920]],
  [
    10,
    'Windows',
    'Firefox',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
    [1920, 1080],
    [1920, 927],
  ],
  [
    12,
    'macOS',
    'Safari',
    `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`,
    [1512, 982],
    [1512, 857],
  ],
  [9, 'macOS', 'Chrome', `${mac} ${webkit} Chrome/141.0.0.0 Safari/537.36`, [1440, 900], [1440, 764]],
  [2, 'Linux', 'Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', [2560, 1440], [2560, 1313]],
  [2, 'Linux', 'Chrome', `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/141.0.0.0 Safari/537.36`, [1920, 1080], [1920, 966]],
  [2, 'Windows', 'Opera', `${windows} Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0`, [1366, 768], [1366, 641]],
];

/** Browsers of each device class by weight, for `Random.weighted`. */
export const browsersByWeight = {
  mobile: weighRows('mobile', mobile),
  tablet: weighRows('tablet', tablet),
  desktop: weighRows('desktop', desktop),
} as const;

/** User agents of programs that say what they are. */
export const botAgents: readonly string[] = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${webkit} Chrome/141.0.7390.41 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
  `Mozilla/5.0 ${webkit}; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/136.0.0.0 Safari/537.36`,
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  `Mozilla/5.0 ${webkit}; compatible; GPTBot/1.2; +https://openai.com/gptbot`,
  `Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/141.0.0.0 Safari/537.36`,
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
];

function weighRows(device: Browser['device'], rows: readonly Row[]) {
  const browsers = rows.map(([weight, os, browser, ua, screen, viewport]) => ({
    weight,
    browser: { device, os, browser, make: browser, ua, screen, viewport } satisfies Browser,
  }));
  return weigh(browsers, (row) => row.weight);
}
