import type { WebClient } from '@slack/web-api';

/** Longest SQL file that is read, in bytes. */
export const mostBytes = 200_000;

/**
 * Reads a file that a person attached, with the app's token. The token goes to Slack's own file host and nowhere else, and no
 * redirect takes it further. Undefined where the address is another's or the file is no text of a usable size.
 */
export async function readSlackFile(
  file: { readonly url: string; readonly bytes: number },
  client: Pick<WebClient, 'token' | 'slackApiUrl'>,
): Promise<string | undefined> {
  if (file.bytes > mostBytes || !isSlacks(file.url, client.slackApiUrl)) return undefined;
  const response = await fetch(file.url, {
    headers: { authorization: `Bearer ${client.token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`Slack answered ${response.status} for an attached file.`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  return bytes.length > mostBytes || text.includes('\u0000') || text.includes('\ufffd') ? undefined : text;
}

function isSlacks(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  const own = new URL(apiUrl).origin;
  return (protocol === 'https:' && hostname === 'files.slack.com') || (own !== 'https://slack.com' && origin === own);
}
