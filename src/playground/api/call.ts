import type { Json } from '../shapes.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { type CallContext, type Method, type Reply, readArgs, refuse } from './method.ts';
import { peopleMethods } from './people.ts';
import type { RateLimits } from './rate-limits.ts';
import { sessionMethods } from './sessions.ts';
import { viewMethods } from './views.ts';

/** Every method this Slack knows; any other name is `unknown_method`. */
export const METHODS: Readonly<Record<string, Method>> = {
  ...peopleMethods,
  ...chatMethods,
  ...conversationMethods,
  ...viewMethods,
  ...fileMethods,
  ...sessionMethods,
};

/** The two tokens that are right. */
export interface Tokens {
  bot: string;
  app?: string;
}

/** One call: token, method, pace, scope, then the method itself; `retryAfter` (seconds) means HTTP 429. */
export async function callMethod(
  name: string,
  all: Json,
  token: string | undefined,
  context: CallContext,
  tokens: Tokens,
  limits: RateLimits,
): Promise<{ reply: Reply; retryAfter?: number }> {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return { reply: refuse('unknown_method', [], { req_method: name }) };
  const denied = method.token === 'none' ? undefined : deny(method, token, tokens);
  if (denied !== undefined) return { reply: refuse(denied) };
  const args = readArgs(all);
  const { world } = context;
  if (world.switches.rateLimits) {
    const wait = limits.take(name, method.tier, args.text('channel') ?? '');
    if (wait !== undefined) return { reply: refuse('ratelimited'), retryAfter: wait };
  }
  const allowed = method.scopes.length === 0 || method.scopes.some((scope) => world.manifest.scopes.has(scope));
  if (!allowed) {
    const provided = [...world.manifest.scopes].join(',');
    return { reply: refuse('missing_scope', [], { needed: method.scopes.join(','), provided }) };
  }
  return { reply: await method.run(args, context) };
}

function deny(method: Method, token: string | undefined, tokens: Tokens): string | undefined {
  if (token === undefined || token === '') return 'not_authed';
  const wanted = method.token === 'app' ? tokens.app : tokens.bot;
  if (token === wanted) return undefined;
  return token === tokens.bot || token === tokens.app ? 'not_allowed_token_type' : 'invalid_auth';
}
