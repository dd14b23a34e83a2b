import { Worker } from 'node:worker_threads';
import type { CheckOptions } from './guard.ts';
import { refusalSentence } from './refusals.ts';
import type { Catalog, GuardRefusal, Verdict } from './safe-sql.ts';
import { ATTACKS, SELF_TEST_CATALOG } from './self-test.ts';

/** The guard with a time limit: every text that a person or a model wrote goes through here. */
export interface Guard {
  /** Decides about one text; always answers, with `time_out` where reading took too long. Texts wait for each other. */
  check(text: string, catalog: Catalog, options?: CheckOptions): Promise<Verdict>;
  /** Tries the guard on its own list of attacks; `passed` counts those that it let through and must be 0. */
  selfTest(): Promise<{ tried: number; passed: number }>;
  close(): Promise<void>;
}

/** What the thread is told: one text, and the catalog the first time that it is needed. */
export interface GuardJob {
  readonly id: number;
  readonly text: string;
  readonly catalogId: number;
  readonly catalog?: Catalog;
  readonly scope?: 'policy' | 'syntax';
}

/** What the thread says: its verdict, or the fault of its own that kept it from one. */
export type GuardAnswer = { readonly id: number; readonly verdict: Verdict } | { readonly id: number; readonly fault: unknown };

/** Opens a guard in a thread of its own. Returns at once; the first check waits until the thread is warm (about 0.5 s). */
export function openGuard(options: { readonly timeoutMs?: number } = {}): Guard {
  const thread = new GuardThread(options.timeoutMs ?? 1500);
  return {
    check: (text, catalog, asked = {}) => thread.check(text, catalog, asked),
    selfTest: () => selfTest(thread),
    close: () => thread.close(),
  };
}

async function selfTest(thread: GuardThread): Promise<{ tried: number; passed: number }> {
  let passed = 0;
  for (const text of ATTACKS) if ((await thread.check(text, SELF_TEST_CATALOG, {})).ok) passed++;
  return { tried: ATTACKS.length, passed };
}

interface Waiting {
  readonly text: string;
  readonly catalog: Catalog;
  readonly options: CheckOptions;
  readonly done: (verdict: Verdict) => void;
  readonly failed: (fault: Error) => void;
}

/** Longest time for a fresh thread to load and warm up; a busy machine has needed ten seconds. */
const START_MS = 60_000;

class GuardThread {
  readonly #timeoutMs: number;
  readonly #catalogIds = new WeakMap<Catalog, number>();
  readonly #queue: Waiting[] = [];
  #worker: Worker | undefined;
  #sent = new Set<number>();
  #lastId = 0;
  #lastCatalogId = 0;
  #ready = false;
  #closed = false;
  #current: (Waiting & { readonly id: number }) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#start();
  }

  check(text: string, catalog: Catalog, options: CheckOptions): Promise<Verdict> {
    if (this.#closed) return Promise.reject(new Error('The guard is closed.'));
    return new Promise((done, failed) => {
      this.#queue.push({ text, catalog, options, done, failed });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    const waiting = [...(this.#current ? [this.#current] : []), ...this.#queue.splice(0)];
    for (const { failed } of waiting) failed(new Error('The guard was closed.'));
    await this.#worker?.terminate();
  }

  #start(): void {
    this.#ready = false;
    this.#sent = new Set();
    const worker = new Worker(new URL('./guard-worker.ts', import.meta.url), {
      execArgv: ['--import', new URL('../hooks.ts', import.meta.url).href],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 384, stackSizeMb: 16 },
    });
    // An idle guard must not keep a command line alive.
    worker.unref();
    worker.on('message', (message: GuardAnswer | { readonly ready: true }) => this.#receive(worker, message));
    worker.on('error', (cause) => this.#lose(worker, cause));
    worker.on('exit', () => this.#lose(worker, undefined));
    this.#worker = worker;
  }

  #next(): void {
    if (this.#current || this.#queue.length === 0 || this.#closed) return;
    if (!this.#worker) this.#start();
    const worker = this.#worker!;
    worker.ref();
    if (!this.#ready) {
      this.#timer ??= setTimeout(() => this.#lose(worker, undefined), START_MS);
      return;
    }
    this.#current = { ...this.#queue.shift()!, id: ++this.#lastId };
    this.#timer = setTimeout(() => this.#stop(refusal()), this.#timeoutMs);
    worker.postMessage(this.#job(this.#current));
  }

  #job({ id, text, catalog, options }: Waiting & { readonly id: number }): GuardJob {
    const catalogId = this.#catalogIds.get(catalog) ?? ++this.#lastCatalogId;
    this.#catalogIds.set(catalog, catalogId);
    const fresh = !this.#sent.has(catalogId);
    this.#sent.add(catalogId);
    return { id, text, catalogId, ...(fresh ? { catalog } : {}), ...options };
  }

  #receive(worker: Worker, message: GuardAnswer | { readonly ready: true }): void {
    if (worker !== this.#worker) return;
    if ('ready' in message) {
      this.#ready = true;
      this.#stopTimer();
      this.#next();
    } else if (this.#current?.id === message.id) {
      if ('verdict' in message) void this.#finish(message.verdict);
      else this.#fail(message.fault);
    }
  }

  async #finish(verdict: Verdict): Promise<void> {
    const { done, catalog } = this.#advance();
    if (!verdict.ok) return done(verdict);
    // Loaded late: the parser takes 0.1 s, which must not delay the start of the app.
    const { revive } = await import('./guard.ts');
    done(revive(verdict, catalog));
  }

  #fail(cause: unknown): void {
    this.#advance().failed(new Error('The guard failed on a text.', { cause }));
  }

  /** Lets the next text go and gives the one that is over. */
  #advance(): Waiting {
    const over = this.#current!;
    this.#stopTimer();
    this.#current = undefined;
    if (this.#queue.length === 0) this.#worker?.unref();
    this.#next();
    return over;
  }

  /** Ends the thread in the middle of a text, which is refused; the texts that wait get a new thread. */
  #stop(verdict: Verdict): void {
    const worker = this.#worker;
    this.#start();
    void worker?.terminate();
    void this.#finish(verdict);
  }

  /** The thread ended by itself: while it read, for want of memory; while it started, by a fault of ours. */
  #lose(worker: Worker, cause: unknown): void {
    if (worker !== this.#worker || this.#closed) return;
    if (this.#current) {
      this.#stop(refusal());
      return;
    }
    this.#worker = undefined;
    this.#stopTimer();
    void worker.terminate();
    if (this.#ready) this.#next();
    else for (const { failed } of this.#queue.splice(0)) failed(new Error('The guard could not start.', { cause }));
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function refusal(): GuardRefusal {
  return { ok: false, code: 'time_out', message: refusalSentence({ code: 'time_out', name: '' }), facts: {} };
}
