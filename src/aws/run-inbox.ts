import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { pause } from './pause.ts';

/** News of ended runs, as EventBridge puts them into a queue. News may be lost or late: only a hint to look now. */
export interface RunInbox {
  /** Resolves when news of this run has come, or when `signal` is aborted. */
  ended(runId: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Empties the queue as long as it is open, and wakes whoever waits for a run. */
export function openRunInbox({ client, queueUrl }: { client: SQSClient; queueUrl: string }): RunInbox {
  const waiting = new Map<string, Set<() => void>>();
  const closed = new AbortController();
  const emptied = empty({ client, queueUrl }, closed.signal, (runId) => {
    for (const wake of waiting.get(runId) ?? []) wake();
  });
  return {
    ended: (runId, signal) =>
      new Promise((resolve) => {
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
