import type { WebClient } from '@slack/web-api';
import { callSlack, type Sleep } from './call-slack.ts';

/**
 * Brings a picture to Slack without showing it anywhere, and waits until Slack has scanned it (a block with an unscanned file is
 * refused), at most `patienceMs`. Undefined where it isn't ready by then: the answer goes without it.
 */
export async function uploadPicture(
  file: { readonly png: Buffer; readonly name: string; readonly altText: string },
  client: WebClient,
  sleep: Sleep,
  patienceMs = 10_000,
): Promise<string | undefined> {
  const id = await callSlack(() => sendBytes(client, file), sleep);
  if (id === undefined) return undefined;
  for (let wait = 150, waited = 0; waited < patienceMs; waited += wait, wait = Math.round(wait * 1.6)) {
    const { file: info } = await callSlack(() => client.files.info({ file: id }), sleep);
    if (info?.mimetype) return id;
    await sleep(wait);
  }
  return undefined;
}

async function sendBytes(client: WebClient, file: { png: Buffer; name: string; altText: string }): Promise<string | undefined> {
  const sent = await client.filesUploadV2({
    file: file.png,
    filename: file.name,
    title: file.name,
    alt_text: file.altText.slice(0, 1000),
  });
  return firstFileId(sent);
}

/** `filesUploadV2` answers a list of replies of `completeUploadExternal`, each with its files. */
function firstFileId(sent: { readonly files?: unknown }): string | undefined {
  const replies = Array.isArray(sent.files) ? (sent.files as { id?: string; files?: { id?: string }[] }[]) : [];
  return replies[0]?.files?.[0]?.id ?? replies[0]?.id;
}

/** Puts a text file into a thread: CSV of an answer, SQL too long for a message. */
export async function uploadText(
  file: { readonly text: string; readonly name: string; readonly comment?: string },
  to: { readonly channel: string; readonly thread?: string | undefined },
  client: WebClient,
  sleep: Sleep,
): Promise<void> {
  const common = {
    file: Buffer.from(file.text, 'utf8'),
    filename: file.name,
    title: file.name,
    ...(file.comment ? { initial_comment: file.comment } : {}),
  };
  await callSlack(
    () =>
      client.filesUploadV2(
        to.thread ? { ...common, channel_id: to.channel, thread_ts: to.thread } : { ...common, channel_id: to.channel },
      ),
    sleep,
  );
}
