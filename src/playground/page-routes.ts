import { readFileSync } from 'node:fs';
import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Along, Talk } from './act.ts';
import { addPersonFile, fileFields } from './api/files.ts';
import { findChannel } from './lookup.ts';
import { bundlePage } from './page-bundle.ts';
import { pageState } from './page-state.ts';
import type { Press, Pressed } from './press.ts';
import type { Json, Switches } from './shapes.ts';
import type { Env } from './slack-routes.ts';
import type { Filled } from './view-state.ts';
import { PERSONAS, type Persona } from './workspace.ts';
import type { World } from './world.ts';

/** What the page's routes need. */
export interface PageNeeds {
  world: World;
  act: Talk & Press;
  facts: () => { engine: string; transport: string };
}

const CSP =
  "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const SAFE = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
const REDRAW_AFTER_MS = 40;

/** What the page talks to: its files, its state, «person did X», and a stream that says when to draw again. */
export function pageRoutes(server: Hono<Env>, needs: PageNeeds): void {
  const { world } = needs;
  server.use('/play/*', async (c, next) => (foreign(c) ? c.text('This address answers its own page only.', 403) : next()));
  const file = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
  server.get('/', (c) => c.body(file('page.html'), 200, { ...SAFE, 'content-type': 'text/html; charset=utf-8' }));
  server.get('/page.css', (c) => c.body(file('page.css'), 200, { ...SAFE, 'content-type': 'text/css; charset=utf-8' }));
  server.get('/page.js', async (c) =>
    c.body(await bundlePage(), 200, { ...SAFE, 'content-type': 'text/javascript; charset=utf-8' }),
  );
  server.get('/play/state', (c) => {
    const who = persona(c.req.query('as'));
    return c.json(pageState(world, who, c.req.query('channel'), needs.facts()), 200, SAFE);
  });
  server.get('/play/records', (c) => c.json(world.records, 200, SAFE));
  server.get('/play/files/:id', (c) => privateFile(c, world));
  server.get('/play/stream', (c) => changes(c, world));
  server.post('/play/act/:verb', async (c) => {
    const body = (await c.req.json().catch(() => ({}))) as Json;
    return c.json(await perform(needs, c.req.param('verb'), persona(body.as), body), 200, SAFE);
  });
}

function persona(name: unknown): Persona {
  return typeof name === 'string' && Object.hasOwn(PERSONAS, name) ? (name as Persona) : 'analyst';
}

/** Another site's page must not act here, nor reach this address under a name of its own. */
function foreign(c: Context<Env>): boolean {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  if (origin !== undefined && new URL(origin).host !== host) return true;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return (
    c.env.incoming.socket.localAddress?.startsWith('127.') === true && !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)
  );
}

/** Pictures are shown; anything else is only handed out as a download, so that it can never run here. */
function privateFile(c: Context<Env>, world: World): Response {
  const file = world.files.get(c.req.param('id') ?? '');
  if (file === undefined || !file.completed) return c.text('There is no such file.', 404);
  const picture = /^image\/(png|jpeg|gif)$/.test(file.mimetype);
  const name = file.name.replace(/[^\w.-]/g, '_');
  return c.body(new Uint8Array(file.bytes), 200, {
    ...SAFE,
    'content-type': picture ? file.mimetype : 'application/octet-stream',
    'content-disposition': `${picture ? 'inline' : 'attachment'}; filename="${name}"`,
  });
}

/** One line per burst of changes; the page then asks for its state. */
function changes(c: Context<Env>, world: World): Response {
  return streamSSE(c, async (stream) => {
    let wake = () => {};
    let dirty = true;
    const off = world.onChange(() => {
      dirty = true;
      wake();
    });
    stream.onAbort(() => {
      off();
      wake();
    });
    while (!stream.aborted) {
      if (!dirty) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (stream.aborted) break;
      await stream.sleep(REDRAW_AFTER_MS);
      dirty = false;
      await stream.writeSSE({ data: 'changed' });
    }
    off();
  });
}

async function perform({ world, act }: PageNeeds, verb: string, as: Persona, body: Json): Promise<unknown> {
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : '');
  switch (verb) {
    case 'say':
      return act.say(as, text('channel'), text('text'), along(body));
    case 'command':
      return act.command(as, text('channel'), text('command'), text('text'));
    case 'click':
      return act.click(as, body.where as Pressed, text('actionId'), body.choice);
    case 'suggest':
      return act.suggest(as, body.where as Pressed, text('actionId'), text('typed'));
    case 'fill':
      return act.fill(as, body.values as Filled);
    case 'submit':
      return act.submitView(as, body.values as Filled);
    case 'close':
      return act.closeView(as);
    case 'home':
      return act.openHome(as, body.tab === 'messages' ? 'messages' : 'home');
    case 'stop':
      return act.stop(as, text('channel'), text('threadTs'));
    case 'upload':
      return {
        ok: true,
        files: (along(body).files ?? []).map((file) =>
          fileFields(world, addPersonFile(world, PERSONAS[as], file.name, file.bytes)),
        ),
      };
    case 'redeliver':
      return { ok: true, acks: [await act.redeliver()] };
    case 'read':
      return markRead(world, as, text('channel'));
    case 'switch':
      return flip(world, text('name'), body.on === true);
    default:
      return { ok: false, error: `The playground cannot ${verb}.`, acks: [] };
  }
}

function along(body: Json): Along {
  const files = Array.isArray(body.files) ? (body.files as { name: string; base64: string }[]) : [];
  return {
    ...(typeof body.threadTs === 'string' ? { threadTs: body.threadTs } : {}),
    files: files.map((file) => ({ name: file.name, bytes: new Uint8Array(Buffer.from(file.base64, 'base64')) })),
  };
}

function markRead(world: World, as: Persona, channel: string): Json {
  const id = findChannel(world, channel)?.id ?? '';
  const newest = world.messages.get(id)?.at(-1)?.ts;
  const seen = world.read.get(PERSONAS[as]) ?? new Map<string, string>();
  if (newest !== undefined && seen.get(id) !== newest) {
    world.read.set(PERSONAS[as], seen.set(id, newest));
    world.changed();
  }
  return { ok: true };
}

function flip(world: World, name: string, on: boolean): Json {
  if (Object.hasOwn(world.switches, name)) world.switches[name as keyof Switches] = on;
  world.changed();
  return { ok: true };
}
