import type { Glossary, Measure } from '../../src/glossary/glossary-schema.ts';
import { SettingsFault } from '../settings-fault.ts';
import { type Cube, daysBack } from './cubes.ts';

/**
 * One cube as Athena SQL: `day`, a column a dimension, a column a metric, all from the glossary's own formulas. Bots are left
 * out. Throws a SettingsFault for a metric that is no plain sum of the cube's table, or a dimension that it has no column for.
 */
export function cubeSql(cube: Cube, glossary: Glossary, zone: string): string {
  const table = glossary.tables[cube.table]!;
  const day = table.partition!;
  const dimensions = cube.dimensions.map((id) => {
    const sql = glossary.dimensions[id]?.columns[cube.table];
    if (!sql)
      throw new SettingsFault(
        `The data set ${cube.id} asks for ${id}, which has no column in ${cube.table} of prompts/glossary.yml.`,
      );
    return `coalesce(CAST(${sql.replaceAll('{zone}', zone)} AS varchar), '${glossary.dimensions[id]!.unknown}') AS ${id}`;
  });
  const metrics = cube.metrics.map((id) => `${sumSql(id, cube, glossary)} AS ${id}`);
  const onlyUsed = eventFilter(cube, glossary);
  return [
    `SELECT date_parse(${day}, '%Y-%m-%d') AS day,`,
    `  ${[...dimensions, ...metrics].join(',\n  ')}`,
    `FROM ${glossary.database}.${cube.table}`,
    `WHERE ${[bounded(day), notBots(cube.table, glossary), ...onlyUsed].join('\n  AND ')}`,
    `GROUP BY ${['day', ...cube.dimensions].map((_, i) => i + 1).join(', ')}`,
  ].join('\n');
}

/** The last `daysBack` days of a partition column, so that a refresh of the dashboards reads no more. */
export function bounded(day: string): string {
  return `${day} >= date_format(current_date - INTERVAL '${daysBack}' DAY, '%Y-%m-%d')`;
}

/** True for rows of people: by the table's own mark, or by the session's where it has none. */
export function notBots(table: string, glossary: Glossary): string {
  const { bot, session } = glossary.tables[table]!;
  if (bot) return `NOT ${bot}`;
  const sessions = glossary.tables.sessions!;
  return `coalesce(${session}, '') NOT IN (SELECT ${sessions.session} FROM ${glossary.database}.sessions WHERE ${sessions.bot} AND ${bounded(sessions.partition!)})`;
}

function sumSql(id: string, cube: Cube, glossary: Glossary): string {
  const measure = glossary.metrics[id]?.measure;
  if (!measure || !isPlainSum(measure) || measure.table !== cube.table)
    throw new SettingsFault(
      `The data set ${cube.id} asks for ${id}, which is no plain sum over ${cube.table} in prompts/glossary.yml.`,
    );
  const condition = conditionOf(measure);
  const sum = condition ? `${measure.value} FILTER (WHERE ${condition})` : measure.value;
  return /^sum\(.*\)$/.test(measure.value) ? `CAST(coalesce(${sum}, 0) AS double)` : sum;
}

/** A count or sum of rows adds up over days and dimensions; a count of distinct things, or of groups, does not. */
function isPlainSum({ value, each, day, withoutOrderWithinDays, trailingDays, averageOfDays }: Measure): boolean {
  return (
    /^(count\(\*\)|count\(\w+\)|sum\(\w+\))$/.test(value) &&
    !(each || day || withoutOrderWithinDays || trailingDays || averageOfDays)
  );
}

function conditionOf({ where, ofValidOrder }: Measure): string | undefined {
  const parts = [...(where ? [`(${where})`] : []), ...(ofValidOrder ? ['order_id IS NOT NULL'] : [])];
  return parts.length ? parts.join(' AND ') : undefined;
}

/** Where every metric counts some events only, the other rows are not read into groups. */
function eventFilter(cube: Cube, glossary: Glossary): string[] {
  const conditions = cube.metrics.map((id) => conditionOf(glossary.metrics[id]!.measure!));
  if (conditions.some((c) => c === undefined)) return [];
  return [`(${[...new Set(conditions)].map((c) => `(${c})`).join(' OR ')})`];
}
