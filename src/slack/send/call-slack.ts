import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

/** Waits; handed in, so that tests don't. */
export type Sleep = (ms: number) => Promise<void>;

/**
 * Calls Slack until it answers: waits out rate limits, and tries again after a lost connection or a 5xx. `landed` looks whether
 * the lost call did its work after all, since a post that is simply repeated appears twice. Slack's own refusals are thrown.
 */
export async function callSlack<T>(call: () => Promise<T>, sleep: Sleep, landed?: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (fault) {
      const wait = waitFor(fault, tries);
      if (wait === undefined || tries >= 6) throw fault;
      await sleep(wait);
      const done = fault instanceof WebAPIRateLimitedError ? undefined : await landed?.();
      if (done !== undefined) return done;
    }
  }
}

/** Slack's word for a refusal: `invalid_blocks`, `channel_not_found` …; undefined for every other fault. */
export function slackWord(fault: unknown): string | undefined {
  return fault instanceof WebAPIPlatformError ? fault.data.error : undefined;
}

function waitFor(fault: unknown, tries: number): number | undefined {
  if (fault instanceof WebAPIRateLimitedError) return Math.min(fault.retryAfter, 60) * 1000;
  if (fault instanceof WebAPIRequestError) return 200 * 2 ** tries;
  if (fault instanceof WebAPIHTTPError && fault.statusCode >= 500) return 500 * 2 ** tries;
  const word = slackWord(fault);
  return word === 'internal_error' || word === 'service_unavailable' || word === 'fatal_error' ? 500 * 2 ** tries : undefined;
}
