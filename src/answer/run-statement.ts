import type { Clock } from '../services/clock.ts';
import type { Refresher } from '../services/refresher.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import { brief } from './brief.ts';
import { type FetchWorld, fetchSql } from './fetch.ts';
import type { LineOptions, Statement } from './line.ts';
import { noTablesYet } from './no-tables-yet.ts';
import { smallerSql } from './offer-smaller.ts';
import type { PresentWorld } from './present.ts';
import { presentSql } from './present-sql.ts';
import { refuse } from './refuse.ts';
import type { Brief, Outcome, Question } from './stations.ts';
import { completeTo } from './words/say-footer.ts';

/** What a statement needs of the world. */
export interface StatementWorld extends FetchWorld, PresentWorld {
  readonly catalog: Catalog;
  readonly refresher: Refresher;
  readonly clock: Clock;
}

/** An engineer's SQL boards at fetch. */
export async function runStatement(
  statement: Statement,
  world: StatementWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const catalog = statement.catalog ?? world.catalog;
  const { id, text, askedAt } = statement;
  const end = await fetchSql(text, catalog, world, options, times);
  const written = await sqlBrief({ id, text, askedAt }, world);
  const fetched = noTablesYet(end, written.facts);
  const lastDay = completeTo(written.facts, written.today);
  const smaller =
    'sql' in fetched
      ? await smallerSql(text, fetched.sql, catalog, lastDay, world, 'kind' in fetched ? fetched : undefined)
      : undefined;
  if (!('kind' in fetched)) return presentSql(fetched, written, world, options, times, smaller);
  const refused = refuse(fetched, { id, question: text, sql: text }, world, times);
  return smaller ? { ...refused, smaller } : refused;
}

/** SQL needs to know how fresh the tables are, never what the data hold. */
async function sqlBrief(question: Question, world: StatementWorld): Promise<Brief> {
  const freshness = await world.refresher.freshness();
  const facts = { of: async () => ({ ...freshness, seenEvents: [], values: {} }) };
  return brief(question, { ...world, facts });
}
