import { createHash, randomUUID } from 'node:crypto';
import type { Snapshot } from '../refresh/snapshot.ts';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { RunOptions } from '../services/warehouse.ts';
import type { SafeSql } from '../sql/safe-sql.ts';
import type { Order } from './athena-execution.ts';

/** Gives each run of a question its token, and knows the execution that it started before the process ended. */
export interface ExecutionClaims {
  /** `attempt` counts from 1. */
  claim(sql: SafeSql, asked: RunOptions, attempt: number): Promise<Pick<Order, 'text' | 'token' | 'known' | 'onStart'>>;
}

export interface ClaimWorld {
  readonly executions?: { readonly memory: Memory; readonly clock: Clock };
  readonly snapshotStats: () => Promise<Snapshot | undefined>;
  readonly report?: (fault: unknown, what: string) => void;
}

/** Athena keeps results that it manages itself for a day. */
const KEPT_MS = 23 * 3_600_000;

/**
 * The token is made of the question, the statement and the tables' version: the same again is the same execution, at Athena as
 * in the memory; over tables that changed meanwhile it is another, since its rows are. A memory that can't be asked costs nothing
 * but the shortcut: the token alone already finds the execution.
 */
export function openExecutionClaims({ executions, snapshotStats, report }: ClaimWorld): ExecutionClaims {
  return {
    async claim({ text }, { askedFor, approved }, attempt) {
      if (!askedFor || !executions) return { text, token: randomUUID() };
      const { memory, clock } = executions;
      const version = (await snapshotStats())?.version ?? 'none';
      const parts = [askedFor, version, attempt, approved ? 'large' : 'usual', text];
      const token = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
      const forget = (fault: unknown) => void report?.(fault, 'the memory of an execution');
      const found = await memory.get<{ executionId: string }>('execution', token).catch(forget);
      if (found) return { text, token, known: found.value.executionId };
      const onStart = (executionId: string) => {
        const expiresAt = Date.parse(clock.now()) + KEPT_MS;
        void memory.put('execution', token, { executionId, askedFor }, { expiresAt }).catch(forget);
      };
      return { text, token, onStart };
    },
  };
}
