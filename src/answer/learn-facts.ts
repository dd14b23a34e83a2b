import type { DataFacts } from '../glossary/data-facts.ts';
import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';
import type { Freshness } from '../services/refresher.ts';
import type { Warehouse } from '../services/warehouse.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import type { SqlGuard } from './fetch.ts';

/** Knows what the data hold, learned once per data version by guarded queries. */
export interface FactsKeeper {
  of(freshness: Freshness): Promise<DataFacts>;
}

/** Keeps what was learned of a data version across processes; a lost or broken entry is learned again. */
export interface FactsStore {
  load(dataVersion: string): Promise<DataFacts | undefined>;
  save(facts: DataFacts): Promise<void>;
}

interface FactsWorld {
  readonly glossary: Glossary;
  readonly catalog: Catalog;
  readonly guard: SqlGuard;
  readonly warehouse: Warehouse;
  readonly store?: FactsStore;
  /** Where learning takes long and costs: a new data version is learned behind, with what the last one held until then. */
  readonly behind?: boolean;
}

const valuesKept = 2000;
const daysLooked = 400;

/** Concurrent askers of one version share one learning; a failed learning is tried again by the next asker. */
export function keepFacts(world: FactsWorld): FactsKeeper {
  let learned: { version: string; facts: Promise<DataFacts> } | undefined;
  let last: DataFacts | undefined;
  return {
    async of(freshness) {
      if (learned?.version !== freshness.dataVersion) {
        const facts = learn(freshness, world);
        const mine = { version: freshness.dataVersion, facts };
        learned = mine;
        facts.then(
          (known) => {
            last = known;
          },
          () => {
            if (learned === mine) learned = undefined;
          },
        );
      }
      // Names of products and pages change little between two refreshes; a question must not wait for them.
      const isWaiting = last?.dataVersion !== freshness.dataVersion;
      return world.behind && last && isWaiting && last.lastDay
        ? { ...last, ...freshness, dataVersion: last.dataVersion }
        : learned.facts;
    },
  };
}

async function learn(freshness: Freshness, world: FactsWorld): Promise<DataFacts> {
  if (!freshness.lastDay) return { ...freshness, seenEvents: [], values: {} };
  const known = await world.store?.load(freshness.dataVersion);
  if (known) return { ...known, ...freshness };
  const learnable = Object.entries(world.glossary.dimensions).filter(([, d]) => d.learn);
  const seenEvents = await firstColumn('SELECT event_name FROM events GROUP BY 1 ORDER BY 1', world);
  const values: Record<string, readonly string[]> = {};
  // A few at a time: a question that comes meanwhile must not wait behind all of them.
  const atOnce = world.behind ? 4 : 1;
  for (let at = 0; at < learnable.length; at += atOnce)
    await Promise.all(
      learnable.slice(at, at + atOnce).map(async ([id, dimension]) => {
        values[id] = await firstColumn(valuesSql(dimension, freshness.lastDay!, world.glossary), world);
      }),
    );
  const facts = { ...freshness, seenEvents, values };
  await world.store?.save(facts);
  return facts;
}

/** The most frequent values of a dimension over the last days, from the first table that holds it. */
function valuesSql(dimension: Dimension, lastDay: string, glossary: Glossary): string {
  const [table, expression] = Object.entries(dimension.columns)[0]!;
  const partition = glossary.tables[table]?.partition;
  const from = new Date(Date.parse(`${lastDay}T00:00:00Z`) - daysLooked * 86_400_000).toISOString().slice(0, 10);
  const bound = partition ? ` AND ${partition} BETWEEN '${from}' AND '9999-12-31'` : '';
  return `SELECT ${expression} AS v, count(*) AS n FROM ${table} WHERE ${expression} IS NOT NULL${bound} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${valuesKept}`;
}

async function firstColumn(text: string, { guard, catalog, warehouse }: FactsWorld): Promise<string[]> {
  const verdict = await guard.check(text, catalog);
  if (!verdict.ok) throw new Error(`The guard refused a query of our own: ${verdict.message}`);
  const end = await warehouse.run(verdict.sql, { rowLimit: valuesKept, timeoutMs: 60_000 });
  if (end.kind !== 'rows') throw new Error(`The engine refused a query of our own: ${end.message}`);
  return end.rows.map((row) => String(row[0]));
}
