import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Clock } from '../services/clock.ts';
import { messageSubscription, type Talk, talk } from './act.ts';
import type { CallContext } from './api/method.ts';
import { keepState, readKept, restore } from './keep.ts';
import { type Look, look } from './look.ts';
import { readManifest } from './manifest.ts';
import { pageRoutes } from './page-routes.ts';
import { type Press, press } from './press.ts';
import { type Deliver, deliverer } from './send/deliver.ts';
import { envelope } from './send/payloads.ts';
import { socketMode } from './send/socket-mode.ts';
import { httpTransport } from './send/transport.ts';
import { type Env, slackRoutes } from './slack-routes.ts';
import { WORKSPACE } from './workspace.ts';
import { createWorld, type World } from './world.ts';

/** What a playground needs to know. */
export interface PlaygroundOptions {
  /** 0 = any free port. */
  port: number;
  /** Loopback by default; the page has no login. */
  host?: string;
  signingSecret: string;
  botToken: string;
  /** With it the app may connect over Socket Mode. */
  appToken?: string;
  /** The text of the app's manifest: scopes and events beyond it are refused. */
  manifestText: string;
  clock: Clock;
  /** The shop's IANA time zone, in which the page shows times. */
  zone: string;
  /** What the sidebar tells about the running app. */
  facts?: () => { engine: string; transport: string };
  /** Keeps messages and files over a restart. */
  stateFile?: string;
  /** When a failed event comes again, milliseconds; Slack's own: at once, 1 min, 5 min. */
  retryMs?: readonly number[];
}

/** A running simulated Slack. */
export interface Playground {
  /** The page. */
  url: string;
  /** For the app's `slackApiUrl`; ends with /api/. */
  apiUrl: string;
  /** Where signed events, commands and presses go; without it they go over Socket Mode. */
  setEventsUrl(url: string): void;
  close(): Promise<void>;
  /** What is there, for tests. */
  world: Look;
  /** What people do; each promise resolves when the app acknowledged. */
  act: Talk & Press;
}

/** Opens the simulated Slack: Web API, event sender, page. Throws when the port is taken or the manifest is none. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const manifest = readManifest(options.manifestText);
  const kept = options.stateFile === undefined ? undefined : readKept(options.stateFile);
  const world = createWorld({
    clock: options.clock,
    manifest,
    zone: options.zone,
    ...(kept === undefined ? {} : { ids: kept.ids }),
  });
  if (kept !== undefined) restore(world, kept);
  let eventsUrl: string | undefined;
  const sockets = socketMode(WORKSPACE.appId);
  const http = httpTransport(() => eventsUrl, options.signingSecret);
  const transport = eventsTransport(() => eventsUrl, http, sockets);
  const deliver = deliverer(world, transport, options.retryMs);
  const act = { ...talk(world, deliver), ...press(world, deliver) };
  const context: CallContext = {
    world,
    announce: announcer(world, deliver),
    socketUrl: () => `${world.base.replace('http', 'ws')}/link?ticket=${sockets.ticket()}`,
  };
  const routes = new Hono<Env>();
  const tokens = { bot: options.botToken, ...(options.appToken === undefined ? {} : { app: options.appToken }) };
  slackRoutes(routes, context, tokens);
  const facts = () => ({ engine: '', transport: eventsUrl === undefined ? 'Socket Mode' : 'HTTP', ...options.facts?.() });
  pageRoutes(routes, { world, act, facts });
  const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
  server.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head));
  world.base = await listen(server, options.port, options.host ?? '127.0.0.1');
  const keeper = options.stateFile === undefined ? undefined : keepState(world, options.stateFile);
  return {
    url: `${world.base}/`,
    apiUrl: `${world.base}/api/`,
    setEventsUrl(url) {
      eventsUrl = url;
    },
    world: look(world),
    act,
    async close() {
      deliver.close();
      sockets.close();
      await keeper?.close();
      await shut(server);
    },
  };
}

function eventsTransport(
  url: () => string | undefined,
  http: ReturnType<typeof httpTransport>,
  sockets: ReturnType<typeof socketMode>,
) {
  return {
    send: (...args: Parameters<typeof http.send>) => (url() === undefined ? sockets : http).send(...args),
  };
}

/** Slack tells an app of its own messages too. */
function announcer(world: World, deliver: Deliver): CallContext['announce'] {
  return (event, id) => {
    const channel = world.channels.get(id);
    if (channel === undefined || !world.manifest.events.has(messageSubscription(channel))) return;
    const full = { ...event, channel_type: channel.kind };
    void deliver('events_api', 'message', envelope(world, full, channel.external));
  };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new Error(`The playground cannot listen on port ${port}.`, { cause })));
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`);
    });
  });
}

/** The page's event stream stays open for ever, so connections are cut. */
function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
