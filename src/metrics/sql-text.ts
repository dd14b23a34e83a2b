/** One SELECT as its parts; `where` lines are joined with AND, `group` counts the leading columns that are grouped by. */
export interface Select {
  readonly columns: readonly Column[];
  readonly from: string;
  readonly where?: readonly string[];
  readonly group?: number;
  readonly order?: readonly string[];
  readonly limit?: number;
}

export interface Column {
  readonly sql: string;
  /** The column's name; absent where the SQL is the name already. */
  readonly as?: string;
}

/** A SELECT as Athena text, one thought a line. */
export function selectText({ columns, from, where = [], group = 0, order = [], limit }: Select): string {
  const lines = ['SELECT', columns.map((column) => `  ${columnText(column)}`).join(',\n'), `FROM ${from}`];
  const conditions = where.length > 1 ? where.map(bracket) : where;
  if (conditions.length > 0) lines.push(`WHERE ${conditions.join('\n  AND ')}`);
  if (group > 0)
    lines.push(
      `GROUP BY ${columns
        .slice(0, group)
        .map((_, index) => index + 1)
        .join(', ')}`,
    );
  if (order.length > 0) lines.push(`ORDER BY ${order.join(', ')}`);
  if (limit !== undefined) lines.push(`LIMIT ${limit}`);
  return lines.join('\n');
}

/** The last of some named SELECTs, with those before it in its WITH. */
export function withText(named: readonly { readonly name: string; readonly text: string }[], last: string): string {
  if (named.length === 0) return last;
  return `WITH ${named.map(({ name, text }) => `${name} AS (\n${indent(text)}\n)`).join(',\n')}\n${last}`;
}

/** A text value as a literal. Control characters, which no column holds and no guard lets pass, become blanks. */
export function literal(text: string): string {
  return `'${text.replace(/[\u0000-\u001f\u007f]/g, ' ').replaceAll("'", "''")}'`;
}

/** A column or relation name, in quotes where Trino needs them. */
export function identifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** An instant as a literal of the tables' UTC timestamps. */
export function timestampLiteral(instant: string): string {
  return `TIMESTAMP '${instant.slice(0, 19).replace('T', ' ')}'`;
}

/** Every line two blanks further in. */
export function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

/** In brackets where the condition holds an AND or OR of its own. */
export function bracket(condition: string): string {
  return /\b(and|or)\b/i.test(condition) && !/ BETWEEN '[^']*' AND '[^']*'$/.test(condition) && !wrapped(condition)
    ? `(${condition})`
    : condition;
}

function columnText({ sql, as }: Column): string {
  return as === undefined || sql === identifier(as) ? sql : `${sql} AS ${identifier(as)}`;
}

/** Whether one pair of brackets (with a word before it, as in `NOT EXISTS (`) spans the whole condition. */
function wrapped(condition: string): boolean {
  const open = condition.search(/\(/);
  if (open === -1 || /\b(and|or)\b/i.test(condition.slice(0, open))) return false;
  let depth = 0;
  for (let i = open; i < condition.length; i++) {
    if (condition[i] === '(') depth++;
    if (condition[i] === ')' && --depth === 0) return i === condition.length - 1;
  }
  return false;
}

const RESERVED = new Set(
  `alter and as between by case cast constraint create cross cube current_catalog current_date current_path current_role
  current_schema current_time current_timestamp current_user deallocate delete describe distinct drop else end escape except
  execute exists extract false for from full group grouping having in inner insert intersect into is join json_array
  json_exists json_object json_query json_table json_value left like listagg localtime localtimestamp natural normalize not
  null on or order outer prepare recursive right rollup select skip table then trim true uescape union unnest using values
  when where with`.split(/\s+/),
);
