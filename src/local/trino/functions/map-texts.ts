import { once, tag } from '../expression.ts';
import { failure } from '../failure.ts';

/** A map of a list of {k, v}: of equal keys the first counts. */
export function distinctEntries(list: string): string {
  return once([list], ([entries = '']) => {
    const [e, x] = [`e${tag(list)}`, `x${tag(list)}`];
    const keys = `list_transform(${entries}, lambda ${x}: ${x}.k)`;
    return `map_from_entries(list_filter(${entries}, lambda ${e}, i_${e}: list_position(${keys}, ${e}.k) = i_${e}))`;
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
  return once([list], ([entries = '']) => {
    const [e, x, k] = [`e${tag(list)}`, `x${tag(list)}`, `k${tag(list)}`];
    const keys = firstOnly(`list_transform(${entries}, lambda ${x}: ${x}.k)`);
    const values = `list_transform(list_filter(${entries}, lambda ${e}: ${e}.k = ${k}), lambda ${e}: ${e}.v)`;
    return `map_from_entries(list_transform(${keys}, lambda ${k}: {'k': ${k}, 'v': ${values}}))`;
  });
}

/** The elements of a list without repeats, in the order of their first appearance; NULL counts as one. */
export function firstOnly(list: string): string {
  return once([list], ([all = '']) => {
    const e = `d${tag(list)}`;
    return `list_filter(${all}, lambda ${e}, i_${e}: CASE WHEN ${e} IS NULL THEN len(list_filter(${all}[1:i_${e}], lambda n_${e}: n_${e} IS NULL)) = 1 ELSE list_position(${all}, ${e}) = i_${e} END)`;
  });
}
