import type { Expression } from './expression.ts';
import type { Place } from './refusal.ts';
import type { Pattern, Variables } from './signature.ts';
import { readSignature } from './signature.ts';
import type { TrinoType } from './trino-type.ts';

/** One call as a function's writer sees it: DuckDB texts of the coerced arguments, the arguments, the result type. */
export interface Call {
  readonly sqls: readonly string[];
  readonly args: readonly Expression[];
  readonly type: TrinoType;
  readonly place: Place;
  readonly variables: Variables;
}

/** One signature of a scalar function and how a call of it is written for DuckDB. */
export interface Overload {
  readonly parameters: readonly Pattern[];
  readonly variadic: boolean;
  readonly returns: Pattern;
  readonly resultType?: ((args: readonly Expression[], place: Place) => TrinoType) | undefined;
  readonly write: (call: Call) => string;
  /** May raise an error for some values. */
  readonly fallible: boolean;
  /** Arguments that must not be a bare NULL, since Trino cannot choose a signature then; a list means all of them together. */
  readonly ambiguous: readonly (number | readonly number[])[];
}

/** Signatures by lower-case function name. */
export type FunctionTable = ReadonlyMap<string, readonly Overload[]>;

export interface OverloadOptions {
  readonly fails?: boolean;
  readonly ambiguous?: Overload['ambiguous'];
  readonly type?: (args: readonly Expression[], place: Place) => TrinoType;
}

/** Builds a function table; `sql` writes from the argument texts, `call` from everything. */
export class FunctionTableBuilder {
  readonly table = new Map<string, Overload[]>();

  sql(names: string, signature: string, write: (...sqls: string[]) => string, options: OverloadOptions = {}): this {
    return this.call(names, signature, (call) => write(...call.sqls), options);
  }

  call(names: string, signature: string, write: (call: Call) => string, options: OverloadOptions = {}): this {
    const overload: Overload = {
      ...readSignature(signature),
      resultType: options.type,
      write,
      fallible: options.fails ?? false,
      ambiguous: options.ambiguous ?? [],
    };
    for (const name of names.split(' ')) this.table.set(name, [...(this.table.get(name) ?? []), overload]);
    return this;
  }
}
