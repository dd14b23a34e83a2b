import { duckType } from '../duck-type.ts';
import { tag } from '../expression.ts';
import { applyLambda } from '../lambda-text.ts';
import type { TrinoType } from '../trino-type.ts';

/**
 * A fold whose state has a type of its own: DuckDB's list_reduce wants state and elements of one type, so that both
 * travel in a struct.
 */
export function reduceText(
  list: string,
  initial: string,
  step: string,
  state: TrinoType,
  element: TrinoType,
  finish: (state: string) => string,
): string {
  const id = tag(list + step);
  const [s, e, x] = [`s${id}`, `e${id}`, `x${id}`];
  const none = `CAST(NULL AS ${duckType(element)})`;
  const boxed = `list_transform(${list}, lambda ${x}: {'s': CAST(NULL AS ${duckType(state)}), 'e': ${x}})`;
  const next = applyLambda(step, [`${s}.s`, `${e}.e`]);
  const first = `{'s': CAST(${initial} AS ${duckType(state)}), 'e': ${none}}`;
  const folded = `list_reduce(${boxed}, lambda ${s}, ${e}: {'s': CAST(${next} AS ${duckType(state)}), 'e': ${none}}, ${first}).s`;
  return finish(folded);
}
