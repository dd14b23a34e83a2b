import { benchLine } from './bench/bench-line.ts';
import { UsageFault } from './usage.ts';

/** The project's own measurements. Each prints ratios of one run; absolute times are those of the machine. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  line: benchLine,
};

/** `bench NAME`: one measurement. */
export async function runBench(args: readonly string[]): Promise<number> {
  const [name = 'line', ...rest] = args;
  const bench = benches[name];
  if (!bench) throw new UsageFault(`There is no bench ${name}. Use one of ${Object.keys(benches).join(', ')}.`);
  await bench(rest);
  return 0;
}
