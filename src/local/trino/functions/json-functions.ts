import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { readJsonPath } from '../natives/json-scan.ts';
import { refuse } from '../refusal.ts';
import { jsonScalar } from './native-paths.ts';

/** Trino's JSON functions with `$.a.b` paths. */
export function jsonFunctions(table: FunctionTableBuilder): void {
  const withPath = (name: string, native: string, result: string) => {
    for (const type of ['varchar', 'json']) {
      table.call(
        name,
        `${type}, varchar -> ${result}`,
        (call) => {
          checkPath(call);
          const exact = (json: string) => `${native}(${json}, ${call.sqls[1]})`;
          const [json = ''] = call.sqls;
          return name === 'json_extract_scalar' ? jsonScalar(json, call.args[1]?.constant, exact) : exact(json);
        },
        { ambiguous: name === 'json_extract_scalar' ? [0] : [], fails: true },
      );
    }
  };
  withPath('json_extract_scalar', 'tr_json_extract_scalar', 'varchar');
  withPath('json_extract', 'tr_json_extract', 'json');
  withPath('json_size', 'tr_json_size', 'bigint');
  for (const type of ['varchar', 'json']) {
    table.sql('json_array_length', `${type} -> bigint`, (x = '') => `tr_json_array_length(${x})`);
    table.sql('json_array_get', `${type}, bigint -> json`, (x = '', n = '') => `tr_json_array_get(${x}, ${n})`);
    table.sql('is_json_scalar', `${type} -> boolean`, (x = '') => `tr_is_json_scalar(${x})`, { fails: true });
    for (const kind of ['bigint', 'double', 'boolean', 'varchar']) {
      table.sql(
        'json_array_contains',
        `${type}, ${kind} -> boolean`,
        (x = '', y = '') => `tr_json_array_contains(${x}, CAST(${y} AS VARCHAR), '${kind}')`,
      );
    }
  }
  table.sql('json_parse', 'varchar -> json', (x = '') => `tr_json_parse(${x})`, { fails: true });
  table.sql('json_format', 'json -> varchar', (x = '') => x);
}

function checkPath({ args, place }: Call): void {
  const path = args[1]?.constant;
  if (typeof path === 'string' && !readJsonPath(path))
    refuse('INVALID_FUNCTION_ARGUMENT', `Invalid JSON path: '${path}'`, args[1]?.place ?? place);
}
