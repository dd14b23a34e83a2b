import type { Chart } from '../chart/chart-table.ts';
import type { Reading } from '../glossary/reading.ts';
import type { Claim } from '../services/spending.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import type { Answer, Outcome, Question } from './stations.ts';

/** THE LINE as its doors see it: a question, an engineer's SQL or a stored Reading goes in, one outcome comes out. Never throws. */
export interface Line {
  ask(question: Question, options?: LineOptions): Promise<Outcome>;
  /** Boards at `fetch`. */
  sql(statement: Statement, options?: LineOptions): Promise<Outcome>;
  /** Boards at `compose`: a digest, an answer asked again after a refresh. */
  reading(reading: Reading, question: Question, options?: LineOptions): Promise<Outcome>;
  /** The same rows as another picture; undefined where it can't be drawn. */
  redraw(answer: Answer, type: Chart['type']): Promise<Buffer | undefined>;
  /** All rows with full precision as CSV, cells that begin with = + - @ defused. */
  csv(answer: Pick<Answer, 'columns' | 'rows'>): string;
}

export interface Statement {
  readonly id: string;
  readonly text: string;
  readonly askedAt: string;
  readonly asker?: string;
  /** Replaces the house's tables (command line, `--catalog`). */
  readonly catalog?: Catalog;
}

export interface LineOptions {
  readonly signal?: AbortSignal;
  /** Told at each change of state, for a message that is edited as it goes. */
  readonly onState?: (state: LineState) => void;
  /** Draws no picture. */
  readonly noPicture?: boolean;
  readonly rowLimit?: number;
  /** The person saw the price and approved it. */
  readonly approvedUsd?: number;
  /** Names the question across restarts, so that what already runs for it is taken up and paid once. */
  readonly askedFor?: string;
  /** Whose budget pays; without it the asker's, as a question or SQL. */
  readonly spender?: Partial<Pick<Claim, 'id' | 'who' | 'kind'>>;
  /** The door can ask back: SQL that reads all days of a large table waits for a choice between all and a few. */
  readonly offersBound?: boolean;
}

export type LineState =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly readAs: string; readonly reading: Reading }
  | { readonly state: 'checked'; readonly estimatedBytes: number; readonly usd: number }
  | { readonly state: 'running' }
  | { readonly state: 'drawing' };
