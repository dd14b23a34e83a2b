import { once } from '../expression.ts';
import { failure } from '../failure.ts';
import type { FunctionTableBuilder } from '../function-table.ts';

/** Products and distances of number arrays, and of maps that stand for sparse vectors. */
export function vectorFunctions(table: FunctionTableBuilder): void {
  const sum = (list: string, of: (i: string) => string) =>
    `list_sum(list_transform(range(1, len(${list}) + 1), lambda i_: ${of('i_')}))`;
  const dot = (x: string, y: string) => `coalesce(${sum(x, (i) => `${x}[${i}] * ${y}[${i}]`)}, 0)`;
  const add = (name: string, write: (x: string, y: string) => string) =>
    table.sql(
      name,
      'array(double), array(double) -> double',
      (a = '', b = '') => once([a, b], ([x = '', y = '']) => checked(x, y, write(x, y))),
      {
        fails: true,
      },
    );
  const similarity = (x: string, y: string) =>
    `(CASE WHEN ${dot(x, x)} = 0 OR ${dot(y, y)} = 0 THEN ${zero} ELSE ${dot(x, y)} / (sqrt(${dot(x, x)}) * sqrt(${dot(y, y)})) END)`;
  add('dot_product', dot);
  add(
    'euclidean_distance',
    (x, y) => `sqrt(coalesce(${sum(x, (i) => `(${x}[${i}] - ${y}[${i}]) * (${x}[${i}] - ${y}[${i}])`)}, 0))`,
  );
  add('cosine_similarity', similarity);
  add('cosine_distance', (x, y) => `(1 - ${similarity(x, y)})`);
  table.sql('cosine_similarity', 'map(varchar, double), map(varchar, double) -> double', ofMaps);
}

const zero = failure('INVALID_FUNCTION_ARGUMENT', 'Vector magnitude cannot be zero');
const lengths = failure('INVALID_FUNCTION_ARGUMENT', 'The arguments must have the same length');

/** NULL where an element is NULL. */
function checked(x: string, y: string, value: string): string {
  const none = (list: string) => `len(list_filter(${list}, lambda n_: n_ IS NULL)) > 0`;
  return `(CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL WHEN len(${x}) <> len(${y}) THEN ${lengths} WHEN ${none(x)} OR ${none(y)} THEN NULL ELSE ${value} END)`;
}

function ofMaps(a = '', b = ''): string {
  return once([a, b], ([x = '', y = '']) => {
    const dot = `list_sum(list_transform(map_keys(${x}), lambda k_: coalesce(map_extract_value(${x}, k_) * map_extract_value(${y}, k_), 0)))`;
    const norm = (m: string) => `sqrt(list_sum(list_transform(map_values(${m}), lambda v_: v_ * v_)))`;
    return `(${dot} / (${norm(x)} * ${norm(y)}))`;
  });
}
