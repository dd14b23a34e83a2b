import type { Chart } from '../chart/chart-table.ts';
import type { DataFacts } from '../glossary/data-facts.ts';
import type { ClarifyReading, DataReading, DeclineReading, Reading, SqlReading } from '../glossary/reading.ts';
import type { Verification } from '../glossary/verified-question.ts';
import type { Draft } from '../metrics/draft.ts';
import type { ModelUsage } from '../services/model.ts';
import type { Cell, QueryResult, ResultColumn } from '../services/warehouse.ts';
import type { GuardRefusal, SafeSql } from '../sql/safe-sql.ts';

/** What travels along the line, in the order of its stations. */
export interface Question {
  readonly id: string;
  readonly text: string;
  /** The last Reading of the thread, which a follow-up changes. */
  readonly last?: Reading;
  /** The last answered one, where `last` only asked back: what is no reply to that goes on from here. */
  readonly answered?: Reading;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  /** Who asks: for budgets and the record, never for the numbers. */
  readonly asker?: string;
}

export interface Brief {
  readonly question: Question;
  /** The question's time in the shop's zone. */
  readonly today: string;
  readonly facts: DataFacts;
}

/** The guard let it pass and the engine answered. */
export interface Fetched {
  readonly sql: SafeSql;
  readonly estimatedBytes: number;
  readonly result: QueryResult;
  /** Rows of the draft's asides, by id. */
  readonly asides: Readonly<Record<string, QueryResult>>;
}

/** One mark: stands above the picture because it changes how to read a number. */
export interface Mark {
  readonly code:
    | 'partial'
    | 'stale'
    | 'small_sample'
    | 'unknown_place'
    | 'updated'
    | 'no_picture'
    | 'row_limit'
    | 'beyond_data'
    | 'caveat'
    | 'not_complete'
    | 'model_sql';
  /** The bold first half and the rest, as people read it. */
  readonly title: string;
  readonly text: string;
}

/** What a person gets for a question about the numbers, or for SQL of their own. */
export interface Answer {
  readonly kind: 'answer';
  readonly id: string;
  readonly question: string;
  readonly reading?: DataReading;
  /** The rows are those of SQL that a model wrote, and no definition of the house stands behind them. */
  readonly modelSql?: SqlReading;
  readonly model?: ModelReceipt;
  /** A person approved how these words are read. */
  readonly verified?: Verification;
  /** The finding with its number, and up to two more sentences. */
  readonly headline: string;
  readonly more: string;
  readonly marks: readonly Mark[];
  /** «conversion rate by device · 25 Oct – 23 Nov against … · Berlin time · without bots». */
  readonly readAs: string;
  /** «Complete to Mon 23 Nov · refreshed 14:02 · 41 MB scanned, under $0.01 · 1.3 s». */
  readonly footer: string;
  /** One number was asked: as it stands in the header of the message. */
  readonly bigNumber?: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly truncated: boolean;
  /** The table as people read it; absent where one number says all. */
  readonly table?: ShownTable;
  readonly chart?: Chart;
  readonly png?: Buffer;
  /** Address of the dashboard narrowed like the question, where there is one. */
  readonly dashboard?: string;
  readonly sql: string;
  /** How it was counted, bullet by bullet. */
  readonly counted: readonly string[];
  readonly notes: readonly string[];
  /** What could be safer in an engineer's SQL; its sentences stand among the notes. */
  readonly advice?: readonly SqlAdvice[];
  /** The next questions a good analyst would ask: label and the whole question. */
  readonly next: readonly { readonly label: string; readonly question: string }[];
  readonly freshness: {
    readonly completeTo: string | null;
    readonly lastRun: string | null;
    readonly partial: boolean;
    readonly newestEventTime: string | null;
    readonly dataVersion: string;
  };
  readonly price: Price;
  readonly ms: Times;
}

export interface ShownTable {
  readonly caption: string;
  readonly header: readonly string[];
  /** Text as shown; `value` where the cell is a number, for sorting. */
  readonly rows: readonly (readonly { readonly text: string; readonly value?: number }[])[];
}

/** Bytes as Athena bills them; dollars at Athena's list price, also on the local engine, where nothing is billed. */
export interface Price {
  readonly estimatedBytes: number;
  readonly scannedBytes: number;
  readonly usd: number;
  readonly billed: boolean;
}

/** What a model's help with one question took: calls, tokens, and dollars where the model's price is known. */
export interface ModelReceipt extends ModelUsage {
  readonly calls: number;
}

/** Milliseconds by station. */
export type Times = Readonly<Record<string, number>>;

export interface Clarify {
  readonly kind: 'clarify';
  readonly id: string;
  readonly question: string;
  readonly reading: ClarifyReading;
  readonly model?: ModelReceipt;
  readonly readAs?: string;
  /** Why no more was tried. */
  readonly note?: string;
  readonly ms: Times;
}

export interface Decline {
  readonly kind: 'decline';
  readonly id: string;
  readonly question: string;
  readonly reading: DeclineReading;
  readonly model?: ModelReceipt;
  readonly sentence: string;
  readonly how?: string;
  /** Why no more was tried. */
  readonly note?: string;
  readonly nearest?: { readonly label: string; readonly question: string };
  readonly ms: Times;
}

/** The guard or the engine refused: nothing was changed. `sql` is kept for the editor. */
export interface Refused {
  readonly kind: 'refused';
  readonly id: string;
  readonly question: string;
  readonly sql: string;
  readonly code: string;
  readonly sentence: string;
  readonly line?: number;
  readonly column?: number;
  readonly guard?: GuardRefusal;
  readonly construct?: string;
  /** Set where the price waits for a click. */
  readonly approval?: Approval;
  /** What it would read, where a price waits. */
  readonly reads?: Reads;
  /** How the question was read: what an approved price runs. */
  readonly reading?: DataReading | SqlReading;
  readonly readAs?: string;
  /** What could be run in its place. */
  readonly smaller?: Smaller;
  /** Trino's error name, where the engine refused. */
  readonly error?: string;
  readonly scannedBytes: number;
  readonly model?: ModelReceipt;
  readonly ms: Times;
}

/** «events, 1 Jan – 24 Nov 2026», and the number of days. */
export interface Reads {
  readonly what: string;
  readonly days?: number;
}

/** A price that waits for a click. With `unknown` tables it is the most that it may cost; `partition`: nothing bounds that column. */
export interface Approval {
  readonly bytes: number;
  readonly usd: number;
  readonly unknown?: readonly string[];
  readonly partition?: string;
}

/** A cheaper way to nearly the same: a shorter period of the question, or a bound added to the SQL; with its own price. */
export interface Smaller {
  /** «Last 28 days». */
  readonly label: string;
  readonly bytes: number;
  readonly usd: number;
  readonly reading?: DataReading | SqlReading;
  readonly sql?: string;
  /** What was added to the SQL. */
  readonly added?: string;
}

/** A remark on SQL that ran, and the changed text where one can be offered. */
export interface SqlAdvice {
  readonly sentence: string;
  readonly offer?: { readonly label: string; readonly sql: string };
}

/** Our fault: an apology with a reference; the truth is in the log. */
export interface Failed {
  readonly kind: 'failed';
  readonly id: string;
  readonly question: string;
  readonly reference: string;
  readonly sentence: string;
  readonly model?: ModelReceipt;
  readonly ms: Times;
}

export type Outcome = Answer | Clarify | Decline | Refused | Failed;
export type Composed = Draft;
