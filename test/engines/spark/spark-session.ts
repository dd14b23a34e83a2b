import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const JOB = fileURLToPath(new URL('../../../infra/glue/run_local.py', import.meta.url));

/** One Spark for all runs of a test file. */
export interface SparkSession {
  /** Runs the job once and answers with its account. */
  run(args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  /** What the job said last, for a failing test. */
  said(): string;
  close(): Promise<void>;
}

/** Starts the job's own Spark with a Python that has PySpark. */
export function openSpark(python: string): SparkSession {
  const job = spawn(python, [JOB, '--serve'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  const ended = new Promise<void>((resolve) => {
    job.on('close', (code, signal) => {
      said.push(`the job's process ended: ${signal ?? code}`);
      for (const answer of waiting.splice(0)) answer('{"status":"died"}');
      resolve();
    });
  });
  createInterface({ input: job.stdout }).on('line', (line) => waiting.shift()?.(line));
  createInterface({ input: job.stderr }).on('line', (line) => {
    said.push(line);
    if (said.length > 40) said.shift();
  });
  return {
    run: async (args) => {
      const answer = new Promise<string>((resolve) => {
        waiting.push(resolve);
      });
      job.stdin.write(`${JSON.stringify(args)}\n`);
      return JSON.parse(await answer) as Readonly<Record<string, unknown>>;
    },
    said: () => said.join('\n'),
    close: async () => {
      job.stdin.end();
      await ended;
    },
  };
}
