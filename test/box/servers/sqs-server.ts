import { createHash, randomUUID } from 'node:crypto';
import { openWireServer, WireError, type WireServer } from './wire-server.ts';

export interface SqsServer extends WireServer {
  readonly queueUrl: string;
  send(body: string): void;
  /** All that was sent, in order. */
  readonly sent: readonly string[];
  /** Messages that were neither taken nor deleted. */
  readonly left: () => number;
}

/** SQS's JSON 1.0 for one queue: long polling, deletion; what was received and not deleted stays away. */
export async function openSqsServer(): Promise<SqsServer> {
  const messages = new Map<string, string>();
  const taken = new Set<string>();
  const waiting = new Set<() => void>();
  const sent: string[] = [];
  const server = await openWireServer(async (request) => {
    const input = request.json<{ ReceiptHandle?: string; WaitTimeSeconds?: number }>();
    if (request.operation === 'DeleteMessage') {
      messages.delete(input.ReceiptHandle ?? '');
      return { json: {} };
    }
    if (request.operation !== 'ReceiveMessage') throw new WireError('UnknownOperationException', request.operation);
    if ([...messages.keys()].every((id) => taken.has(id)))
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, (input.WaitTimeSeconds ?? 0) * 1000);
        timer.unref();
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    const found = [...messages].filter(([id]) => !taken.has(id));
    for (const [id] of found) taken.add(id);
    const Messages = found.map(([id, Body]) => ({
      MessageId: id,
      ReceiptHandle: id,
      Body,
      MD5OfBody: createHash('md5').update(Body).digest('hex'),
    }));
    return { json: { Messages } };
  });
  return {
    ...server,
    queueUrl: `${server.endpoint}/000000000000/inbox`,
    left: () => messages.size,
    sent,
    send(body) {
      sent.push(body);
      messages.set(randomUUID(), body);
      for (const wake of waiting) wake();
      waiting.clear();
    },
  };
}
