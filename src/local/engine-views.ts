import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { DuckDBListType, DuckDBMapType, DuckDBStructType } from '@duckdb/node-api';
import type { TableSource } from './engine-messages.ts';
import { duckType } from './trino/duck-type.ts';
import { tag } from './trino/expression.ts';
import { readType } from './trino/read-type.ts';
import type { TrinoType } from './trino/trino-type.ts';

/** Makes the view of a table: its files as columns of the types that the catalog says, in the engine's form of those types. */
export async function createView(connection: DuckDBConnection, table: TableSource): Promise<void> {
  if (table.files.length === 0) {
    const columns = table.columns.map((column) => `CAST(NULL AS ${duckType(typeOf(column.type))}) AS ${identifier(column.name)}`);
    await connection.run(`CREATE VIEW ${identifier(table.name)} AS SELECT ${columns.join(', ')} WHERE false`);
    return;
  }
  const source = readFiles(table);
  const shown = await connection.run(`SELECT * FROM ${source} LIMIT 0`);
  const actual = new Map(shown.columnNames().map((name, index) => [name.toLowerCase(), { name, type: shown.columnType(index) }]));
  const rounded = table.foreign ? await finerThanMillis(connection, table) : new Set<string>();
  const columns = table.columns.map((column) => {
    const type = typeOf(column.type);
    const found = actual.get(column.name.toLowerCase());
    const sql = found
      ? (unlike(table, column, String(found.type), type) ??
        convert(identifier(found.name), found.type, type, rounded.has(column.name.toLowerCase())))
      : `CAST(NULL AS ${duckType(type)})`;
    return `${sql} AS ${identifier(column.name)}`;
  });
  await connection.run(`CREATE VIEW ${identifier(table.name)} AS SELECT ${columns.join(', ')} FROM ${source}`);
}

/** An error in place of a column whose files hold another kind of value than the catalog says: Athena reads no such file either. */
function unlike(table: TableSource, column: TableSource['columns'][number], from: string, type: TrinoType): string | undefined {
  const [actual, wanted] = [kindOf(from), kindOf(duckType(type))];
  if (!table.foreign || actual === undefined || wanted === undefined || actual === wanted) return undefined;
  const place = `Column ${column.name} of ${table.name}`;
  const fault = `${place} is ${from.toLowerCase()} in its files and ${column.type} in the catalog. Write the type of the files there.`;
  return `CAST(error(${text(`!HIVE_BAD_DATA!${fault}`)}) AS ${duckType(type)})`;
}

/** Kinds of values that never turn into each other when a file is read; undefined for types that may. */
function kindOf(type: string): string | undefined {
  if (/(\[\]|\])$/.test(type)) return 'array';
  if (/^(MAP|STRUCT)\(/.test(type)) return type.slice(0, type.indexOf('('));
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(type)) return 'number';
  if (/^(VARCHAR|JSON|BLOB)$/.test(type)) return 'text';
  return /^(DATE|TIMESTAMP)/.test(type) ? 'time' : type === 'BOOLEAN' ? 'boolean' : undefined;
}

/** A DuckDB identifier. */
function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function typeOf(source: string): TrinoType {
  return readType(source) ?? { kind: 'varchar' };
}

function readFiles(table: TableSource): string {
  const partition = table.partitionColumns.map((name) => `${text(name)}: ${partitionType(table, name)}`);
  const hive =
    partition.length > 0 ? `, hive_partitioning = true, hive_types = {${partition.join(', ')}}` : ', hive_partitioning = false';
  return `read_parquet([${table.files.map(text).join(', ')}], union_by_name = ${table.foreign}${hive})`;
}

function partitionType(table: TableSource, name: string): string {
  const column = table.columns.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  return column ? duckType(typeOf(column.type)) : 'VARCHAR';
}

/** Columns whose timestamps have microseconds or nanoseconds: Athena rounds them to milliseconds. */
async function finerThanMillis(connection: DuckDBConnection, table: TableSource): Promise<Set<string>> {
  const first = text(table.files[0] ?? '');
  const result = await connection.runAndReadAll(
    `SELECT lower(name) FROM parquet_schema(${first}) WHERE logical_type ILIKE '%MICROS%' OR logical_type ILIKE '%NANOS%' OR converted_type ILIKE '%MICROS%' OR type = 'INT96'`,
  );
  return new Set(result.getRows().map(([name]) => String(name)));
}

function convert(sql: string, actual: DuckDBType, type: TrinoType, round: boolean): string {
  if (type.kind === 'array' && actual instanceof DuckDBListType) {
    const name = `e${tag(sql)}`;
    const element = convert(name, actual.valueType, type.element, round);
    return element === name ? sql : `list_transform(${sql}, lambda ${name}: ${element})`;
  }
  if (type.kind === 'map' && actual instanceof DuckDBMapType) {
    const name = `e${tag(sql)}`;
    const [key, value] = [
      convert(`${name}.key`, actual.keyType, type.key, round),
      convert(`${name}.value`, actual.valueType, type.value, round),
    ];
    if (key === `${name}.key` && value === `${name}.value`) return sql;
    return `map_from_entries(list_transform(map_entries(${sql}), lambda ${name}: {'k': ${key}, 'v': ${value}}))`;
  }
  if (type.kind === 'row' && actual instanceof DuckDBStructType) return convertRow(sql, actual, type, round);
  const from = String(actual);
  if (type.kind === 'timestamp') return convertTimestamp(sql, from, type.precision, round);
  if (type.kind === 'timestamptz') return `CAST((${sql}) AT TIME ZONE 'UTC' AS TIMESTAMP)`;
  if (type.kind === 'varchar' && from === 'BLOB') return `decode(${sql})`;
  return from === duckType(type) ? sql : `CAST(${sql} AS ${duckType(type)})`;
}

function convertRow(sql: string, actual: DuckDBStructType, type: TrinoType & { kind: 'row' }, round: boolean): string {
  const fields = type.fields.map((field, index) => {
    const position =
      field.name === undefined ? index : actual.entryNames.findIndex((name) => name.toLowerCase() === field.name?.toLowerCase());
    const inner = actual.entryTypes[position];
    const value = inner
      ? convert(`(${sql}).${identifier(actual.entryNames[position] ?? '')}`, inner, field.type, round)
      : `CAST(NULL AS ${duckType(field.type)})`;
    return `'f${index + 1}': ${value}`;
  });
  return `CASE WHEN ${sql} IS NOT NULL THEN {${fields.join(', ')}} END`;
}

function convertTimestamp(sql: string, from: string, precision: number, round: boolean): string {
  const plain =
    from === 'TIMESTAMP WITH TIME ZONE'
      ? `(${sql}) AT TIME ZONE 'UTC'`
      : from === 'TIMESTAMP'
        ? sql
        : `CAST(${sql} AS TIMESTAMP)`;
  if (from === 'TIMESTAMP_NS' || (round && precision <= 3)) return `CAST(CAST(${plain} AS TIMESTAMP_MS) AS TIMESTAMP)`;
  return plain;
}
