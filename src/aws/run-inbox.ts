import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { pause } from './pause.ts';

/** News of ended runs, as EventBridge puts them into a queue. News may be lost or late: only a hint to look now. */
export interface RunInbox {
  /** Resolves when news of this run has come, also before it was asked for, or when `signal` is aborted. Each news wakes once. */
  ended(runId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Empties the queue as long as it is open, and wakes whoever waits for a run. */
export function openRunInbox({ client, queueUrl }: { client: SQSClient; queueUrl: string }): RunInbox {
  const waiting = new Map<string, Set<() => void>>();
  // A run may end before anybody waits for it, or while it is being looked at.
  const early = new Set<string>();
  const closed = new AbortController();
  const emptied = empty({ client, queueUrl }, closed.signal, (runId) => {
    const wakes = waiting.get(runId);
    if (wakes) for (const wake of wakes) wake();
    else keepEarly(early, runId);
  });
  return {
    ended: (runId, signal) =>
      new Promise((resolve) => {
        if (early.delete(runId)) return resolve();
        const wakes = waiting.get(runId) ?? new Set();
        waiting.set(runId, wakes);
        const wake = () => {
          wakes.delete(wake);
          if (wakes.size === 0) waiting.delete(runId);
          resolve();
        };
        wakes.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      }),
    async close() {
      closed.abort();
      await emptied;
    },
  };
}

/** Runs of the schedule are waited for by nobody: only the last few are kept. */
function keepEarly(early: Set<string>, runId: string): void {
  early.add(runId);
  const [oldest] = early;
  if (early.size > 20 && oldest !== undefined) early.delete(oldest);
}

async function empty(
  { client, queueUrl }: { client: SQSClient; queueUrl: string },
  closed: AbortSignal,
  onEnd: (runId: string) => void,
): Promise<void> {
  while (!closed.aborted) {
    try {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }),
        { abortSignal: closed },
      );
      for (const { Body, ReceiptHandle } of Messages) {
        const runId = runOf(Body);
        if (runId) onEnd(runId);
        await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
    } catch {
      // News are a convenience: the looks go on without them.
      await pause(5000, closed);
    }
  }
}

function runOf(body: string | undefined): string | undefined {
  try {
    const { detail } = JSON.parse(body ?? '') as { detail?: { jobRunId?: string } };
    return detail?.jobRunId;
  } catch {
    return undefined;
  }
}
