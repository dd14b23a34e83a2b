import type { SqlReading } from '../glossary/reading.ts';
import type { Catalog, SafeSql } from '../sql/safe-sql.ts';
import { type FetchWorld, fetchSql } from './fetch.ts';
import type { LineOptions } from './line.ts';
import { noTablesYet } from './no-tables-yet.ts';
import type { PresentWorld } from './present.ts';
import { presentSql } from './present-sql.ts';
import { refuse } from './refuse.ts';
import type { Brief, Mark, Outcome } from './stations.ts';
import { markFixedDays } from './words/say-marks.ts';

/** SQL that a person approved for a question boards at fetch like an engineer's; it is never changed, not even to a cheaper one. */
export async function runVerifiedSql(
  reading: SqlReading,
  brief: Brief,
  world: FetchWorld & PresentWorld & { readonly catalog: Catalog },
  options: LineOptions,
  times: Record<string, number>,
): Promise<Outcome> {
  const { question } = brief;
  const fetched = noTablesYet(await fetchSql(reading.sql, world.catalog, world, options, times), brief.facts);
  const readAs = reading.says;
  if ('kind' in fetched) {
    const refused = refuse(fetched, { id: question.id, question: question.text, sql: reading.sql }, world, times);
    const sentence = `The SQL that was approved for this question did not run. ${refused.sentence}`;
    return { ...refused, sentence, reading, readAs };
  }
  const { advice: _, ...answer } = await presentSql(fetched, brief, world, options, times);
  return { ...answer, marks: [...fixedDays(fetched.sql), ...answer.marks], readAs };
}

/** Days that stand in the SQL are the same tomorrow: nobody should take them for the last ones. */
function fixedDays({ partitions }: SafeSql): Mark[] {
  const of = (end: 'from' | 'to') =>
    partitions
      .map((bound) => bound[end])
      .filter((day) => day !== undefined)
      .toSorted();
  const [from, to] = [of('from')[0], of('to').at(-1)];
  return from === undefined && to === undefined ? [] : [markFixedDays(from, to)];
}
