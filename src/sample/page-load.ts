import type { Page } from './pages.ts';
import { plants } from './plants.ts';
import type { Random } from './random.ts';
import type { Visitor } from './visitors.ts';

/** How a page loaded: ms since navigation start, and the answer's status. */
export interface PageLoad {
  readonly duration: number;
  readonly ttfb: number;
  readonly status: number;
}

/** Draws the load of a page in a visitor's browser: the page's own weight, the device, the way to the servers in Frankfurt. */
export function drawPageLoad(page: Page, visitor: Visitor, random: Random): PageLoad {
  const { device } = visitor.browser;
  const devices = device === 'desktop' ? 1 : device === 'tablet' ? 1.2 : 1.35;
  const distance = visitor.place.country === 'US' ? 1.9 : 1;
  const plant = page.path === plants.slowPage.path ? plants.slowPage.loadFactor : 1;
  const duration = Math.round(page.loads * devices * distance * plant * random.spread(0.38));
  const ttfb = Math.round(Math.min(duration * 0.6, 190 * distance * (plant > 1 ? 6 : 1) * random.spread(0.45)));
  return { duration, ttfb, status: page.status ?? 200 };
}

/** The attributes of `_page_load`: the fields of PerformanceNavigationTiming (W3C) as the SDK copies them. */
export function pageLoadAttributes(load: PageLoad, url: string): Record<string, string | number> {
  const { duration, ttfb } = load;
  const at = (share: number) => Math.round(ttfb + (duration - ttfb) * share);
  return {
    name: url,
    entryType: 'navigation',
    initiatorType: 'navigation',
    nextHopProtocol: 'h2',
    startTime: 0,
    duration,
    workerStart: 0,
    redirectStart: 0,
    redirectEnd: 0,
    redirectCount: 0,
    fetchStart: 2,
    domainLookupStart: 4,
    domainLookupEnd: Math.round(ttfb * 0.12),
    connectStart: Math.round(ttfb * 0.12),
    secureConnectionStart: Math.round(ttfb * 0.2),
    connectEnd: Math.round(ttfb * 0.4),
    requestStart: Math.round(ttfb * 0.41),
    responseStart: ttfb,
    responseEnd: at(0.1),
    transferSize: 18_000 + duration,
    encodedBodySize: 17_600 + duration,
    decodedBodySize: 71_000 + duration * 4,
    responseStatus: load.status,
    unloadEventStart: 0,
    unloadEventEnd: 0,
    domInteractive: at(0.45),
    domContentLoadedEventStart: at(0.55),
    domContentLoadedEventEnd: at(0.58),
    domComplete: at(0.97),
    loadEventStart: at(0.98),
    loadEventEnd: duration,
    type: 'navigate',
  };
}
