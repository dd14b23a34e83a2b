import { benchBytes } from './bench-bytes.ts';
import { benchGuard } from './bench-guard.ts';
import { benchKill } from './bench-kill.ts';
import { benchLine } from './bench-line.ts';
import { benchRefresh } from './bench-refresh.ts';
import { UsageFault } from './usage.ts';

/** What can be measured: each prints its figures, as ratios of one run where the machine would blur them. */
const measurements: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  line: benchLine,
  refresh: benchRefresh,
  kill: benchKill,
  guard: benchGuard,
  bytes: benchBytes,
};

/** `bench WHAT`: the project's own measurements. */
export async function runBench(args: readonly string[]): Promise<number> {
  const [what = '', ...rest] = args;
  const measure = measurements[what];
  if (!measure) throw new UsageFault(`Usage: bench ${Object.keys(measurements).join('|')} [options]`);
  return measure(rest);
}
