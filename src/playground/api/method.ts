import type { Json } from '../shapes.ts';
import type { World } from '../world.ts';

/** Slack's answer: `ok` and the method's fields, or `ok: false` and the error word. */
export type Reply = { ok: true; [field: string]: unknown } | { ok: false; error: string; [field: string]: unknown };

/** What one call may use. */
export interface CallContext {
  world: World;
  /** Tells the app of a change that the call made (its own message, an edit), as Slack's events do. */
  announce(event: Json, channel: string): void;
  /** Where Socket Mode connections are taken: `ws://…/link?ticket=…`. */
  socketUrl(): string;
}

/** One Web API method. */
export interface Method {
  /** Any one of these suffices; none = no scope needed. */
  scopes: readonly string[];
  /** Calls a minute under the rate-limit switch; `post` = one a second per channel. */
  tier: number | 'post' | 'none';
  /** `app` = needs the app-level token; `none` = no token at all. */
  token?: 'bot' | 'app' | 'none';
  run(args: Args, context: CallContext): Reply | Promise<Reply>;
}

/** The arguments of a call, read with Slack's tolerance for forms (everything is text) and JSON. */
export interface Args {
  all: Json;
  /** Text, or undefined when absent or empty. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
  number(name: string): number | undefined;
  /** A list or an object, sent as JSON or as JSON inside a form field. */
  json(name: string): unknown;
}

/** Wraps the fields of a request body. */
export function readArgs(all: Json): Args {
  return {
    all,
    text(name) {
      const value = all[name];
      if (typeof value === 'number') return String(value);
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
    flag: (name) => all[name] === true || all[name] === 'true' || all[name] === '1' || all[name] === 1,
    number(name) {
      const value = Number(all[name]);
      return all[name] === undefined || all[name] === '' || Number.isNaN(value) ? undefined : value;
    },
    json(name) {
      const value = all[name];
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value);
      } catch {
        return value;
      }
    },
  };
}

/** A refusal in Slack's form, with the faults of blocks when there are any. */
export function refuse(error: string, faults: readonly string[] = [], more: Json = {}): Reply {
  if (faults.length === 0) return { ok: false, error, ...more };
  return {
    ok: false,
    error,
    errors: [...faults],
    response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
    ...more,
  };
}

/** Slack's refusal when a needed argument is absent. */
export function missing(name: string): Reply {
  return refuse('invalid_arguments', [`missing required field: ${name} [json-pointer:/${name}]`]);
}
