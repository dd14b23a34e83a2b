import { drawPageLoad, pageLoadAttributes } from './page-load.ts';
import type { Page } from './pages.ts';
import { shopHost } from './pages.ts';
import type { Random } from './random.ts';
import type { ShopHour } from './shop-calendar.ts';
import { campaignOf } from './traffic-sources.ts';
import type { Visit } from './visitors.ts';

/** One event as the AWS web SDK sends it (domain study §1.1). `timestamp` is the browser's clock, `at` the true time in ms and not sent. */
export interface SdkEvent {
  readonly at: number;
  readonly body: {
    readonly event_type: string;
    readonly event_id: string;
    readonly timestamp: number;
    readonly unique_id: string;
    readonly attributes: Attributes;
    readonly items?: readonly Item[];
    readonly [field: string]: unknown;
  };
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element of `items`; prices in `currency`. */
export type Item = Readonly<Record<string, string | number>>;

/** A visit while it happens: every call appends events at the current time. */
export interface Trail {
  readonly events: readonly SdkEvent[];
  /** Lets time pass, in seconds. */
  wait(seconds: number): void;
  /** Opens a page: `_page_view`, sometimes `_page_load` and `_scroll`; gives the load time in ms. */
  open(page: Page): number;
  act(name: string, attributes?: Attributes, items?: readonly Item[]): void;
  /** From now on the events carry the visitor's account. */
  logIn(account: string): void;
}

/** Starts the trail of one visit. */
export function startTrail(visit: Visit, hour: ShopHour, random: Random): Trail {
  const { visitor } = visit;
  const events: SdkEvent[] = [];
  const fixed = fixedFields(visit);
  const arrival = arrivalAttributes(visit, campaignOf(visit.source, hour));
  let now = visit.startsAt;
  let page: Opened | null = null;
  let user = userFields(visit, null);
  const act: Trail['act'] = (name, attributes, items) => {
    const always = { ...arrival.onEvery, _session_duration: now - visit.startsAt, ...page?.onEvery };
    const who = { event_type: name, event_id: random.uuid(), unique_id: visitor.id, timestamp: now + visitor.clockAhead };
    const what = { user, ...(items === undefined ? {} : { items }), attributes: { ...always, ...attributes } };
    events.push({ at: now, body: { ...who, ...fixed, ...what } });
    now += random.whole(3, 40);
  };
  const open: Trail['open'] = (next) => {
    const before = page;
    page = opened(next, before === null ? arrival.query : '', now);
    act('_page_view', viewAttributes(before, now));
    const load = drawPageLoad(next, visitor, random);
    if (random.chance(measuredShare) || next.status !== undefined) {
      now += load.duration;
      act('_page_load', pageLoadAttributes(load, page.onEvery._page_url));
    }
    if (random.chance(scrolledShare)) act('_scroll', { _engagement_time_msec: random.whole(2000, 30_000) });
    return load.duration;
  };
  const wait: Trail['wait'] = (seconds) => {
    now += Math.round(Math.min(seconds, longestWait) * 1000);
  };
  const logIn: Trail['logIn'] = (account) => {
    user = userFields(visit, account);
  };
  return { events, wait, open, act, logIn };
}

/** The page load is measured on a sample of the views, and on every page that is not there. */
const measuredShare = 0.24;
const scrolledShare = 0.1;
/** In seconds; well under the 30 minutes after which the SDK begins a new session. */
const longestWait = 1200;

interface Opened {
  readonly since: number;
  readonly onEvery: { readonly _page_title: string; readonly _page_url: string };
}

function opened(page: Page, arrivalQuery: string, since: number): Opened {
  const query = [page.search ?? '', arrivalQuery].filter((part) => part !== '').join('&');
  return {
    since,
    onEvery: { _page_title: page.title, _page_url: `https://${shopHost}${page.path}${query === '' ? '' : `?${query}`}` },
  };
}

function viewAttributes(before: Opened | null, now: number): Attributes {
  if (before === null) return { _entrances: 1 };
  return {
    _entrances: 0,
    _page_referrer: before.onEvery._page_url,
    _page_referrer_title: before.onEvery._page_title,
    _previous_timestamp: before.since,
    _engagement_time_msec: Math.min(now - before.since, 600_000),
  };
}

function fixedFields({ visitor }: Visit) {
  const { browser, locale } = visitor;
  const [language = 'en', country = 'DE'] = locale.split('-');
  return {
    device_id: visitor.id,
    app_id: 'fjordhaus',
    host_name: shopHost,
    locale,
    system_language: language,
    country_code: country,
    zone_offset: visitor.utcOffset,
    make: browser.make,
    platform: 'Web',
    screen_width: browser.screen[0],
    screen_height: browser.screen[1],
    viewport_width: browser.viewport[0],
    viewport_height: browser.viewport[1],
    sdk_name: 'aws-solution-clickstream-sdk',
    sdk_version: visitor.oldSdk ? '0.11.2' : '0.12.6',
  };
}

function userFields({ visitor }: Visit, account: string | null) {
  const firstTouch = visitor.bornAt + visitor.clockAhead;
  return {
    _user_first_touch_timestamp: { value: firstTouch, set_timestamp: firstTouch },
    ...(account === null ? {} : { _user_id: { value: account, set_timestamp: firstTouch } }),
  };
}

/** What the way in leaves behind: the landing page's query, and attributes that stay on every event of the session. */
function arrivalAttributes(visit: Visit, campaign: string | undefined) {
  const { source, medium, clickId, referrer } = visit.source;
  const { id, oldSdk, clockAhead } = visit.visitor;
  const start = visit.startsAt + clockAhead;
  const clickValue = `${id.slice(24)}${visit.number.toString(36)}`;
  const query = new URLSearchParams();
  if (source !== undefined) query.set('utm_source', source);
  if (medium !== undefined) query.set('utm_medium', medium);
  if (campaign !== undefined) query.set('utm_campaign', campaign);
  if (clickId !== undefined) query.set(clickId, clickValue);
  const traffic = {
    ...(source === undefined ? {} : { _traffic_source_source: source }),
    ...(medium === undefined ? {} : { _traffic_source_medium: medium }),
    ...(campaign === undefined ? {} : { _traffic_source_campaign: campaign }),
    ...(clickId === undefined ? {} : { _traffic_source_clid: clickValue, _traffic_source_clid_platform: clickId }),
  };
  return {
    query: query.toString(),
    onEvery: {
      _session_id: `${id.slice(-8)}-${sessionStamp(start)}`,
      _session_start_timestamp: start,
      _session_number: visit.number,
      ...(referrer === undefined ? {} : { _latest_referrer: referrer, _latest_referrer_host: new URL(referrer).host }),
      ...(oldSdk ? {} : traffic),
    },
  };
}

/** `yyyyMMdd-HHmmssSSS` in UTC. */
function sessionStamp(instant: number): string {
  const digits = new Date(instant).toISOString().replaceAll(/\D/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}
