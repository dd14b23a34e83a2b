import { allTrue, anyTrue } from '../comparison.ts';
import { once, tag } from '../expression.ts';
import type { FunctionTableBuilder } from '../function-table.ts';
import { applyLambda } from '../lambda-text.ts';
import { simple } from '../trino-type.ts';
import { reduceText } from './reduce-text.ts';

/** Functions of arrays that take a lambda. */
export function arrayLambdas(table: FunctionTableBuilder): void {
  table.sql('transform', 'array(T), fn(T->U) -> array(U)', (a = '', f = '') => `list_transform(${a}, ${f})`, { fails: true });
  table.sql('filter', 'array(T), fn(T->boolean) -> array(T)', (a = '', f = '') => `list_filter(${a}, ${f})`, { fails: true });
  table.sql('any_match', 'array(T), fn(T->boolean) -> boolean', (a = '', f = '') => matching(a, f, anyTrue), { fails: true });
  table.sql('all_match', 'array(T), fn(T->boolean) -> boolean', (a = '', f = '') => matching(a, f, allTrue), { fails: true });
  table.sql('none_match', 'array(T), fn(T->boolean) -> boolean', (a = '', f = '') => `(NOT ${matching(a, f, anyTrue)})`, {
    fails: true,
  });
  table.call(
    'reduce',
    'array(T), S, fn(S,T->S), fn(S->R) -> R',
    ({ sqls: [a = '', init = '', step = '', last = ''], variables }) => {
      const [state, element] = [variables.get('S') ?? simple('unknown'), variables.get('T') ?? simple('unknown')];
      return `(CASE WHEN ${a} IS NOT NULL THEN ${reduceText(a, init, step, state, element, (result) => once([result], ([value = '']) => applyLambda(last, [value])))} END)`;
    },
    { fails: true },
  );
  table.call(
    'zip_with',
    'array(T), array(U), fn(T,U->R) -> array(R)',
    ({ sqls: [a = '', b = '', f = ''] }) =>
      once([a, b], ([x = '', y = '']) => {
        const i = `z${tag(x + y)}`;
        return `(CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN list_transform(range(1, greatest(len(${x}), len(${y})) + 1), lambda ${i}: ${applyLambda(f, [`${x}[${i}]`, `${y}[${i}]`])}) END)`;
      }),
    { fails: true },
  );
}

function matching(list: string, lambda: string, decide: (list: string) => string): string {
  return `(CASE WHEN ${list} IS NULL THEN NULL ELSE ${decide(`list_transform(${list}, ${lambda})`)} END)`;
}
