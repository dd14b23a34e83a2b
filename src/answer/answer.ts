import { stringify } from 'csv-stringify/sync';
import type { Chart } from '../chart/chart-table.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, Reading } from '../glossary/reading.ts';
import type { Verification } from '../glossary/verified-question.ts';
import { compose } from '../metrics/compose.ts';
import { sayReading } from '../reading/say-reading.ts';
import type { Clock } from '../services/clock.ts';
import type { Refresher } from '../services/refresher.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import { brief } from './brief.ts';
import { check } from './check.ts';
import { type FetchWorld, fetchDraft } from './fetch.ts';
import type { FactsKeeper } from './learn-facts.ts';
import type { Line, LineOptions } from './line.ts';
import { withReceipt } from './model-receipt.ts';
import { nameValues } from './name-values.ts';
import { smallerReading } from './offer-smaller.ts';
import type { VerifiedQuestions } from './open-verified.ts';
import { byCurrency } from './other-currencies.ts';
import { type PresentWorld, present } from './present.ts';
import { type Reader, readBrief } from './read.ts';
import { clarify, decline, declineComposition, fail, refuse } from './refuse.ts';
import { runModelSql } from './run-model-sql.ts';
import { runStatement } from './run-statement.ts';
import { runVerifiedSql } from './run-verified-sql.ts';
import { withShares } from './share-of-totals.ts';
import type { Answer, Brief, Outcome, Refused, Smaller } from './stations.ts';
import { timed } from './timed.ts';

/** What the line is made of; everything is handed in. */
export interface LineWorld extends FetchWorld, PresentWorld {
  readonly reader: Reader;
  readonly facts: FactsKeeper;
  readonly refresher: Refresher;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly currency: string;
  readonly glossary: Glossary;
  /** Says who approved a stored Reading; absent where nothing is. */
  readonly verified?: Pick<VerifiedQuestions, 'verificationOf'>;
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
        const read = await timed(times, 'read', () => readBrief(written, world.reader));
        return withReceipt(await follow(read, written, world, options, times), read, world.zone);
      }),
    reading: (reading, question, options = {}) =>
      kept(question.id, question.text, world, async (times) => {
        const verified = await world.verified?.verificationOf(question.text, reading);
        return follow({ reading, verified }, await brief(question, world), world, options, times);
      }),
    sql: (statement, options = {}) =>
      kept(statement.id, statement.text, world, (times) =>
        runStatement(statement, world, paidBy(statement, 'sql', options), times),
      ),
    redraw: (answer, type) => redraw(answer, type, world),
    csv,
  };
}

/** From a Reading to the outcome. */
async function follow(
  { reading, verified }: { readonly reading: Reading; readonly verified?: Verification | undefined },
  written: Brief,
  world: LineWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const { question, facts } = written;
  if (reading.kind === 'clarify') return clarify(reading, question, times);
  if (reading.kind === 'decline') return decline(reading, question, world.glossary, facts, times);
  if (reading.kind !== 'sql' && !facts.lastDay) return decline(noData, question, world.glossary, facts, times);
  // Told before anything runs: a restart then goes on with this Reading, and asks no model again.
  const readAs = reading.kind === 'sql' ? reading.says : sayReading(reading, world.glossary);
  options.onState?.({ state: 'read', readAs, reading });
  const runSql = verified ? runVerifiedSql : runModelSql;
  const outcome =
    reading.kind === 'sql'
      ? await runSql(reading, written, world, paidBy(question, 'question', options), times)
      : await count(reading, written, world, options, times);
  return outcome.kind === 'answer' && verified ? { ...outcome, verified } : outcome;
}

/** Before the first refresh a query would cost money, or an approval, for nothing. */
const noData = { kind: 'decline', reason: 'no_data', subject: 'There are no data yet' } as const;

/** A Reading counted by the house's own definitions. */
async function count(
  reading: DataReading,
  written: Brief,
  world: LineWorld,
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const { question, facts } = written;
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
  if (split) return count(split, written, world, options, times);
  const shared = withShares(draft, fetched);
  const named = { ...shared.fetched, result: nameValues(shared.draft, shared.fetched.result, world.glossary) };
  const checked = check(shared.draft, named, { facts, today: written.today, zone: world.zone, glossary: world.glossary });
  return present(checked, written, world, options, times);
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
