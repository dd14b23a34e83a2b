import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Reply, Request } from './engine-messages.ts';

export interface EngineProcessOptions {
  readonly memoryLimitMb: number;
  readonly threads: number;
  /** Milliseconds between asking a query to stop and killing the process. */
  readonly graceMs?: number;
}

type RunRequest = Extract<Request, { kind: 'run' }>;
type MeasureRequest = Extract<Request, { kind: 'measure' }>;

/** How a query ended: with a reply, or because the process had to be killed (`stopped`) or died twice (`died`). */
export type Outcome = Exclude<Reply, { kind: 'ready' }> | { readonly kind: 'stopped' } | { readonly kind: 'died' };

interface Waiting {
  readonly request: RunRequest | MeasureRequest;
  readonly done: (outcome: Outcome) => void;
  tries: number;
  stopping: boolean;
  /** Kills the process when the query does not end by itself. */
  kill?: NodeJS.Timeout;
}

/** The engine's process: started at once, replaced when it dies or does not stop; a query that did not cause it runs again once. */
export class EngineProcess {
  private readonly options: EngineProcessOptions;
  private readonly waiting = new Map<number, Waiting>();
  private child: ChildProcess | undefined;
  private counter = 0;
  private closed = false;
  /** The present process has come up. */
  private ready = false;

  constructor(options: EngineProcessOptions) {
    this.options = options;
    this.start();
  }

  /** Sends a request; `stop` asks it to end early, kills the process when that is not heard. */
  ask(request: Omit<RunRequest, 'id'> | Omit<MeasureRequest, 'id'>): { outcome: Promise<Outcome>; stop: () => void } {
    const id = ++this.counter;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    if (this.closed) return { outcome: Promise.resolve({ kind: 'stopped' }), stop: () => undefined };
    this.waiting.set(id, { request: { ...request, id } as RunRequest, done: resolve, tries: 1, stopping: false });
    if (!this.child) this.start();
    this.deliver(id);
    return { outcome: promise, stop: () => this.stop(id) };
  }

  /** Ends the process; whatever still runs is told that it was stopped. */
  close(): Promise<void> {
    this.closed = true;
    for (const id of [...this.waiting.keys()]) this.settle(id, { kind: 'stopped' });
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      // An idle child is not waited for; its end is.
      child.ref();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  private start(): void {
    const hooks = fileURLToPath(new URL('../hooks.ts', import.meta.url));
    const child = fork(fileURLToPath(new URL('./engine-child.ts', import.meta.url)), [], {
      // No inherited environment: nothing that the process could leak.
      env: {},
      execArgv: ['--import', hooks, '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    this.ready = false;
    child.on('message', (reply: Reply) => this.receive(reply));
    child.once('exit', () => this.replace(child));
    child.once('error', () => this.replace(child));
    const { memoryLimitMb, threads } = this.options;
    child.send({ kind: 'setup', memoryLimitMb, threads } satisfies Request, () => undefined);
    this.hold(this.waiting.size > 0);
  }

  /** An idle engine does not keep the house's process alive; one that works does. */
  private hold(busy: boolean): void {
    if (busy) {
      this.child?.ref();
      this.child?.channel?.ref();
    } else {
      this.child?.unref();
      this.child?.channel?.unref();
    }
  }

  private deliver(id: number): void {
    const entry = this.waiting.get(id);
    if (!entry || !this.child?.connected) return;
    this.hold(true);
    this.child.send(entry.request, () => undefined);
  }

  private receive(reply: Reply): void {
    if (reply.kind === 'ready') this.ready = true;
    else this.settle(reply.id, reply);
  }

  private settle(id: number, outcome: Outcome): void {
    const entry = this.waiting.get(id);
    this.waiting.delete(id);
    clearTimeout(entry?.kill);
    if (this.waiting.size === 0) this.hold(false);
    entry?.done(outcome);
  }

  private stop(id: number): void {
    const entry = this.waiting.get(id);
    if (!entry || entry.stopping) return;
    entry.stopping = true;
    const { child } = this;
    if (child?.connected) child.send({ kind: 'interrupt', id } satisfies Request, () => undefined);
    entry.kill = setTimeout(() => child?.kill('SIGKILL'), this.options.graceMs ?? 2000);
  }

  private replace(dead: ChildProcess): void {
    if (this.child !== dead || this.closed) return;
    this.child = undefined;
    for (const [id, entry] of [...this.waiting]) {
      if (entry.stopping) this.settle(id, { kind: 'stopped' });
      else if (entry.tries >= 2) this.settle(id, { kind: 'died' });
    }
    // One that cannot even start is tried again by the next query, not for ever.
    if (this.ready || this.waiting.size > 0) this.start();
    for (const [id, entry] of [...this.waiting]) {
      entry.tries++;
      this.deliver(id);
    }
  }
}
