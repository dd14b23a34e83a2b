import { createHmac } from 'node:crypto';

/** Slack's request headers: `v0=` HMAC-SHA256 over `v0:TIMESTAMP:BODY` (docs.slack.dev, verifying requests). */
export function signedHeaders(secret: string, body: string, nowSeconds: number): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${nowSeconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(nowSeconds), 'x-slack-signature': `v0=${digest}` };
}
