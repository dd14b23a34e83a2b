import { isOrderable } from '../coercion.ts';
import { anyTrue, comparisonText, sortKey } from '../comparison.ts';
import { duckType } from '../duck-type.ts';
import { once, tag } from '../expression.ts';
import { failure } from '../failure.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { applyLambda } from '../lambda-text.ts';
import { refuse, unsupported } from '../refusal.ts';
import type { TrinoType } from '../trino-type.ts';
import { simple, typeName } from '../trino-type.ts';
import { textOf } from '../value-text.ts';
import { firstOnly } from './map-texts.ts';

/** Arrays. */
export function arrayFunctions(table: FunctionTableBuilder): void {
  access(table);
  search(table);
  sets(table);
  shapes(table);
}

const elementOf = (type: TrinoType | undefined): TrinoType => (type?.kind === 'array' ? type.element : simple('unknown'));

/** list_transform with a parameter name of its own. */
function each(list: string, write: (element: string) => string, salt = ''): string {
  const name = `e${tag(list + salt)}`;
  return `list_transform(${list}, lambda ${name}: ${write(name)})`;
}

function access(table: FunctionTableBuilder): void {
  table.sql('cardinality', 'array(E) -> bigint', (a = '') => `len(${a})`);
  const zero = failure('INVALID_FUNCTION_ARGUMENT', 'SQL array indices start at 1');
  table.sql(
    'element_at',
    'array(E), bigint -> E',
    (a = '', n = '') => once([a, n], ([list = '', i = '']) => `(CASE WHEN ${i} = 0 THEN ${zero} ELSE ${list}[${i}] END)`),
    { fails: true },
  );
  const length = failure('INVALID_FUNCTION_ARGUMENT', 'length must be greater than or equal to 0');
  table.sql(
    'slice',
    'array(E), bigint, bigint -> array(E)',
    (a = '', from = '', size = '') =>
      once([a, from, size], ([list = '', s = '', n = '']) => {
        const start = `(CASE WHEN ${s} > 0 THEN ${s} ELSE len(${list}) + ${s} + 1 END)`;
        return `(CASE WHEN ${list} IS NULL OR ${s} IS NULL OR ${n} IS NULL THEN NULL WHEN ${s} = 0 THEN ${zero} WHEN ${n} < 0 THEN ${length} WHEN ${n} = 0 OR ${start} < 1 OR ${start} > len(${list}) THEN ${list}[1:0] ELSE ${list}[${start}:${start} + ${n} - 1] END)`;
      }),
    { fails: true },
  );
  const size = failure('INVALID_FUNCTION_ARGUMENT', 'size must not exceed array cardinality');
  table.sql(
    'trim_array',
    'array(E), bigint -> array(E)',
    (a = '', n = '') =>
      once(
        [a, n],
        ([list = '', k = '']) =>
          `(CASE WHEN ${list} IS NULL THEN NULL WHEN ${k} < 0 OR ${k} > len(${list}) THEN ${size} ELSE ${list}[1:len(${list}) - ${k}] END)`,
      ),
    { fails: true },
  );
  table.sql('reverse', 'array(E) -> array(E)', (a = '') => `list_reverse(${a})`);
  table.sql('flatten', 'array(array(E)) -> array(E)', (a = '') => `flatten(${a})`);
}

function search(table: FunctionTableBuilder): void {
  table.call('contains', 'array(T), T -> boolean', ({ sqls: [a = '', x = ''], args }) =>
    once(
      [a, x],
      ([list = '', v = '']) =>
        `(CASE WHEN ${list} IS NULL OR ${v} IS NULL THEN NULL ELSE ${anyTrue(each(list, (e) => comparisonText('=', elementOf(args[0]?.type), e, v)))} END)`,
    ),
  );
  table.call('array_position', 'array(T), T -> bigint', ({ sqls: [a = '', x = ''] }) =>
    once(
      [a, x],
      ([list = '', v = '']) =>
        `(CASE WHEN ${list} IS NULL OR ${v} IS NULL THEN NULL ELSE coalesce(list_position(${list}, ${v}), 0) END)`,
    ),
  );
  table.call('arrays_overlap', 'array(E), array(E) -> boolean', ({ sqls: [a = '', b = ''] }) =>
    once([a, b], ([x = '', y = '']) => {
      const some = (list: string) => `len(list_filter(${list}, lambda n_: n_ IS NULL)) > 0`;
      return `(CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL WHEN list_has_any(${x}, ${y}) THEN true WHEN (${some(x)} AND len(${y}) > 0) OR (${some(y)} AND len(${x}) > 0) THEN NULL ELSE false END)`;
    }),
  );
  for (const [name, duck] of [
    ['array_max', 'max'],
    ['array_min', 'min'],
  ] as const) {
    table.call(name, 'array(T) -> T', ({ sqls: [a = ''], type, place }) => {
      if (!isOrderable(type))
        refuse('FUNCTION_NOT_FOUND', `Unexpected parameters (array(${typeName(type)})) for function ${name}.`, place);
      return once([a], ([list = '']) => {
        const none = `len(list_filter(${list}, lambda n_: n_ IS NULL)) > 0`;
        const best = `list_${duck}(${list})`;
        if (type.kind !== 'double' && type.kind !== 'real') return `(CASE WHEN ${none} THEN NULL ELSE ${best} END)`;
        return `(CASE WHEN ${none} THEN NULL ELSE coalesce(list_${duck}(list_filter(${list}, lambda n_: NOT isnan(n_))), ${best}) END)`;
      });
    });
  }
  table.call('contains_sequence', 'array(T), array(T) -> boolean', ({ sqls: [a = '', b = ''] }) =>
    once(
      [a, b],
      ([x = '', y = '']) =>
        `(len(list_filter(range(0, len(${x}) - len(${y}) + 1), lambda i_: ${x}[i_ + 1:i_ + len(${y})] = ${y})) > 0)`,
    ),
  );
}

function sets(table: FunctionTableBuilder): void {
  table.sql('array_distinct', 'array(E) -> array(E)', (a = '') => firstOnly(a));
  table.sql('array_union', 'array(E), array(E) -> array(E)', (a = '', b = '') =>
    once(
      [a, b],
      ([x = '', y = '']) => `(CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${firstOnly(`list_concat(${x}, ${y})`)} END)`,
    ),
  );
  const has = (list: string, e: string) =>
    `(CASE WHEN ${e} IS NULL THEN len(list_filter(${list}, lambda n_: n_ IS NULL)) > 0 ELSE list_contains(${list}, ${e}) END)`;
  const keep =
    (write: (y: string, e: string) => string) =>
    (a = '', b = '') =>
      once([a, b], ([x = '', y = '']) => {
        const e = `f${tag(x + y)}`;
        return `(CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${firstOnly(`list_filter(${x}, lambda ${e}: ${write(y, e)})`)} END)`;
      });
  table.sql(
    'array_intersect',
    'array(E), array(E) -> array(E)',
    keep((y, e) => has(y, e)),
  );
  table.sql(
    'array_except',
    'array(E), array(E) -> array(E)',
    // With nothing to take away Trino gives the first array as it is, repeats and all.
    (a = '', b = '') =>
      once(
        [a, b],
        ([x = '', y = '']) => `(CASE WHEN len(${y}) = 0 THEN ${x} ELSE ${keep((z, e) => `NOT ${has(z, e)}`)(x, y)} END)`,
      ),
  );
  table.sql('array_remove', 'array(E), E -> array(E)', (a = '', x = '') =>
    once([a, x], ([list = '', v = '']) => {
      const e = `f${tag(list)}`;
      return `(CASE WHEN ${v} IS NULL THEN NULL ELSE list_filter(${list}, lambda ${e}: ${e} IS NULL OR ${e} <> ${v}) END)`;
    }),
  );
  table.call('array_sort', 'array(E) -> array(E)', ({ sqls: [a = ''], type, place }) => {
    if (!isOrderable(elementOf(type)) || sortKey(elementOf(type), 'x') !== 'x') unsupported('array_sort of this type', place);
    return `list_sort(${a}, 'ASC', 'NULLS LAST')`;
  });
  table.call(
    'array_sort',
    'array(T), fn(T,T->integer) -> array(T)',
    ({ sqls: [a = '', f = ''], type }) => once([a], ([list = '']) => sortedBy(list, f, elementOf(type))),
    { fails: true },
  );
  table.call('array_histogram', 'array(T) -> map(T, bigint)', ({ sqls: [a = ''] }) =>
    once([a], ([list = '']) => {
      const [e, k] = [`e${tag(list)}`, `k${tag(list)}`];
      const known = `list_filter(${list}, lambda ${e}: ${e} IS NOT NULL)`;
      return `map_from_entries(list_transform(${firstOnly(known)}, lambda ${k}: {'k': ${k}, 'v': len(list_filter(${list}, lambda ${e}: ${e} = ${k}))}))`;
    }),
  );
}

/** Insertion into a sorted list, one element after the other: stable, as Trino's sort is for a sound comparator. */
function sortedBy(list: string, lambda: string, element: TrinoType): string {
  const id = tag(list + lambda);
  const odd = failure('INVALID_FUNCTION_ARGUMENT', 'Lambda comparator must return either -1, 0, or 1');
  const [s, e, p, x] = [`s${id}`, `e${id}`, `p${id}`, `x${id}`];
  const order = once(
    [applyLambda(lambda, [p, `${e}[1]`])],
    ([c = '']) => `(CASE WHEN ${c} IN (-1, 0, 1) THEN ${c} ELSE ${odd} END)`,
  );
  const before = `len(list_filter(${s}, lambda ${p}: ${order} <= 0))`;
  const step = `list_concat(list_append(${s}[1:${before}], ${e}[1]), ${s}[${before} + 1:])`;
  return `list_reduce(list_transform(${list}, lambda ${x}: [${x}]), lambda ${s}, ${e}: ${step}, CAST([] AS ${duckType(element)}[]))`;
}

function shapes(table: FunctionTableBuilder): void {
  table.call('array_join', 'array(E), varchar -> varchar', join, { type: () => ({ kind: 'varchar' }) });
  table.call('array_join', 'array(E), varchar, varchar -> varchar', join, { type: () => ({ kind: 'varchar' }) });
  const many = failure('INVALID_FUNCTION_ARGUMENT', 'count argument of repeat function must be less than or equal to 10000');
  const negative = failure('INVALID_FUNCTION_ARGUMENT', 'count argument of repeat function must be greater than or equal to 0');
  table.call(
    'repeat',
    'T, bigint -> array(T)',
    ({ sqls: [x = '', n = ''], type }) =>
      `(CASE WHEN ${n} > 10000 THEN ${many} WHEN ${n} < 0 THEN ${negative} ELSE CAST(list_transform(range(${n}), lambda r${tag(x)}: ${x}) AS ${duckType(type)}) END)`,
    { fails: true },
  );
  const small = failure('INVALID_FUNCTION_ARGUMENT', 'N must be positive');
  table.sql(
    'ngrams',
    'array(T), integer -> array(array(T))',
    (a = '', n = '') =>
      once(
        [a, n],
        ([list = '', k = '']) =>
          `(CASE WHEN ${k} < 1 THEN ${small} WHEN len(${list}) <= ${k} THEN [${list}] ELSE list_transform(range(1, len(${list}) - ${k} + 2), lambda g${tag(list)}: ${list}[g${tag(list)}:g${tag(list)} + ${k} - 1]) END)`,
      ),
    { fails: true },
  );
  table.call('combinations', 'array(T), integer -> array(array(T))', combinations, { fails: true });
  for (let count = 2; count <= 5; count++) {
    const names = ['A', 'B', 'C', 'D', 'E'].slice(0, count);
    table.call('zip', `${names.map((name) => `array(${name})`).join(', ')} -> array(row(${names.join(', ')}))`, ({ sqls }) =>
      once(sqls, (lists) => {
        const fields = lists.map((list, index) => `'f${index + 1}': ${list}[z${tag(lists.join())}]`).join(', ');
        const longest = `greatest(${lists.map((list) => `len(${list})`).join(', ')})`;
        return `(CASE WHEN ${lists.map((list) => `${list} IS NOT NULL`).join(' AND ')} THEN list_transform(range(1, ${longest} + 1), lambda z${tag(lists.join())}: {${fields}}) END)`;
      }),
    );
  }
}

function join({ sqls: [a = '', by = '', none], args, place }: Call): string {
  const text = textOf(elementOf(args[0]?.type).kind === 'unknown' ? simple('boolean') : elementOf(args[0]?.type));
  if (!text) return unsupported(`array_join of ${typeName(elementOf(args[0]?.type))}`, place);
  const e = `e${tag(a)}`;
  const texts = `list_transform(${a}, lambda ${e}: ${none === undefined ? text(e) : `coalesce(${text(e)}, ${none})`})`;
  const given = [a, by, ...(none === undefined ? [] : [none])].map((sql) => `${sql} IS NOT NULL`).join(' AND ');
  return `(CASE WHEN ${given} THEN coalesce(array_to_string(list_filter(${texts}, lambda ${e}: ${e} IS NOT NULL), ${by}), '') END)`;
}

function combinations({ sqls: [a = '', n = ''], args, place }: Call): string {
  const size = args[1]?.constant;
  if (typeof size !== 'bigint') return unsupported('combinations of a number that is not a literal', place);
  if (size < 0n || size > 5n) refuse('INVALID_FUNCTION_ARGUMENT', 'combination size must be between 0 and 5', place);
  return once([a], ([list = '']) => {
    const i = (depth: number) => `c${depth}${tag(list + n)}`;
    const nest = (depth: number): string => {
      const from = depth === 0 ? '1' : `${i(depth - 1)} + 1`;
      const picked = Array.from({ length: depth + 1 }, (_, index) => `${list}[${i(index)}]`).join(', ');
      const inner = depth + 1 === Number(size) ? `[[${picked}]]` : nest(depth + 1);
      return `flatten(list_transform(range(${from}, len(${list}) + 1), lambda ${i(depth)}: ${inner}))`;
    };
    return size === 0n ? `[${list}[1:0]]` : nest(0);
  });
}
