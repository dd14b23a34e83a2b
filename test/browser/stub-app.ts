import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Playground } from '../../src/playground/open-playground.ts';

/** JSON as the stub reads it. */
type Json = Record<string, unknown>;

/** What one delivery is answered with, and what the stub does after it. */
export type Respond = (
  payload: Json,
  kind: 'event' | 'command' | 'press',
  call: Call,
) => Json | string | undefined | Promise<Json | string | undefined>;

/** One Web API call. */
export type Call = (method: string, body: Json) => Promise<Json>;

/** A stand-in for the app: no Bolt, it acknowledges and calls back. */
export async function stubApp(playground: Playground, token: string, respond: Respond): Promise<Server> {
  const call: Call = async (method, body) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const reply = await fetch(playground.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await reply.json()) as Json;
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      const form = new URLSearchParams(body);
      const isEvent = (request.headers['content-type'] ?? '').includes('json');
      const payload = isEvent
        ? JSON.parse(body)
        : form.has('payload')
          ? JSON.parse(form.get('payload') ?? '{}')
          : Object.fromEntries(form);
      const answer = await respond(payload, isEvent ? 'event' : form.has('payload') ? 'press' : 'command', call);
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer === undefined ? '' : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  playground.setEventsUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return server;
}
