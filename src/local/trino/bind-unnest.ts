import type { UnnestContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { duckType } from './duck-type.ts';
import type { Expression } from './expression.ts';
import { refuse } from './refusal.ts';
import type { Field } from './scope.ts';
import type { TrinoType } from './trino-type.ts';
import { simple, typeName } from './trino-type.ts';

/** UNNEST of arrays and maps side by side: the longest decides, shorter ones go on with NULL; arrays of rows give a column a field. */
export function unnest(context: UnnestContext, environment: Environment): { sql: string; fields: readonly Field[] } {
  const { statement } = environment;
  const sources = context
    .expression()
    .map((inner) => sourceOf(statement.expression(inner, environment), placeOf(context), statement.next('c')));
  const fields = sources.flatMap((source) =>
    source.columns.map((part): Field => ({ name: part.name, qualifiers: [], column: statement.next('c'), type: part.type })),
  );
  const ordinality = context.KW_ORDINALITY() ? statement.next('c') : undefined;
  const inner = sources.map((source) => `unnest(${source.list}) AS ${source.column}`);
  if (ordinality) {
    const longest = sources.map((source) => `coalesce(len(${source.list}), 0)`);
    inner.push(`unnest(range(1, greatest(${longest.join(', ')}) + 1)) AS ${ordinality}`);
  }
  const texts = sources.flatMap((source) => source.columns.map((part) => part.sql(source.column)));
  const list = fields.map((field, index) => `${texts[index]} AS ${field.column}`);
  const all = ordinality
    ? [...fields, { name: 'ordinality', qualifiers: [], column: ordinality, type: simple('bigint') }]
    : fields;
  const outer = ordinality ? [...list, ordinality] : list;
  return { sql: `(SELECT ${outer.join(', ')} FROM (SELECT ${inner.join(', ')}) u) ${statement.next('r')}`, fields: all };
}

interface Source {
  readonly list: string;
  readonly column: string;
  readonly columns: readonly {
    readonly name?: string | undefined;
    readonly type: TrinoType;
    readonly sql: (row: string) => string;
  }[];
}

function sourceOf(value: Expression, place: { line: number; column: number }, column: string): Source {
  const { type } = value;
  if (type.kind === 'map') {
    return {
      list: `map_entries(${value.sql})`,
      column,
      columns: [
        { type: type.key, sql: (row) => `${row}.key` },
        { type: type.value, sql: (row) => `${row}.value` },
      ],
    };
  }
  if (type.kind !== 'array') refuse('INVALID_FUNCTION_ARGUMENT', `Cannot unnest type: ${typeName(type)}`, place);
  const { element } = type;
  const list = element.kind === 'unknown' ? `CAST(${value.sql} AS ${duckType(type)})` : value.sql;
  if (element.kind !== 'row') return { list, column, columns: [{ type: element, sql: (row) => row }] };
  return {
    list,
    column,
    columns: element.fields.map((field, index) => ({ name: field.name, type: field.type, sql: (row) => `${row}.f${index + 1}` })),
  };
}
