import { runVerb } from './cli/run-verb.ts';

/** The line without Slack, for scripts, tests and people in a terminal. */
process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? 0 : 1));
process.exitCode = await runVerb(process.argv[2], process.argv.slice(3), {
  input: process.stdin,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
// Workers and the engine's process are closed by then; a stray timer of a library must not keep a terminal waiting.
process.stdout.write('', () => process.exit());
