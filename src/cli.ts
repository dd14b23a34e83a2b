import { runAsk } from './cli/ask.ts';
import { runBench } from './cli/bench.ts';
import { runCheck } from './cli/check.ts';
import { runDigest } from './cli/digest.ts';
import { runDoctor } from './cli/doctor.ts';
import { runEval } from './cli/eval.ts';
import { runRefresh } from './cli/refresh.ts';
import { runSql } from './cli/sql.ts';
import { UsageFault } from './cli/usage.ts';
import { ConfigFault } from './config.ts';
import { GlossaryFault } from './open-house.ts';

/** The line without Slack, for scripts, tests and people in a terminal. Exit 0 = done, 1 = refused or failed, 2 = wrong usage. */
const verbs: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  ask: runAsk,
  sql: runSql,
  check: runCheck,
  refresh: runRefresh,
  digest: runDigest,
  doctor: runDoctor,
  eval: runEval,
  bench: runBench,
};

process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? 0 : 1));
process.exitCode = await run(process.argv[2], process.argv.slice(3));
// Workers and the engine's process are closed by then; a stray timer of a library must not keep a terminal waiting.
process.stdout.write('', () => process.exit());

async function run(verb: string | undefined, args: readonly string[]): Promise<number> {
  const work = verb === undefined ? undefined : verbs[verb];
  if (!work) return wrong(`Use one of ${Object.keys(verbs).join(', ')}.`);
  try {
    return await work(args);
  } catch (fault) {
    if (fault instanceof UsageFault) return wrong(fault.message);
    if (fault instanceof ConfigFault || fault instanceof GlossaryFault) return failed(fault.message);
    console.error(JSON.stringify({ level: 'error', fault: String(fault instanceof Error ? fault.stack : fault) }));
    return failed('That went wrong on our side; the line above is for the one who runs Askstream.');
  }
}

function wrong(message: string): number {
  console.error(message);
  return 2;
}

function failed(message: string): number {
  console.error(message);
  return 1;
}
