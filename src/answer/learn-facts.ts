import type { DataFacts } from '../glossary/data-facts.ts';
import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';
import type { Clock } from '../services/clock.ts';
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
  readonly clock: Clock;
  /** Keeps in the log why something could not be learned. */
  readonly report: (fault: unknown, what: string) => unknown;
  readonly store?: FactsStore;
  /** Where learning takes long and costs: a new data version is learned behind, with what the last one held until then. */
  readonly behind?: boolean;
}

const valuesKept = 2000;
const daysLooked = 400;
/** The first asker waits for the first try, so it must end. */
const tryMs = 60_000;
/** After the first failed try; twice as long after each further one. */
const pauseMs = 60_000;
const longestPauseMs = 3_600_000;

/** What has been found of one data version so far. */
interface Learning {
  readonly version: string;
  readonly found: Found;
  facts: Promise<DataFacts>;
  /** What is known while something is missing, and when that is looked for again (epoch ms). */
  partly?: { readonly facts: DataFacts; readonly retryAt: number };
  tries: number;
}

/** Dimension id → values; the events stand under the empty name. */
type Found = Map<string, readonly string[]>;

/**
 * Concurrent askers of one version share one learning. What can't be learned is left out, or stays as the last version had it,
 * and is looked for again at a question after a pause: a question is never refused for it.
 */
export function keepFacts(world: FactsWorld): FactsKeeper {
  let learning: Learning | undefined;
  let last: DataFacts | undefined;

  function begin(mine: Learning, freshness: Freshness): Promise<DataFacts> {
    mine.tries += 1;
    return learn(freshness, mine.found, world).then(({ facts, fault }) => {
      if (fault === undefined) {
        delete mine.partly;
        if (learning === mine) last = facts;
        return facts;
      }
      world.report(fault, 'learning what the data hold');
      const values = { ...last?.values, ...facts.values };
      const seenEvents = mine.found.get(events) ?? last?.seenEvents ?? [];
      // A name of its own, since what is kept by version must not outlive the rest that is still to come.
      const partly = { ...facts, values, seenEvents, dataVersion: `${mine.version}~${mine.tries}` };
      const pause = Math.min(pauseMs * 2 ** (mine.tries - 1), longestPauseMs);
      mine.partly = { facts: partly, retryAt: Date.parse(world.clock.now()) + pause };
      return partly;
    });
  }

  return {
    async of(freshness) {
      if (learning?.version !== freshness.dataVersion) {
        learning = { version: freshness.dataVersion, found: new Map(), facts: Promise.resolve(nothing(freshness)), tries: 0 };
        learning.facts = begin(learning, freshness);
      }
      const { partly } = learning;
      if (partly && Date.parse(world.clock.now()) >= partly.retryAt) {
        learning.partly = { ...partly, retryAt: Number.POSITIVE_INFINITY };
        learning.facts = begin(learning, freshness);
      }
      if (partly) return { ...partly.facts, ...freshness, dataVersion: partly.facts.dataVersion };
      // Names of products and pages change little between two refreshes; a question must not wait for them.
      const isWaiting = last?.dataVersion !== freshness.dataVersion;
      return world.behind && last && isWaiting && last.lastDay
        ? { ...last, ...freshness, dataVersion: last.dataVersion }
        : learning.facts;
    },
  };
}

const events = '';

function nothing(freshness: Freshness): DataFacts {
  return { ...freshness, seenEvents: [], values: {} };
}

/** Looks for what has not been found; the first fault where something could not be. */
async function learn(
  freshness: Freshness,
  found: Found,
  world: FactsWorld,
): Promise<{ readonly facts: DataFacts; readonly fault?: unknown }> {
  const { lastDay, dataVersion } = freshness;
  if (!lastDay) return { facts: nothing(freshness) };
  const known = await world.store?.load(dataVersion).catch(() => undefined);
  if (known) return { facts: { ...known, ...freshness } };
  const fault = await lookFor(missing(lastDay, found, world.glossary), found, world);
  const { [events]: seenEvents = [], ...values } = Object.fromEntries(found);
  const facts = { ...freshness, seenEvents, values };
  if (fault !== undefined) return { facts, fault };
  await world.store?.save(facts).catch((unsaved: unknown) => world.report(unsaved, 'keeping what was learned'));
  return { facts };
}

/** What is not known yet, with the query that finds it. */
function missing(lastDay: string, found: Found, glossary: Glossary): readonly (readonly [string, string])[] {
  const learnable = Object.entries(glossary.dimensions).filter(([, d]) => d.learn);
  return [
    [events, 'SELECT event_name FROM events GROUP BY 1 ORDER BY 1'] as const,
    ...learnable.map(([id, dimension]) => [id, valuesSql(dimension, lastDay, glossary)] as const),
  ].filter(([id]) => !found.has(id));
}

/** A few at a time: a question that comes meanwhile must not wait behind all of them. */
async function lookFor(wanted: readonly (readonly [string, string])[], found: Found, world: FactsWorld): Promise<unknown> {
  const atOnce = world.behind ? 4 : 1;
  const signal = AbortSignal.timeout(tryMs);
  let fault: unknown;
  for (let at = 0; at < wanted.length && !signal.aborted; at += atOnce)
    await Promise.all(
      wanted.slice(at, at + atOnce).map(async ([id, sql]) => {
        try {
          found.set(id, await firstColumn(sql, signal, world));
        } catch (cause) {
          fault ??= cause;
        }
      }),
    );
  return fault ?? (wanted.every(([id]) => found.has(id)) ? undefined : new Error(`Not all was learned within ${tryMs} ms`));
}

/** The most frequent values of a dimension over the last days, from the first table that holds it. */
function valuesSql(dimension: Dimension, lastDay: string, glossary: Glossary): string {
  const [table, expression] = Object.entries(dimension.columns)[0]!;
  const partition = glossary.tables[table]?.partition;
  const from = new Date(Date.parse(`${lastDay}T00:00:00Z`) - daysLooked * 86_400_000).toISOString().slice(0, 10);
  const bound = partition ? ` AND ${partition} BETWEEN '${from}' AND '9999-12-31'` : '';
  return `SELECT ${expression} AS v, count(*) AS n FROM ${table} WHERE ${expression} IS NOT NULL${bound} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${valuesKept}`;
}

async function firstColumn(text: string, signal: AbortSignal, { guard, catalog, warehouse }: FactsWorld): Promise<string[]> {
  const verdict = await guard.check(text, catalog);
  if (!verdict.ok) throw new Error(`The guard refused a query of our own: ${verdict.message}`);
  const end = await warehouse.run(verdict.sql, { rowLimit: valuesKept, timeoutMs: tryMs, signal });
  if (end.kind !== 'rows') throw new Error(`The engine refused a query of our own: ${end.message}`);
  return end.rows.map((row) => String(row[0]));
}
