import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DOUBLE,
  DuckDBBlobValue,
  DuckDBDataChunk,
  DuckDBListValue,
  DuckDBScalarFunction,
  INTEGER,
  LIST,
  listValue,
  SQLNULL,
  VARCHAR,
} from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { binaryNatives } from './binary.ts';
import { castNatives } from './casts.ts';
import { dateNatives } from './dates.ts';
import { hashNatives } from './hashes.ts';
import { formatNatives } from './java-format.ts';
import { jsonNatives } from './json.ts';
import type { Native, NativeType, NativeValue } from './native.ts';
import { NativeError } from './native.ts';
import { regexNatives } from './regexes.ts';
import { sqlJsonNatives } from './sql-json.ts';
import { statisticNatives } from './statistics.ts';
import { textNatives } from './texts.ts';
import { urlNatives } from './urls.ts';
import { zoneNatives } from './zones.ts';

/** Makes every native function known to a DuckDB instance. Their errors start with `!NAME!`, Trino's error name. */
export function registerNatives(connection: DuckDBConnection): void {
  connection.registerScalarFunction(failFunction());
  for (const table of [
    binaryNatives,
    castNatives,
    dateNatives,
    hashNatives,
    formatNatives,
    jsonNatives,
    regexNatives,
    sqlJsonNatives,
    statisticNatives,
    textNatives,
    urlNatives,
    zoneNatives,
  ]) {
    for (const [name, native] of Object.entries(table)) connection.registerScalarFunction(scalarFunction(name, native));
  }
}

/** `tr_fail(name, message)`: raises an error in whatever type is wanted at its place. Its type is that of NULL, for which the library has no vector to write into. */
function failFunction(): DuckDBScalarFunction {
  const fail = DuckDBScalarFunction.create({
    name: 'tr_fail',
    returnType: SQLNULL,
    parameterTypes: [VARCHAR, VARCHAR],
    specialHandling: true,
    mainFunction: () => undefined,
  });
  bindings.scalar_function_set_function(fail.scalar_function, (info, input) => {
    const chunk = new DuckDBDataChunk(input);
    bindings.scalar_function_set_error(info, `!${chunk.getColumnVector(0).getItem(0)}!${chunk.getColumnVector(1).getItem(0)}`);
  });
  return fail;
}

const TYPES: Readonly<Record<NativeType, DuckDBType>> = {
  VARCHAR,
  BIGINT,
  INTEGER,
  DOUBLE,
  BOOLEAN,
  BLOB,
  'VARCHAR[]': LIST(VARCHAR),
  'DOUBLE[]': LIST(DOUBLE),
};

function scalarFunction(name: string, native: Native): DuckDBScalarFunction {
  const run = native.run as (...values: unknown[]) => NativeValue;
  return DuckDBScalarFunction.create({
    name,
    returnType: TYPES[native.returns],
    parameterTypes: native.parameters.map((type) => TYPES[type]),
    mainFunction: (info, input, output) => {
      const columns = native.parameters.map((_, index) => input.getColumnVector(index));
      try {
        for (let row = 0; row < input.rowCount; row++) {
          const values = columns.map((column) => fromDuck(column.getItem(row)));
          output.setItem(row, values.includes(null) ? null : toDuck(run(...values)));
        }
        output.flush();
      } catch (fault) {
        const known = fault instanceof NativeError;
        info.setError(known ? `!${fault.name}!${fault.message}` : `!GENERIC_INTERNAL_ERROR!the function ${name} failed`);
      }
    },
  });
}

function fromDuck(value: unknown): unknown {
  if (value instanceof DuckDBListValue) return value.items;
  if (value instanceof DuckDBBlobValue) return value.bytes;
  return value;
}

function toDuck(value: NativeValue) {
  if (value instanceof Uint8Array) return new DuckDBBlobValue(value);
  if (Array.isArray(value)) return listValue(value as (string | null)[]);
  return value as string | number | bigint | boolean | null;
}
