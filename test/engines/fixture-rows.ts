/** The statement that writes 200 rows of a table's columns into a Parquet file, the same ones every time, some values NULL. */
export function fixtureRows(columns: readonly { readonly name: string; readonly type: string }[], file: string): string {
  const list = columns.map(
    ({ name, type }) =>
      `${type.startsWith('timestamp') ? TIMES : `CASE WHEN hash(n, '${name}') % 11 > 0 THEN ${value(name, type)} END`} AS "${name}"`,
  );
  return `COPY (SELECT ${list.join(', ')} FROM range(200) t(n)) TO '${file}' (FORMAT parquet)`;
}

/** Times order rows: each its own and none missing, so that both engines have one order. */
const TIMES = "TIMESTAMP '2026-11-20 10:00:00' + to_minutes(n * 97)";

function value(name: string, type: string): string {
  const draw = `(hash(n, '${name} value') % 40)::INTEGER`;
  if (type === 'bigint') return `${draw}::BIGINT`;
  if (type === 'double') return `${draw} / 4.0::DOUBLE`;
  if (type === 'boolean') return `${draw} < 20`;
  if (type.startsWith('decimal')) return `(${draw} / 4)::${type.toUpperCase()}`;
  if (type.startsWith('array')) return `[{'sku': 'sku' || ${draw}}, {'sku': NULL}]`;
  if (name === 'dt') return `'2026-11-' || (10 + ${draw} % 20)`;
  if (name === 'event_name') return `['page_view', 'add_to_cart', 'purchase'][1 + ${draw} % 3]`;
  if (name === 'attributes') return `'{"a":{"b":' || ${draw} || '},"list":[1,2]}'`;
  return `'${name.slice(0, 3)}' || ${draw}`;
}
