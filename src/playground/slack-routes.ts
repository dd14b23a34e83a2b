import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { callMethod, type Tokens } from './api/call.ts';
import { receiveBytes } from './api/files.ts';
import { type CallContext, refuse } from './api/method.ts';
import { type RateLimits, rateLimits } from './api/rate-limits.ts';
import { answerResponseUrl } from './api/response-url.ts';
import type { Json } from './shapes.ts';

/** hono with node's own request and response at hand, to cut a connection. */
export type Env = { Bindings: HttpBindings };

const SLOW_MS = 1500;
/** Hosts files under a private address, as Slack does, for the bot's token only. */
const PRIVATE_FILE = /^[A-Z0-9]+-(F[A-Z0-9]+)$/;

/** What the app talks to: `/api/*`, uploads, private files and `response_url`s. */
export function slackRoutes(server: Hono<Env>, context: CallContext, tokens: Tokens): void {
  const { world } = context;
  const limits = rateLimits(() => performance.now());
  server.all('/api/:method', (c) => apiCall(c, context, tokens, limits));
  server.post('/upload/v1/:id', async (c) => {
    const taken = receiveBytes(world, c.req.param('id'), await uploadedBytes(c));
    return taken ? c.text('OK') : c.text('not found', 404);
  });
  server.post('/response/:team/:id', async (c) => {
    const body = await bodyFields(c);
    const { status, text } = answerResponseUrl(world, c.req.param('id'), body);
    const ok = status === 200;
    world.record({
      way: 'to slack',
      name: 'response_url',
      request: body,
      response: text,
      ms: 0,
      ok,
      ...(ok ? {} : { error: text }),
    });
    return c.text(text, status as 200);
  });
  server.get('/files-pri/:place/:name', (c) => {
    const file = world.files.get(PRIVATE_FILE.exec(c.req.param('place'))?.[1] ?? '');
    if (bearer(c) !== tokens.bot) return c.text('not authorized', 403);
    if (file === undefined) return c.text('not found', 404);
    return c.body(new Uint8Array(file.bytes), 200, { 'content-type': file.mimetype });
  });
}

/** One call of the app, recorded; a fault of this server answers as Slack's own faults do. */
async function apiCall(c: Context<Env>, context: CallContext, tokens: Tokens, limits: RateLimits): Promise<Response> {
  const { world } = context;
  const name = c.req.param('method') ?? '';
  const from = performance.now();
  const fields = await bodyFields(c);
  const token = bearer(c) ?? (typeof fields.token === 'string' ? fields.token : undefined);
  delete fields.token;
  if (world.switches.slowNetwork) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  const called = callMethod(name, fields, token, context, tokens, limits);
  const { reply, retryAfter } = await called.catch(() => ({ reply: refuse('internal_error'), retryAfter: undefined }));
  const error = reply.ok ? (loseReply(c, context) ? 'reply_lost' : undefined) : String(reply.error);
  const ms = Math.round(performance.now() - from);
  const outcome = { response: reply, ms, ok: reply.ok, ...(error === undefined ? {} : { error }) };
  world.record({ way: 'to slack', name, request: shownRequest(fields), ...outcome });
  if (retryAfter !== undefined) return c.json(reply, 429, { 'retry-after': String(retryAfter) });
  return c.json(reply, 200, { 'x-oauth-scopes': [...world.manifest.scopes].join(',') });
}

function bearer(c: Context<Env>): string | undefined {
  return /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

/** The call was done but the app never hears of it, as after a dropped connection. */
function loseReply(c: Context<Env>, { world }: CallContext): boolean {
  if (!world.switches.loseNextReply || c.req.param('method') === 'auth.test') return false;
  world.switches.loseNextReply = false;
  c.env.incoming.socket.destroy();
  return true;
}

async function bodyFields(c: Context<Env>): Promise<Json> {
  const query = Object.fromEntries(new URL(c.req.url).searchParams);
  const type = c.req.header('content-type') ?? '';
  if (type.includes('application/json')) {
    const body: unknown = await c.req.json().catch(() => undefined);
    return body !== null && typeof body === 'object' ? { ...query, ...(body as Json) } : query;
  }
  if (type.includes('form')) return { ...query, ...(await c.req.parseBody()) };
  return query;
}

async function uploadedBytes(c: Context<Env>): Promise<Uint8Array> {
  if (!(c.req.header('content-type') ?? '').includes('multipart/form-data')) return new Uint8Array(await c.req.arrayBuffer());
  for (const part of Object.values(await c.req.parseBody())) {
    if (typeof part !== 'string') return new Uint8Array(await (part as File).arrayBuffer());
  }
  return new Uint8Array();
}

/** The request with JSON fields opened, as the recorder shows it. */
function shownRequest(fields: Json): Json {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
