import type { Dimension, Glossary } from '../glossary/glossary-schema.ts';

/** How a table comes to a dimension: by a column of its own, or through the session or the user of the row. */
export interface DimensionPath {
  readonly through: 'own' | 'session' | 'user';
  /** SQL over the columns of that table; `{day}`, `{time}` and `{zone}` still stand in it. */
  readonly sql: string;
}

/** The tables that a row's session and user are looked up in. */
export const SESSIONS = 'sessions';
export const USERS = 'users';

/** The table that closed funnels are counted from. */
export const EVENTS = 'events';

/** The cheapest way from a table to a dimension, or undefined where none keeps one row one row. */
export function dimensionPath(dimension: Dimension, table: string, glossary: Glossary): DimensionPath | undefined {
  return pathTo(dimension.columns, table, glossary);
}

/** The way through the session (or its user) even where the table has a column of its own. */
export function sessionPath(dimension: Dimension, table: string, glossary: Glossary): DimensionPath | undefined {
  const { [table]: _own, '*': _any, ...columns } = dimension.columns;
  return pathTo(columns, table, glossary);
}

/** The same for the number behind a dimension in bins. */
export function numberPath(dimension: Dimension, table: string, glossary: Glossary): DimensionPath | undefined {
  return dimension.numbers ? pathTo(dimension.numbers, table, glossary) : dimensionPath(dimension, table, glossary);
}

/** Whether each day has one value of it (weekday, weekend or not). */
export function isOfDay(dimension: Dimension): boolean {
  const sql = dimension.columns['*'];
  return sql?.includes('{day}') === true && !sql.includes('{time}');
}

/** Whether the dimension is the currency of money. */
export function isCurrency(dimension: Dimension, glossary: Glossary): boolean {
  return Object.entries(dimension.columns).some(([table, sql]) => sql === glossary.tables[table]?.currency);
}

function pathTo(columns: Readonly<Record<string, string>>, table: string, glossary: Glossary): DimensionPath | undefined {
  const facts = glossary.tables[table];
  const own = columns[table] ?? (facts?.partition || facts?.time ? columns['*'] : undefined);
  if (own !== undefined) return { through: 'own', sql: own };
  const session = table !== SESSIONS && facts?.session ? columns[SESSIONS] : undefined;
  if (session !== undefined) return { through: 'session', sql: session };
  const user = table !== USERS && facts?.user ? columns[USERS] : undefined;
  return user === undefined ? undefined : { through: 'user', sql: user };
}
