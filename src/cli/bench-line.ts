import { readFileSync } from 'node:fs';
import type { Answer } from '../answer/stations.ts';
import { openInstance } from '../local/engine-instance.ts';
import { TableSources } from '../local/table-sources.ts';
import { translate } from '../local/trino/translate.ts';
import type { House } from '../open-house.ts';
import { openCliHouse } from './open-cli-house.ts';

const standard = 'prompts/evals/numbers.jsonl';
const rounds = 3;

/**
 * `bench line [FILE]`: asks the questions of an eval file several times and prints median and p95 of each station, and the
 * whole line against the bare DuckDB time of the same SQL, without and with the picture (ms; the first round warms up).
 */
export async function benchLine(args: readonly string[]): Promise<number> {
  const questions = readFileSync(args[0] ?? standard, 'utf8')
    .split('\n')
    .filter((l) => l.trim())
    .map((l) => (JSON.parse(l) as { question: string }).question);
  const house = openCliHouse(undefined);
  try {
    const bare = await openBare(house);
    const stations = new Map<string, number[]>();
    const [without, withPicture, naked]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round <= rounds; round++) {
      for (const text of questions) {
        const plain = await ask(house, text, true);
        const drawn = await ask(house, text, false);
        if (!plain || !drawn || round === 0) continue;
        without.push(plain.ms.total!);
        naked.push(await bare(plain.sql));
        if (drawn.png) withPicture.push(drawn.ms.total!);
        for (const [station, ms] of Object.entries(drawn.ms)) stations.set(station, [...(stations.get(station) ?? []), ms]);
      }
    }
    report(stations, { without, withPicture, naked });
    return 0;
  } finally {
    await house.close();
  }
}

async function ask({ line, clock }: House, text: string, noPicture: boolean): Promise<Answer | undefined> {
  const outcome = await line.ask({ id: 'bench', text, askedAt: clock.now() }, { noPicture });
  return outcome.kind === 'answer' ? outcome : undefined;
}

/** The translated SQL alone, in an instance like the engine's but in this process: the floor that the line stands on. */
async function openBare({ config, catalog, clock }: House): Promise<(sql: string) => Promise<number>> {
  const { sources } = new TableSources(config.DATA_DIR).now(catalog, Object.keys(catalog.tables));
  const instance = await openInstance(sources, { memoryLimitMb: 1024, threads: 2 });
  const connection = await instance.connect();
  return async (sql) => {
    const translated = translate(sql, catalog, clock.now());
    if (translated.kind === 'refused') return Number.NaN;
    const start = performance.now();
    await connection.runAndReadAll(translated.sql);
    return performance.now() - start;
  };
}

function report(
  stations: ReadonlyMap<string, number[]>,
  { without, withPicture, naked }: { without: number[]; withPicture: number[]; naked: number[] },
): void {
  console.log('station     median     p95  (ms)');
  for (const [station, ms] of stations)
    console.log(`${station.padEnd(9)} ${cell(quantile(ms, 0.5))} ${cell(quantile(ms, 0.95))}`);
  const bare = quantile(naked, 0.5);
  console.log(`bare      ${cell(bare)} ${cell(quantile(naked, 0.95))}`);
  const over = (ms: number[]) =>
    `${(quantile(ms, 0.5) / bare).toFixed(2)} × bare; bare × 1.5 + ${(quantile(ms, 0.5) - 1.5 * bare).toFixed(0)} ms`;
  console.log(
    `the line without picture: median ${quantile(without, 0.5).toFixed(0)} ms = ${over(without)} (${without.length} answers)`,
  );
  console.log(
    `the line with picture:    median ${quantile(withPicture, 0.5).toFixed(0)} ms = ${over(withPicture)} (${withPicture.length} answers)`,
  );
}

function quantile(values: readonly number[], p: number): number {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

function cell(ms: number): string {
  return ms.toFixed(1).padStart(8);
}
