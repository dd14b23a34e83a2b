import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import bolt, { type App, type Logger } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { boltLogger } from './bolt-logger.ts';
import { doors } from './doors/doors.ts';
import { questionOfEvent } from './doors/events/question-of-event.ts';
import { endLatePrices } from './jobs/settle-price.ts';
import { keepBeforeAck } from './keep-before-ack.ts';
import { type Connection, keepConnected } from './keep-connected.ts';
import { openRoom } from './open-room.ts';
import { type Patience, type Room, usualPatience } from './room.ts';
import type { SlackAppOptions } from './slack-app-options.ts';
import { tellDigest } from './tell-digest.ts';

/** The running app; `eventsUrl` is where Slack's requests go, over HTTP. */
export interface SlackApp {
  readonly eventsUrl?: string;
  /** Since when Slack can't reach the app over Socket Mode, ISO 8601 UTC; undefined while it can. */
  downSince(): string | undefined;
  /** Stops taking events and waits a little for what runs; what doesn't end is taken up at the next start. */
  close(): Promise<void>;
}

/** Opens the Slack app: connects, takes up what was left open, starts the digests. Throws where Slack refuses the token or a port is taken. */
export async function openSlackApp(options: SlackAppOptions): Promise<SlackApp> {
  const logger = boltLogger(options.log);
  const clientOptions = clientsOf(options, logger);
  const client = new WebClient(options.botToken, clientOptions);
  const progress = new WebClient(options.botToken, clientOptions);
  const { team_id: team, user_id: botUser } = await client.auth.test();
  const room = openRoom(options, { client, progress, team: team ?? '', botUser: botUser ?? '' });

  const bare = receiverOf(options, clientOptions, logger);
  const connection =
    bare instanceof bolt.SocketModeReceiver ? keepConnected(bare.client, { ...room, log: options.log }) : undefined;
  const receiver = keepBeforeAck(bare, async (body) => {
    const job = await questionOfEvent(body as object, room);
    if (!job) return;
    await room.store.claim(job);
    const { place } = job;
    if (place.to === 'channel' && place.thread && !job.external)
      await room.kept.openThread(place.channel, place.thread, job.asker);
  });
  const app = new bolt.App({
    token: options.botToken,
    receiver,
    clientOptions,
    logger,
    convoStore: false,
    deferInitialization: true,
  });
  app.error(async (fault) => {
    room.report(fault, 'door');
  });
  for (const door of doors) door(app, room);
  await app.init();
  const eventsUrl = await listen(app, options, connection);

  room.refreshes.takeUp(options.sole).catch((fault: unknown) => room.report(fault, 'refresh'));
  const stopRounds = startRounds(room, { ...usualPatience, ...options.patience });
  return {
    ...(eventsUrl ? { eventsUrl } : {}),
    downSince: () => connection?.downSince(),
    async close() {
      stopRounds();
      connection?.stop();
      await stop(app, room);
    },
  };
}

/** Retries are our own (`call-slack.ts`): a client that retried by itself would post twice, or sleep for half an hour. */
function clientsOf({ slackApiUrl }: SlackAppOptions, logger: Logger): WebClientOptions {
  return {
    logger,
    timeout: 15_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...(slackApiUrl ? { slackApiUrl } : {}),
  };
}

function receiverOf({ transport }: SlackAppOptions, clientOptions: WebClientOptions, logger: Logger) {
  return transport.kind === 'http'
    ? new bolt.HTTPReceiver({ signingSecret: transport.signingSecret, logger })
    : new bolt.SocketModeReceiver({
        appToken: transport.appToken,
        logger,
        installerOptions: { clientOptions },
        autoReconnectEnabled: false,
      });
}

async function listen(app: App, { transport }: SlackAppOptions, connection: Connection | undefined): Promise<string | undefined> {
  if (transport.kind === 'socket') {
    await connection?.open(() => app.start());
    return undefined;
  }
  const host = transport.host ?? '0.0.0.0';
  const server = (await app.start({ port: transport.port, host })) as Server;
  openServers.set(app, server);
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(server.address() as AddressInfo).port}/slack/events`;
}

/** Bolt waits for idle keep-alive connections, five seconds and more; they are cut instead. */
const openServers = new WeakMap<App, Server>();

async function stop(app: App, room: Room): Promise<void> {
  const ended = app.stop();
  openServers.get(app)?.closeIdleConnections();
  await room.runner.close(room.patience.close);
  openServers.get(app)?.closeAllConnections();
  await ended;
}

/** Takes up open jobs, due digests and prices whose time is over, now and then again. */
function startRounds(room: Room, { sweep }: Patience): () => void {
  const round = () => {
    room.runner.sweep().catch((fault: unknown) => room.report(fault, 'sweep'));
    endLatePrices(room).catch((fault: unknown) => room.report(fault, 'price'));
    room.refreshes.takeUp(false).catch((fault: unknown) => room.report(fault, 'refresh'));
    room.digests.tick((due) => tellDigest(due, room)).catch((fault: unknown) => room.report(fault, 'digest'));
  };
  round();
  const timer = setInterval(round, sweep);
  return () => clearInterval(timer);
}
