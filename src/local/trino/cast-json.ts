import { duckType } from './duck-type.ts';
import { once, quote } from './expression.ts';
import type { TrinoType } from './trino-type.ts';
import { isInteger } from './trino-type.ts';
import { decimalText, isNested, listOf, textOf } from './value-text.ts';

type Write = (sql: string) => string;

/** A value as JSON text; NULL inside arrays, maps and rows is JSON's null. */
export function toJson(from: TrinoType): Write | undefined {
  if (from.kind === 'decimal') return decimalText(from);
  if (from.kind === 'boolean' || isInteger(from)) return (sql) => `CAST(${sql} AS VARCHAR)`;
  if (from.kind === 'double') return (sql) => `tr_json_double(${sql})`;
  if (from.kind === 'real') return (sql) => `tr_json_real(CAST(${sql} AS DOUBLE))`;
  if (from.kind === 'varchar') return (sql) => `tr_json_string(${sql})`;
  if (from.kind === 'json') return (sql) => sql;
  if (from.kind === 'unknown') return () => 'CAST(NULL AS VARCHAR)';
  if (from.kind === 'date' || from.kind === 'timestamp') {
    const text = textOf(from);
    return text && ((sql) => `('"' || ${text(sql)} || '"')`);
  }
  if (from.kind === 'array') {
    const element = toJson(from.element);
    return element && ((sql) => `('[' || array_to_string(${listOf(sql, (e) => `coalesce(${element(e)}, 'null')`)}, ',') || ']')`);
  }
  if (from.kind === 'map') return mapToJson(from);
  if (from.kind !== 'row') return undefined;
  const fields = from.fields.map((field) => toJson(field.type));
  if (fields.some((field) => !field)) return undefined;
  return (sql) =>
    once([sql], ([row = '']) => {
      const parts = from.fields.map(
        (field, index) =>
          `${quote(`${JSON.stringify(field.name ?? '')}:`)} || coalesce(${fields[index]?.(`(${row}).f${index + 1}`)}, 'null')`,
      );
      return `CASE WHEN ${row} IS NOT NULL THEN '{' || ${parts.join(" || ',' || ")} || '}' END`;
    });
}

function mapToJson(from: TrinoType & { kind: 'map' }): Write | undefined {
  const value = toJson(from.value);
  const key = JSON_KEYS.has(from.key.kind) ? keyText(from.key) : undefined;
  if (!key || !value) return undefined;
  return (sql) => {
    const pairs = listOf(
      `map_entries(${sql})`,
      (e) => `{'k': ${key(`${e}.key`)}, 'v': coalesce(${value(`${e}.value`)}, 'null')}`,
    );
    const members = listOf(`list_sort(${pairs})`, (e) => `tr_json_string(${e}.k) || ':' || ${e}.v`);
    return `('{' || array_to_string(${members}, ',') || '}')`;
  };
}

const JSON_KEYS = new Set(['varchar', 'boolean', 'tinyint', 'smallint', 'integer', 'bigint', 'decimal', 'double', 'real']);

/** Keys are texts; doubles as Java prints them. */
function keyText(type: TrinoType): Write | undefined {
  return type.kind === 'double' || type.kind === 'real' ? toJson(type) : textOf(type);
}

const FROM_JSON = new Set([
  'boolean',
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'real',
  'double',
  'decimal',
  'varchar',
  'json',
]);

/** How a json value is cast to a type; undefined where Trino has no such cast. */
export function fromJson(to: TrinoType, soft: boolean): Write | undefined {
  if (!readsJson(to)) return undefined;
  if (to.kind === 'varchar') {
    return (sql) => `tr_json_to_text(${sql}, ${to.length ?? -1}, ${soft})`;
  }
  const shape = quote(JSON.stringify(to));
  const native = isNested(to) ? 'tr_from_json' : 'tr_json_scalar';
  const json = isNested(to) ? 'JSON' : 'VARCHAR';
  return (sql) => `CAST(CAST(${native}(${sql}, ${shape}, ${soft}) AS ${json}) AS ${duckType(to)})`;
}

function readsJson(type: TrinoType): boolean {
  if (type.kind === 'array') return readsJson(type.element);
  if (type.kind === 'map') return (type.key.kind === 'varchar' || isInteger(type.key)) && readsJson(type.value);
  if (type.kind === 'row') return type.fields.every((field) => readsJson(field.type));
  return FROM_JSON.has(type.kind);
}
