import clickIds from '../reference/click-ids.json' with { type: 'json' };

/** Where a visit says it comes from: UTM parameters or click ids. '' = not said. */
export interface TrafficTags {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  /** `sdk` or `utm`: named by the site; `click`: only an ad network's click id; '' = nothing said. */
  readonly kind: '' | 'sdk' | 'utm' | 'click';
}

export const NO_TAGS: TrafficTags = { source: '', medium: '', campaign: '', kind: '' };

// What an ad network appends to the landing URL. fbclid stands on unpaid links too, so it says nothing of «paid».
const CLICK_IDS = clickIds.map(({ parameter, source, medium }) => [parameter, source, medium] as const);

/**
 * Tags of one page: the SDK's own `_traffic_source_*`, else UTM of the page, else its click ids, else UTM of the referrer
 * (AWS's SDK keeps the campaign there). Values are URL-decoded.
 */
export function trafficTags(
  own: { source: string; medium: string; campaign: string; click: string },
  pageUrl: string,
  referrer: string,
): TrafficTags {
  if (own.source !== '' || own.medium !== '' || own.campaign !== '') return { ...pick(own), kind: 'sdk' };
  const page = tagsOf(pageUrl);
  if (page.kind !== '') return page;
  const click = CLICK_IDS.find(([, source]) => own.click !== '' && source === own.click.toLowerCase());
  if (click !== undefined) return { source: click[1], medium: click[2], campaign: '', kind: 'click' };
  const behind = tagsOf(referrer);
  return behind.kind === 'utm' ? behind : NO_TAGS;
}

function pick(own: { source: string; medium: string; campaign: string }): Omit<TrafficTags, 'kind'> {
  return { source: own.source, medium: own.medium, campaign: own.campaign };
}

function tagsOf(url: string): TrafficTags {
  const question = url.indexOf('?');
  if (question < 0) return NO_TAGS;
  const query = url.slice(question + 1).split('#', 1)[0] as string;
  const source = parameter(query, 'utm_source');
  const medium = parameter(query, 'utm_medium');
  const campaign = parameter(query, 'utm_campaign');
  if (source !== '' || medium !== '' || campaign !== '') return { source, medium, campaign, kind: 'utm' };
  for (const [name, clickSource, clickMedium] of CLICK_IDS) {
    if (parameter(query, name) !== '') return { source: clickSource, medium: clickMedium, campaign: '', kind: 'click' };
  }
  return NO_TAGS;
}

function parameter(query: string, name: string): string {
  let start = query.startsWith(`${name}=`) ? 0 : query.indexOf(`&${name}=`);
  if (start < 0) return '';
  start = query.indexOf('=', start) + 1;
  const end = query.indexOf('&', start);
  return decoded(query.slice(start, end < 0 ? undefined : end));
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced.trim();
  try {
    return decodeURIComponent(spaced).trim();
  } catch {
    return spaced.trim(); // a damaged escape is kept as sent
  }
}
