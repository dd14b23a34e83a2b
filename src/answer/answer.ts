import { stringify } from 'csv-stringify/sync';
import type { Chart } from '../chart/chart-table.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Reading } from '../glossary/reading.ts';
import { compose } from '../metrics/compose.ts';
import { sayReading } from '../reading/say-reading.ts';
import type { Clock } from '../services/clock.ts';
import type { Refresher } from '../services/refresher.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import { brief } from './brief.ts';
import { check } from './check.ts';
import { type FetchWorld, fetchDraft, fetchSql } from './fetch.ts';
import type { FactsKeeper } from './learn-facts.ts';
import type { Line, LineOptions, Statement } from './line.ts';
import { withReceipt } from './model-receipt.ts';
import { nameValues } from './name-values.ts';
import { smallerReading, smallerSql } from './offer-smaller.ts';
import { byCurrency } from './other-currencies.ts';
import { type PresentWorld, present } from './present.ts';
import { presentSql } from './present-sql.ts';
import { type Reader, readBrief } from './read.ts';
import { clarify, decline, declineComposition, fail, refuse } from './refuse.ts';
import { runModelSql } from './run-model-sql.ts';
import { withShares } from './share-of-totals.ts';
import type { Answer, Brief, Outcome, Question, Refused, Smaller } from './stations.ts';
import { completeTo } from './words/say-footer.ts';

/** What the line is made of; everything is handed in. */
export interface LineWorld extends FetchWorld, PresentWorld {
  readonly reader: Reader;
  readonly facts: FactsKeeper;
  readonly refresher: Refresher;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly currency: string;
  readonly glossary: Glossary;
  /** Draws a short reference for a fault and keeps the truth in the log. */
  readonly report: (fault: unknown, what: string) => string;
}

/**
 * THE LINE. A question goes in, an answer comes out:
 *
 *   brief     Question → Brief      the day, the data's facts, the thread so far
 *   read      Brief    → Reading    what is wanted, or a question back, or a reason why not
 *   compose   Reading  → Draft      Athena SQL from the metric definitions
 *   fetch     Draft    → Fetched    guard, price, engine
 *   check     Fetched  → Checked    can this be true?
 *   present   Checked  → Answer     sentence, chart, table, receipt
 */
export function openLine(world: LineWorld): Line {
  return {
    ask: (question, options = {}) =>
      kept(question.id, question.text, world, async (times) => {
        options.onState?.({ state: 'reading' });
        const written = await timed(times, 'brief', () => brief(question, world));
        const { reading, model } = await timed(times, 'read', () => readBrief(written, world.reader));
        return withReceipt(await follow(reading, written, world, options, times), model);
      }),
    reading: (reading, question, options = {}) =>
      kept(question.id, question.text, world, async (times) =>
        follow(reading, await brief(question, world), world, options, times),
      ),
    sql: (statement, options = {}) =>
      kept(statement.id, statement.text, world, (times) => runStatement(statement, world, options, times)),
    redraw: (answer, type) => redraw(answer, type, world),
    csv,
  };
}

/** From a Reading to the outcome. */
async function follow(
  reading: Reading,
  written: Brief,
  world: LineWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const { question, facts } = written;
  if (reading.kind === 'clarify') return clarify(reading, question, times);
  if (reading.kind === 'decline') return decline(reading, question, world.glossary, facts, times);
  if (reading.kind === 'sql') return runModelSql(reading, written, world, paidBy(question, 'question', options), times);
  if (!facts.lastDay) return decline(noData, question, world.glossary, facts, times);
  options.onState?.({ state: 'read', readAs: sayReading(reading, world.glossary), reading });

  const draft = await timed(times, 'compose', async () =>
    compose(reading, {
      glossary: world.glossary,
      now: question.askedAt,
      zone: world.zone,
      currency: world.currency,
      firstDay: facts.firstDay,
      lastDay: facts.lastDay,
      newestEventTime: facts.newestEventTime,
      filled: facts.filled,
    }),
  );
  if ('kind' in draft) return declineComposition(draft, question, times);

  const fetched = await fetchDraft(draft, world.catalog, world, paidBy(question, 'question', options), times);
  if ('kind' in fetched) {
    const refused = refuse(fetched, { id: question.id, question: question.text, sql: draft.sql }, world, times);
    const readAs = `${sayReading(draft.reading, world.glossary)} · ${draft.period.label}`;
    return withSmaller({ ...refused, reading: draft.reading, readAs }, await smallerReading(draft, fetched, written, world));
  }
  const split = byCurrency(draft, fetched, world.glossary);
  if (split) return follow(split, written, world, options, times);
  const shared = withShares(draft, fetched);
  const named = { ...shared.fetched, result: nameValues(shared.draft, shared.fetched.result, world.glossary) };
  const checked = check(shared.draft, named, { facts, today: written.today, zone: world.zone, glossary: world.glossary });
  return present(checked, written, world, options, times);
}

/** Before the first refresh a query would cost money, or an approval, for nothing. */
const noData = { kind: 'decline', reason: 'no_data', subject: 'There are no data yet' } as const;

/** An engineer's SQL boards at fetch. */
async function runStatement(
  statement: Statement,
  world: LineWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const catalog = statement.catalog ?? world.catalog;
  const { id, text, askedAt } = statement;
  const fetched = await fetchSql(text, catalog, world, paidBy(statement, 'sql', options), times);
  const written = await sqlBrief({ id, text, askedAt }, world);
  const lastDay = completeTo(written.facts, written.today);
  const smaller =
    'sql' in fetched
      ? await smallerSql(text, fetched.sql, catalog, lastDay, world, 'kind' in fetched ? fetched : undefined)
      : undefined;
  if (!('kind' in fetched)) return presentSql(fetched, written, world, options, times, smaller);
  return withSmaller(refuse(fetched, { id, question: text, sql: text }, world, times), smaller);
}

/** The asker's budget pays, unless the door named another. */
function paidBy(
  { id, asker = '' }: { readonly id: string; readonly asker?: string },
  kind: 'question' | 'sql',
  options: LineOptions,
): LineOptions {
  return { ...options, spender: { id, who: asker, kind, ...options.spender } };
}

function withSmaller(refused: Refused, smaller: Smaller | undefined): Refused {
  return smaller ? { ...refused, smaller } : refused;
}

/** SQL needs to know how fresh the tables are, never what the data hold. */
async function sqlBrief(question: Question, world: LineWorld): Promise<Brief> {
  const freshness = await world.refresher.freshness();
  const facts = { of: async () => ({ ...freshness, seenEvents: [], values: {} }) };
  return brief(question, { ...world, facts });
}

/** Expected ends are values; a fault becomes an apology with a reference, and the total time is kept. */
async function kept(
  id: string,
  text: string,
  world: LineWorld,
  work: (times: Record<string, number>) => Promise<Outcome>,
): Promise<Outcome> {
  const times: Record<string, number> = {};
  const start = performance.now();
  try {
    const outcome = await work(times);
    times.total = performance.now() - start;
    return outcome;
  } catch (fault) {
    times.total = performance.now() - start;
    return fail(id, text, world.report(fault, 'line'), times);
  }
}

async function redraw(answer: Answer, type: Chart['type'], world: LineWorld): Promise<Buffer | undefined> {
  if (!answer.chart?.others.includes(type)) return undefined;
  try {
    return await world.painter.paint({ ...answer.chart, type });
  } catch (fault) {
    world.report(fault, 'picture');
    return undefined;
  }
}

function csv({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  const cells = rows.map((row) =>
    row.map((value) => (value !== null && typeof value === 'object' ? JSON.stringify(value) : value)),
  );
  return stringify([columns.map((c) => c.name), ...cells], { escape_formulas: true, cast: { boolean: String } });
}

async function timed<T>(times: Record<string, number>, station: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    times[station] = (times[station] ?? 0) + performance.now() - start;
  }
}
