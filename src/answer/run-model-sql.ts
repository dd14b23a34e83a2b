import type { SqlReading } from '../glossary/reading.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import { type FetchWorld, fetchSql } from './fetch.ts';
import type { LineOptions } from './line.ts';
import { noTablesYet } from './no-tables-yet.ts';
import { smallerSql } from './offer-smaller.ts';
import type { PresentWorld } from './present.ts';
import { presentSql } from './present-sql.ts';
import { refuse } from './refuse.ts';
import type { Brief, Outcome } from './stations.ts';
import { completeTo } from './words/say-footer.ts';
import { markModelSql } from './words/say-marks.ts';

/**
 * SQL that a model wrote boards at fetch like an engineer's: guard, price, engine. Its answer is marked as what it is and
 * holds no Reading that a digest, a follow-up of the grammar or a re-run could take for the house's own.
 */
export async function runModelSql(
  reading: SqlReading,
  brief: Brief,
  world: FetchWorld & PresentWorld & { readonly catalog: Catalog },
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const { question } = brief;
  const fetched = noTablesYet(await fetchSql(reading.sql, world.catalog, world, options, times), brief.facts);
  const readAs = `SQL written by a model: ${reading.says}`;
  const lastDay = completeTo(brief.facts, brief.today);
  const bounded =
    'sql' in fetched
      ? await smallerSql(reading.sql, fetched.sql, world.catalog, lastDay, world, 'kind' in fetched ? fetched : undefined)
      : undefined;
  if ('kind' in fetched) {
    const refused = refuse(fetched, { id: question.id, question: question.text, sql: reading.sql }, world, times);
    const sentence = `A model wrote SQL for this question, and it did not run. ${refused.sentence}`;
    // An approval runs this very text: asked again, the model might write another.
    const smaller = bounded?.sql ? { smaller: { ...bounded, reading: { ...reading, sql: bounded.sql } } } : {};
    return { ...refused, sentence, reading, readAs, ...smaller };
  }
  const answer = await presentSql(fetched, brief, world, options, times, bounded);
  return {
    ...answer,
    modelSql: reading,
    marks: [markModelSql(), ...answer.marks],
    readAs,
    notes: [...answer.notes, ...botsNote(fetched.sql, world), ...emptyNote(answer.rows.length)],
  };
}

/** The house leaves bots out; a model's SQL only where it says so. */
function botsNote(
  { tables, columns }: { tables: readonly string[]; columns: readonly string[] },
  { glossary }: PresentWorld,
): string[] {
  const withBots = tables.filter((name) => {
    const mark = glossary.tables[name.split('.').at(-1)!]?.bot;
    return mark !== undefined && !columns.includes(`${name}.${mark.toLowerCase()}`);
  });
  return withBots.length === 0
    ? []
    : [
        `Visits of bots are counted in it: the SQL does not look at ${withBots.map((t) => t.split('.').at(-1)).join(', ')}’s mark of them.`,
      ];
}

function emptyNote(rows: number): string[] {
  return rows > 0 ? [] : ['No rows can also mean that the SQL looks for something that the data call otherwise.'];
}
