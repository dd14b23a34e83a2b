import { duckType } from '../duck-type.ts';
import { once, tag } from '../expression.ts';
import { failure } from '../failure.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { applyLambda } from '../lambda-text.ts';
import { refuse } from '../refusal.ts';
import type { TrinoType } from '../trino-type.ts';
import { simple } from '../trino-type.ts';
import { textOf } from '../value-text.ts';
import { distinctEntries, firstOnly, multimapOf, strictEntries } from './map-texts.ts';

/** Maps. */
export function mapFunctions(table: FunctionTableBuilder): void {
  builders(table);
  access(table);
  lambdas(table);
}

/** How a key is shown in an error. */
function keyText(type: TrinoType): (key: string) => string {
  const key = type.kind === 'map' ? type.key : simple('varchar' as 'bigint');
  return textOf(key) ?? (() => "''");
}

function builders(table: FunctionTableBuilder): void {
  table.call('map', '-> map(K, V)', () => 'CAST(MAP {} AS MAP(INTEGER, INTEGER))');
  const unequal = failure('INVALID_FUNCTION_ARGUMENT', 'Key and value arrays must be the same length');
  table.call(
    'map',
    'array(K), array(V) -> map(K, V)',
    ({ sqls: [k = '', v = ''], type }) =>
      once([k, v], ([keys = '', values = '']) => {
        const i = `i${tag(keys + values)}`;
        const list = `list_transform(range(1, len(${keys}) + 1), lambda ${i}: {'k': ${keys}[${i}], 'v': ${values}[${i}]})`;
        return `(CASE WHEN ${keys} IS NULL OR ${values} IS NULL THEN NULL WHEN len(${keys}) <> len(${values}) THEN ${unequal} ELSE CAST(${strictEntries(list, keyText(type))} AS ${duckType(type)}) END)`;
      }),
    { fails: true },
  );
  const pairs = (a: string) => `list_transform(${a}, lambda p${tag(a)}: {'k': p${tag(a)}.f1, 'v': p${tag(a)}.f2})`;
  table.call(
    'map_from_entries',
    'array(row(K, V)) -> map(K, V)',
    ({ sqls: [a = ''], type }) => strictEntries(pairs(a), keyText(type)),
    { fails: true },
  );
  table.sql('multimap_from_entries', 'array(row(K, V)) -> map(K, array(V))', (a = '') => multimapOf(pairs(a)), { fails: true });
  table.call('map_concat', 'map(K, V)... -> map(K, V)', ({ sqls, place }) => {
    if (sqls.length < 2) refuse('INVALID_FUNCTION_ARGUMENT', 'There must be two or more maps to concatenate', place);
    // Of equal keys the last map's counts.
    const lists = [...sqls].reverse().map((map) => `map_entries(${map})`);
    const all = lists.reduce((a, b) => `list_concat(${a}, ${b})`);
    const e = `e${tag(all)}`;
    return `(CASE WHEN ${sqls.map((map) => `${map} IS NOT NULL`).join(' AND ')} THEN ${distinctEntries(`list_transform(${all}, lambda ${e}: {'k': ${e}.key, 'v': ${e}.value})`)} END)`;
  });
}

function access(table: FunctionTableBuilder): void {
  table.sql('cardinality', 'map(K, V) -> bigint', (m = '') => `CAST(cardinality(${m}) AS BIGINT)`);
  table.sql('element_at', 'map(K, V), K -> V', (m = '', k = '') => `map_extract_value(${m}, ${k})`);
  table
    .sql('map_keys', 'map(K, V) -> array(K)', (m = '') => `map_keys(${m})`)
    .sql('map_values', 'map(K, V) -> array(V)', (m = '') => `map_values(${m})`);
  table.sql('map_entries', 'map(K, V) -> array(row(K, V))', (m = '') => {
    const e = `e${tag(m)}`;
    return `list_transform(map_entries(${m}), lambda ${e}: {'f1': ${e}.key, 'f2': ${e}.value})`;
  });
}

function lambdas(table: FunctionTableBuilder): void {
  const entries = (m: string, write: (e: string) => string) =>
    `list_transform(map_entries(${m}), lambda e${tag(m)}: ${write(`e${tag(m)}`)})`;
  table.sql(
    'map_filter',
    'map(K, V), fn(K,V->boolean) -> map(K, V)',
    (m = '', f = '') => {
      const e = `e${tag(m)}`;
      return `map_from_entries(list_filter(map_entries(${m}), lambda ${e}: ${applyLambda(f, [`${e}.key`, `${e}.value`])}))`;
    },
    { fails: true },
  );
  table.sql(
    'transform_values',
    'map(K, V), fn(K,V->U) -> map(K, U)',
    (m = '', f = '') =>
      `map_from_entries(${entries(m, (e) => `{'k': ${e}.key, 'v': ${applyLambda(f, [`${e}.key`, `${e}.value`])}}`)})`,
    { fails: true },
  );
  table.call(
    'transform_keys',
    'map(K, V), fn(K,V->U) -> map(U, V)',
    ({ sqls: [m = '', f = ''], type }) =>
      strictEntries(
        entries(m, (e) => `{'k': ${applyLambda(f, [`${e}.key`, `${e}.value`])}, 'v': ${e}.value}`),
        keyText(type),
      ),
    { fails: true },
  );
  table.call('map_zip_with', 'map(K, V), map(K, U), fn(K,V,U->R) -> map(K, R)', zipMaps, { fails: true });
}

function zipMaps({ sqls: [a = '', b = '', f = ''] }: Call): string {
  return once([a, b], ([x = '', y = '']) => {
    const k = `k${tag(x + y)}`;
    const keys = firstOnly(`list_concat(map_keys(${x}), map_keys(${y}))`);
    const value = applyLambda(f, [k, `map_extract_value(${x}, ${k})`, `map_extract_value(${y}, ${k})`]);
    return `(CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN map_from_entries(list_transform(${keys}, lambda ${k}: {'k': ${k}, 'v': ${value}})) END)`;
  });
}
