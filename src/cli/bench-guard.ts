import { readFileSync } from 'node:fs';
import { houseCatalog } from '../answer/house-catalog.ts';
import { readConfig } from '../config.ts';
import { GlossaryFault } from '../glossary/glossary-fault.ts';
import { loadGlossary } from '../glossary/load-glossary.ts';
import { checkSql } from '../sql/guard.ts';
import { readArguments, UsageFault } from './usage.ts';

const usage = 'bench guard [--rounds N]';
const options = { rounds: { type: 'string' } } as const;

/** Bytes of the statements that are measured. */
const SIZES = [200, 1000, 4000, 16_000];

/**
 * `bench guard`: milliseconds of one check, by shape and size of the statement, once the parser knows its shapes (30 rounds
 * of each unless told). Every statement has constants of its own, so that none is checked twice. CPU time counts what the
 * check itself needed, also on a busy machine; only its mean can be told, since kernels count it in steps of up to 4 ms.
 */
export async function benchGuard(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args, options, usage);
  const rounds = Number(values.rounds ?? 30);
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageFault(`--rounds takes a whole number. Usage: ${usage}`);
  const loaded = loadGlossary(readFileSync(readConfig().GLOSSARY, 'utf8'));
  if (!loaded.ok) throw new GlossaryFault(loaded.message);
  const catalog = houseCatalog(loaded.glossary);
  console.log(`shape     ${SIZES.map((bytes) => heading(bytes)).join(' ')}  (ms: median, p95, p99; CPU mean)`);
  const all = SIZES.map((): Cost[] => []);
  for (const [name, shape] of Object.entries(SHAPES)) {
    const cells = SIZES.map((bytes, index) => {
      const cost = measured(rounds, (seed) => checkSql(statement(shape, bytes, seed), catalog).ok, name);
      all[index]!.push(cost);
      return figures([cost]);
    });
    console.log(`${name.padEnd(9)} ${cells.join(' ')}`);
  }
  console.log(`all       ${all.map(figures).join(' ')}`);
  return 0;
}

/** A statement that grows by pieces: what stands before them, one piece, what stands between two, and what stands after. */
interface Shape {
  readonly head: string;
  piece(n: number): string;
  readonly between: string;
  readonly tail: string;
}

const DAYS = "dt BETWEEN '2026-11-01' AND '2026-11-23'";

const SHAPES: Readonly<Record<string, Shape>> = {
  columns: {
    head: 'SELECT device_category, ',
    piece: (n) =>
      `CAST(sum(CASE WHEN channel_group = 'c${n}' AND purchased THEN 1 ELSE 0 END) AS double) / nullif(count(*), 0) AS r${n}`,
    between: ',\n  ',
    tail: `\nFROM sessions WHERE ${DAYS} GROUP BY 1 ORDER BY 2 DESC LIMIT 100`,
  },
  filters: {
    head: `SELECT count(DISTINCT session_id) FROM events WHERE ${DAYS} AND (`,
    piece: (n) => `(page_path LIKE '/p/${n}%' AND load_ms > ${n} AND country_code IN ('DE', 'AT', 'x${n}'))`,
    between: '\n  OR ',
    tail: ')',
  },
  list: {
    head: `SELECT product_id, sum(item_revenue) AS revenue FROM product_events WHERE ${DAYS} AND product_id IN (`,
    piece: (n) => `'sku-${n}'`,
    between: ', ',
    tail: ') GROUP BY product_id',
  },
  with: {
    head: `WITH s0 AS (SELECT session_id, country_code, revenue FROM sessions WHERE ${DAYS}),\n`,
    piece: (n) =>
      `q${n} AS (SELECT s.country_code, sum(o.revenue) AS r FROM s0 AS s JOIN orders AS o ON o.session_id = s.session_id WHERE o.${DAYS} AND o.units > ${n} GROUP BY 1)`,
    between: ',\n',
    tail: '\nSELECT country_code, revenue FROM s0 ORDER BY revenue DESC',
  },
  union: {
    head: '',
    piece: (n) => `SELECT 'step ${n}' AS step, count(*) AS n FROM page_views WHERE ${DAYS} AND page_path = '/step/${n}'`,
    between: '\nUNION ALL ',
    tail: '\nORDER BY 1',
  },
  windows: {
    head: 'SELECT session_id, ',
    piece: (n) =>
      `date_diff('minute', lag(event_time, ${n}) OVER (PARTITION BY user_pseudo_id ORDER BY event_time ROWS BETWEEN ${n} PRECEDING AND CURRENT ROW), event_time) AS w${n}`,
    between: ',\n  ',
    tail: `\nFROM events WHERE ${DAYS}`,
  },
  nested: {
    head: "SELECT event_id FROM events WHERE dt = '2026-11-23' AND ",
    piece: (n) =>
      `(value > ${n} AND EXISTS (SELECT 1 FROM orders AS o WHERE o.order_id = events.order_id AND coalesce(o.tax, ((${n} + 1) * 2)) > 0))`,
    between: ' AND ',
    tail: '',
  },
};

function statement({ head, piece, between, tail }: Shape, bytes: number, seed: number): string {
  const pieces = [piece(seed * 1000)];
  for (let size = head.length + tail.length + pieces[0]!.length; size < bytes; ) {
    pieces.push(piece(seed * 1000 + pieces.length));
    size += between.length + pieces.at(-1)!.length;
  }
  return head + pieces.join(between) + tail;
}

/** What a number of checks took, in ms: each on the clock, and on average of CPU time. */
interface Cost {
  readonly clock: readonly number[];
  readonly cpu: number;
}

/** The cost of so many calls, after a few that only warm up. */
function measured(rounds: number, check: (seed: number) => boolean, name: string): Cost {
  for (let seed = 1; seed <= 3; seed++) if (!check(seed)) throw new Error(`The guard refuses the shape ${name}.`);
  const clock: number[] = [];
  const before = process.threadCpuUsage();
  for (let seed = 10; seed < rounds + 10; seed++) {
    const start = performance.now();
    check(seed);
    clock.push(performance.now() - start);
  }
  const { user, system } = process.threadCpuUsage(before);
  return { clock, cpu: (user + system) / 1000 / rounds };
}

function figures(costs: readonly Cost[]): string {
  const sorted = costs.flatMap((cost) => cost.clock).toSorted((one, other) => one - other);
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  const cpu = costs.reduce((sum, cost) => sum + cost.cpu, 0) / costs.length;
  return [at(0.5), at(0.95), at(0.99), cpu].map((ms) => ms.toFixed(1).padStart(5)).join(' ');
}

function heading(bytes: number): string {
  return `${bytes / 1000} KB`.padStart(23);
}
