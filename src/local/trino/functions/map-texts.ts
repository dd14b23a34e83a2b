import { once, tag } from '../expression.ts';
import { failure } from '../failure.ts';

/** A map of a list of {k, v}: of equal keys the first counts. */
export function distinctEntries(list: string): string {
  return once([list], ([entries = '']) => {
    const n = `n${tag(list)}`;
    return `map_from_entries(list_transform(${firstPositions(entries, (e) => `${e}.k`)}, lambda ${n}: ${entries}[${n}]))`;
  });
}

/** A map of a list of {k, v} that raises Trino's errors for a NULL key and for equal keys; `keyText` shows a key. */
export function strictEntries(list: string, keyText: (key: string) => string): string {
  return once([list], ([entries = '']) => {
    const x = `x${tag(list)}`;
    const keys = `list_transform(${entries}, lambda ${x}: ${x}.k)`;
    const none = failure('INVALID_FUNCTION_ARGUMENT', 'map key cannot be null');
    const y = `y${tag(list)}`;
    const twice = `list_filter(${keys}, lambda ${y}, i_${y}: list_position(${keys}, ${y}) <> i_${y})[1]`;
    const double = failure(
      'INVALID_FUNCTION_ARGUMENT',
      `'Duplicate map keys' || coalesce(' (' || ${keyText(twice)} || ')', '') || ' are not allowed'`,
      true,
    );
    return `(CASE WHEN len(list_filter(${keys}, lambda ${y}: ${y} IS NULL)) > 0 THEN ${none} WHEN len(list_distinct(${keys})) < len(${keys}) THEN ${double} ELSE map_from_entries(${entries}) END)`;
  });
}

/** A map from each key to the list of its values, of a list of {k, v}. */
export function multimapOf(list: string): string {
  return once([list], ([entries = '']) =>
    once([sortedKeys(entries, (e) => `${e}.k`)], ([sorted = '']) => {
      const [j, x, n, s] = [`j${tag(list)}`, `x${tag(list)}`, `n${tag(list)}`, `s${tag(list)}`];
      const starts = `list_filter(range(1, len(${sorted}) + 1), lambda ${j}: ${j} = 1 OR ${sorted}[${j}].k IS DISTINCT FROM ${sorted}[${j} - 1].k)`;
      return once([starts], ([heads = '']) => {
        const group = `${sorted}[${x}:coalesce(${heads}[${n} + 1], len(${sorted}) + 1) - 1]`;
        const values = `list_transform(${group}, lambda ${s}: ${entries}[${s}.i].v)`;
        return `map_from_entries(list_transform(${heads}, lambda ${x}, ${n}: {'k': ${sorted}[${x}].k, 'v': ${values}}))`;
      });
    }),
  );
}

/** The elements of a list without repeats, in the order of their first appearance; NULL counts as one. */
export function firstOnly(list: string): string {
  return once([list], ([all = '']) => {
    const n = `n${tag(list)}`;
    return `list_transform(${firstPositions(all, (e) => e)}, lambda ${n}: ${all}[${n}])`;
  });
}

/** Where each key stands first, in the order of the list. Sorted once: looking every key up would take the square of the time. */
function firstPositions(list: string, key: (element: string) => string): string {
  return once([sortedKeys(list, key)], ([sorted = '']) => {
    const [e, j] = [`f${tag(list)}`, `p${tag(list)}`];
    const first = `list_filter(${sorted}, lambda ${e}, ${j}: ${j} = 1 OR ${sorted}[${j} - 1].k IS DISTINCT FROM ${e}.k)`;
    return `list_sort(list_transform(${first}, lambda ${e}: ${e}.i))`;
  });
}

function sortedKeys(list: string, key: (element: string) => string): string {
  const [e, i] = [`e${tag(list)}`, `i${tag(list)}`];
  return `list_sort(list_transform(${list}, lambda ${e}, ${i}: {'k': ${key(e)}, 'i': ${i}}))`;
}
