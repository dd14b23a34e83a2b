import { request } from 'node:http';
import type { Ack, Json } from '../shapes.ts';
import { signedHeaders } from './sign.ts';

/** What is being sent: an event, a slash command, or a press of something. */
export type Kind = 'events_api' | 'slash_commands' | 'interactive';

/** A second or third try of the same event. */
export interface Retry {
  num: number;
  reason: 'http_error' | 'http_timeout' | 'connection_failed';
}

/** One way to the app. */
export interface Transport {
  send(kind: Kind, payload: Json, retry?: Retry): Promise<Ack>;
}

/** Slack waits three seconds for the app to acknowledge. */
export const ACK_MS = 3000;

/** Signed HTTP to one URL; commands and interactions as forms, events as JSON. */
export function httpTransport(url: () => string | undefined, secret: string): Transport {
  return {
    async send(kind, payload, retry) {
      const target = url();
      if (target === undefined) return { ok: false, status: 0, body: '', ms: 0, error: 'dispatch_failed' };
      const body = kind === 'events_api' ? JSON.stringify(payload) : form(kind, payload);
      // The wall clock and not the simulated one: the app holds the signature against its own.
      const signature = signedHeaders(secret, body, Math.floor(Date.now() / 1000));
      const headers = {
        ...signature,
        'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
      };
      return post(target, headers, body);
    },
  };
}

function form(kind: Kind, payload: Json): string {
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)])).toString();
}

/** node:http and not fetch: no pooled connection that would keep the app's server from closing. */
function post(url: string, headers: Record<string, string>, body: string): Promise<Ack> {
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  return new Promise((resolve) => {
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      timeout: ACK_MS,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(failed('http_error', took())));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const ok = status >= 200 && status < 300;
        resolve({
          ok,
          status,
          body: parseBody(Buffer.concat(chunks).toString('utf8')),
          ms: took(),
          ...(ok ? {} : { error: `http_error ${status}` }),
        });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', (error) =>
      resolve(failed(error.message === 'timeout' ? 'operation_timeout' : 'dispatch_failed', took())),
    );
    outgoing.end(body);
  });
}

function failed(error: string, ms: number): Ack {
  return { ok: false, status: 0, body: '', ms, error };
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
