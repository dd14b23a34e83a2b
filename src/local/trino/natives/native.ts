/** A function in JavaScript that DuckDB calls row by row; NULL in any argument gives NULL. */
export interface Native {
  readonly parameters: readonly NativeType[];
  readonly returns: NativeType;
  readonly run: (...values: never[]) => NativeValue;
}

/** Types that cross the border between DuckDB and JavaScript. BIGINT is a bigint, BLOB is bytes. */
export type NativeType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'BLOB' | 'VARCHAR[]' | 'DOUBLE[]';
export type NativeValue = string | number | bigint | boolean | null | Uint8Array | readonly (string | null)[];

/** An error that Trino would raise for this value; `name` is Trino's error name. */
export class NativeError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Raises Trino's error for a bad argument. */
export function invalid(message: string): never {
  throw new NativeError('INVALID_FUNCTION_ARGUMENT', message);
}

/** NULL where the cast is a TRY_CAST, Trino's cast error otherwise. */
export function badCast(soft: boolean, message: string): null {
  if (soft) return null;
  throw new NativeError('INVALID_CAST_ARGUMENT', message);
}

/** A table row of a native function. */
export function native(parameters: readonly NativeType[], returns: NativeType, run: (...values: never[]) => NativeValue): Native {
  return { parameters, returns, run };
}
