import type { Call, Overload, OverloadOptions } from '../function-table.ts';
import { readSignature } from '../signature.ts';

/** What stands around an aggregate call, as DuckDB texts. */
export interface Modifiers {
  readonly distinct?: boolean;
  readonly order?: string | undefined;
  readonly filter?: string | undefined;
  readonly over?: string | undefined;
  readonly ignoreNulls?: boolean;
}

/** One signature of an aggregate or window function. */
export interface AggregateOverload extends Overload {
  readonly aggregate: (call: Call, modifiers: Modifiers) => string;
}

/** Writes a DuckDB aggregate with the modifiers of the call; `where` narrows its rows further. */
export type Run = (name: string, args: readonly string[], where?: string) => string;

export type AggregateTable = ReadonlyMap<string, readonly AggregateOverload[]>;

/** Builds a table of aggregates or window functions. */
export class AggregateTableBuilder {
  readonly table = new Map<string, AggregateOverload[]>();

  add(
    names: string,
    signature: string,
    write: (run: Run, sqls: readonly string[], call: Call) => string,
    options: OverloadOptions = {},
  ): this {
    const overload: AggregateOverload = {
      ...readSignature(signature),
      resultType: options.type,
      write: () => '',
      fallible: true,
      ambiguous: options.ambiguous ?? [],
      aggregate: (call, modifiers) => write(runner(modifiers), call.sqls, call),
    };
    for (const name of names.split(' ')) this.table.set(name, [...(this.table.get(name) ?? []), overload]);
    return this;
  }
}

function runner(modifiers: Modifiers): Run {
  return (name, args, where) => {
    const inside = [
      modifiers.distinct && args.length > 0 ? 'DISTINCT ' : '',
      args.join(', '),
      modifiers.ignoreNulls ? ' IGNORE NULLS' : '',
      modifiers.order ? ` ORDER BY ${modifiers.order}` : '',
    ].join('');
    const conditions = [modifiers.filter, where].filter((condition) => condition !== undefined);
    const filter = conditions.length > 0 ? ` FILTER (WHERE ${conditions.join(' AND ')})` : '';
    return `${name}(${inside})${filter}${modifiers.over ? ` OVER ${modifiers.over}` : ''}`;
  };
}
