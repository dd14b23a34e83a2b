import type { Clock } from '../services/clock.ts';
import type { Log } from './room.ts';
import { type Sleep, slackWord } from './send/call-slack.ts';

/** Slack could not be connected at the start; the message says what to do. */
export class SocketFault extends Error {}

/** What is used of Socket Mode's client, which must not reconnect by itself. */
export interface SocketClient {
  on(event: 'connected' | 'disconnected', hear: () => void): unknown;
  start(): Promise<unknown>;
}

/** A connection that is kept up. */
export interface Connection {
  /** Since when Slack can't reach the app, ISO 8601 UTC; undefined while it can. */
  downSince(): string | undefined;
  /** Connects first, by `start`; a SocketFault where Slack refuses the token, or could not be reached several times. */
  open(start: () => Promise<unknown>): Promise<void>;
  /** Connects no more. */
  stop(): void;
}

export interface ConnectionWorld {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
}

/**
 * Connects anew whenever the connection ends: at once where Slack only changes it, as it does every few hours, and after longer
 * and longer pauses where it can't. The client's own way waits for five seconds each time, and a lost network or a refused token
 * while it reconnects ends the process with an unhandled rejection.
 */
export function keepConnected(client: SocketClient, { clock, sleep, log }: ConnectionWorld): Connection {
  const now = () => Date.parse(clock.now());
  let downSince: string | undefined = clock.now();
  let upSince = 0;
  let failures = 0;
  let isStopped = false;
  let isConnecting = false;

  const connect = async () => {
    if (isConnecting) return;
    isConnecting = true;
    while (!isStopped && downSince !== undefined) {
      await sleep(pauseAfter(failures));
      if (isStopped) break;
      try {
        await client.start();
      } catch (fault) {
        failures += 1;
        log.warn({ err: fault, downSince, failures }, 'Slack could not be connected');
      }
    }
    isConnecting = false;
  };
  client.on('connected', () => {
    downSince = undefined;
    upSince = now();
  });
  client.on('disconnected', () => {
    if (isStopped) return;
    // Slack that takes the app and lets it go at once must not be called in a circle.
    failures = downSince === undefined && now() - upSince > steadyMs ? 0 : failures + 1;
    downSince ??= clock.now();
    void connect();
  });
  return {
    downSince: () => downSince,
    async open(start) {
      isConnecting = true;
      for (let tries = 1; downSince !== undefined; tries++) {
        try {
          await start();
        } catch (fault) {
          isStopped = slackWord(fault) !== undefined || tries >= firstTries;
          if (isStopped) throw socketFault(fault);
          log.warn({ err: fault, tries }, 'Slack could not be connected');
          await sleep(pauseAfter(tries));
        }
      }
      isConnecting = false;
    },
    stop() {
      isStopped = true;
    },
  };
}

function socketFault(cause: unknown): SocketFault {
  const says = slackWord(cause)
    ? 'Slack refuses the app-level token. Copy SLACK_APP_TOKEN anew from your app’s page, Basic Information, App-Level Tokens; it needs the scope connections:write.'
    : 'Slack could not be reached over Socket Mode. Look at the network and at Slack’s status page, then start again.';
  return new SocketFault(says, { cause });
}

/** A connection that lasted so long was a good one. */
const steadyMs = 10_000;
/** Who starts the app should soon see that Slack is away. */
const firstTries = 5;

/** Milliseconds: none, 1 s, 2 s, 4 s … a minute. */
function pauseAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(60_000, 1000 * 2 ** (failures - 1));
}
