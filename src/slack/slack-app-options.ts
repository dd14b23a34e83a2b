import type { Line } from '../answer/line.ts';
import type { VerifiedQuestions } from '../answer/open-verified.ts';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { Refresher } from '../services/refresher.ts';
import type { Spending } from '../services/spending.ts';
import type { Log, Patience } from './room.ts';

/** What the Slack app is made of. */
export interface SlackAppOptions {
  readonly botToken: string;
  /** One setting decides: signed HTTP on a port (0 = a free one), or Socket Mode. */
  readonly transport:
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number; readonly host?: string }
    | { readonly kind: 'socket'; readonly appToken: string };
  /** Only for the simulated Slack: the token goes there. */
  readonly slackApiUrl?: string;
  readonly line: Line;
  /** Questions that a person approved; absent where nothing can be approved. */
  readonly verified?: VerifiedQuestions;
  readonly memory: Memory;
  readonly refresher: Refresher;
  readonly clock: Clock;
  readonly zone: string;
  readonly engineers: readonly string[];
  readonly editors: readonly string[];
  /** What queries cost, for App Home. */
  readonly spending?: Pick<Spending, 'report'>;
  /** What runs without asking, in dollars a question. */
  readonly approveUsd?: number;
  /** A query is stopped after so many seconds. */
  readonly querySeconds?: number;
  /** «Athena» or «the local engine». */
  readonly engine: string;
  /** The guard's test of itself, for App Home. */
  readonly guardTest?: () => Promise<{ readonly tried: number; readonly passed: number }>;
  readonly log: Log;
  readonly report: (fault: unknown, what: string) => string;
  /** No other process shares the memory: what another one left open is taken up at once. */
  readonly sole: boolean;
  readonly patience?: Partial<Patience>;
}
