/**
 * What queries and a model's calls cost, day by day in the shop's time zone, kept where every process sees it. Dollars at the list prices of Athena
 * and Bedrock.
 * `reserve` takes money before anything runs; what is never settled (a killed process) stays counted at its estimate.
 */
export interface Spending {
  reserve(claim: Claim): Promise<Reserved | OverBudget>;
  /** Writes down what ran without asking: the house's own look at the data. */
  note(kind: SpendingKind, real: Spent): Promise<void>;
  /** Today and its month so far, against the budgets. */
  report(): Promise<SpendingReport>;
}

/** `model`: the calls of the model that reads questions. `upkeep`: queries of the house itself. */
export type SpendingKind = 'question' | 'sql' | 'model' | 'digest' | 'correction' | 'upkeep';

export interface Claim {
  /** Names the question over a restart: claimed again before it was settled, it is counted once. Empty = a claim of its own. */
  readonly id: string;
  /** Slack user id; empty where nobody asks in person. */
  readonly who: string;
  readonly kind: SpendingKind;
  readonly usd: number;
}

export interface Reserved {
  readonly kind: 'reserved';
  /** Puts what was really read in the estimate's place. */
  settle(real: Spent): Promise<void>;
}

/** Nothing was reserved: `usd` more would pass the budget. */
export interface OverBudget {
  readonly kind: 'over_budget';
  /** `month`: the workspace's of the whole month. */
  readonly whose: 'person' | 'workspace' | 'month';
  readonly usedUsd: number;
  readonly limitUsd: number;
}

export interface Spent {
  readonly bytes: number;
  readonly usd: number;
  /** Queries that were sent to the engine. */
  readonly queries: number;
}

export interface SpendingReport {
  /** `yyyy-MM-dd` in the shop's zone. */
  readonly day: string;
  readonly today: Spendings;
  readonly month: Spendings;
  /** Dollars a day, and for the month; absent = no budget. */
  readonly limits: SpendingLimits;
}

export interface Spendings {
  readonly total: Spent;
  readonly byPerson: Readonly<Record<string, Spent>>;
  readonly byKind: Readonly<Partial<Record<SpendingKind, Spent>>>;
}

export interface SpendingLimits {
  readonly person?: number;
  readonly workspace?: number;
  /** The workspace's, a calendar month. */
  readonly month?: number;
}
