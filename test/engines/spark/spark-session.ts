import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const JOB = fileURLToPath(new URL('../../../infra/glue/run_local.py', import.meta.url));

/** What a Java takes that lives a minute: compiling its code to the last costs more than it brings. */
export const BRIEF_JAVA = { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' };

/** One Spark for all runs of a test file. */
export interface SparkSession {
  /** Runs the job once and answers with its account. */
  run(args: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  /** What the job said last, for a failing test. */
  said(): string;
  close(): Promise<void>;
}

/** Starts the job's own Spark with a Python that has PySpark, by the job's program or another one that serves it. */
export function openSpark(python: string, program: readonly string[] = [JOB, '--serve']): SparkSession {
  const job = spawn(python, program, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...BRIEF_JAVA } });
  const said: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  const ended = new Promise<void>((resolve) => {
    job.on('close', (code, signal) => {
      said.push(`the job's process ended: ${signal ?? code}`);
      for (const answer of waiting.splice(0)) answer('{"status":"died"}');
      resolve();
    });
  });
  createInterface({ input: job.stdout }).on('line', (line) => {
    if (line.startsWith('{')) waiting.shift()?.(line); // Java warns on the same output
  });
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
