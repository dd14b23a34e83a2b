import { Worker } from 'node:worker_threads';

/** A raw file as it was listed. */
export interface ListedFile {
  /** Path below the raw folder, with `/`. */
  readonly key: string;
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface ReaderData {
  readonly folder: string;
  readonly eventAliases: readonly (readonly [string, string])[];
  readonly attributeAliases: readonly (readonly [string, string])[];
}

export interface ReaderTask {
  readonly id: number;
  readonly files: readonly ListedFile[];
}

export type ToReader = { readonly kind: 'task'; readonly task: ReaderTask } | { readonly kind: 'taken' };

export type FromReader =
  | {
      readonly kind: 'chunk';
      readonly records: string;
      readonly items: string;
      readonly count: number;
      readonly itemCount: number;
      /** Bytes of the longest line, or more. */
      readonly longest: number;
    }
  | { readonly kind: 'file'; readonly key: string; readonly records: number; readonly fault: string | null }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'fault'; readonly code: string; readonly text: string };

export type Chunk = Extract<FromReader, { kind: 'chunk' }>;

/** What became of one file: its records, or why it could not be read. */
export interface ReadFile {
  readonly key: string;
  readonly records: number;
  readonly fault: string | null;
}

const TASK_BYTES = 6 * 1024 * 1024;
const TASK_FILES = 500;

/**
 * Reads files in worker threads; `onChunk` takes each chunk of tab-separated lines as it is ready (calls may overlap, one
 * per thread and a few more), and the reading waits for it. Rejects when the disk is full or a thread dies.
 */
export async function readFiles(
  files: readonly ListedFile[],
  options: ReaderData & { readonly threads: number },
  onChunk: (chunk: Chunk) => Promise<void>,
): Promise<readonly ReadFile[]> {
  const tasks = tasksOf(files);
  const read: ReadFile[] = [];
  const threads = Math.min(options.threads, tasks.length);
  const workers = Array.from({ length: threads }, () => {
    const { folder, eventAliases, attributeAliases } = options;
    return new Worker(new URL('./refresh-reader-worker.ts', import.meta.url), {
      workerData: { folder, eventAliases, attributeAliases },
    });
  });
  try {
    await Promise.all(workers.map((worker) => serve(worker, tasks, read, onChunk)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return read;
}

// Neighbouring files share a task, so that a chunk covers a short time and its staged file few days.
function tasksOf(files: readonly ListedFile[]): ReaderTask[] {
  const tasks: { id: number; files: ListedFile[] }[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    if (bytes > TASK_BYTES || (tasks.at(-1)?.files.length ?? 0) >= TASK_FILES) {
      tasks.push({ id: tasks.length + 1, files: [] });
      bytes = 0;
    }
    tasks.at(-1)?.files.push(file);
    bytes += file.size;
  }
  return tasks;
}

function serve(worker: Worker, tasks: ReaderTask[], read: ReadFile[], onChunk: (chunk: Chunk) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0;
    let idle = false;
    const end = () => {
      if (idle && open === 0) resolve();
    };
    const next = () => {
      const task = tasks.shift();
      if (task === undefined) idle = true;
      else worker.postMessage({ kind: 'task', task } satisfies ToReader);
      end();
    };
    const take = (chunk: Chunk) => {
      open += 1;
      onChunk(chunk).then(() => {
        open -= 1;
        worker.postMessage({ kind: 'taken' } satisfies ToReader);
        end();
      }, reject);
    };
    worker.on('message', (message: FromReader) => {
      if (message.kind === 'chunk') take(message);
      else if (message.kind === 'file') read.push({ key: message.key, records: message.records, fault: message.fault });
      else if (message.kind === 'done') next();
      else reject(Object.assign(new Error('a reader thread failed', { cause: message.text }), { code: message.code }));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a reader thread ended with ${code}`)));
    next();
  });
}
