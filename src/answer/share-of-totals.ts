import type { Draft, DraftColumn } from '../metrics/draft.ts';
import type { QueryResult } from '../services/warehouse.ts';
import type { Fetched } from './stations.ts';

/**
 * A share was asked of a count that does not add up over its groups (users may use two devices): each group over the whole,
 * which was counted on its own. The shares then add up to more than 100 %, and the answer says so.
 */
export function withShares(draft: Draft, fetched: Fetched): { draft: Draft; fetched: Fetched } {
  const { reading, columns } = draft;
  const totals = fetched.asides.totals;
  const asked = reading.kind === 'metric' && reading.share && !columns.some((c) => c.role === 'share' || c.role === 'time');
  if (!asked || !totals || totals.rows.length !== 1) return { draft, fetched };
  const metric = columns.findIndex((c) => c.role === 'metric' && c.unit === 'count' && !c.additive);
  const whole = metric < 0 ? undefined : totals.rows[0]![totals.columns.findIndex((c) => c.name === columns[metric]!.name)];
  if (typeof whole !== 'number' || whole === 0) return { draft, fetched };
  const share: DraftColumn = {
    name: `${columns[metric]!.name}_share`,
    label: 'Share of all',
    role: 'share',
    of: columns[metric]!.of ?? '',
    unit: 'share',
  };
  const notes = [...draft.notes.filter((n) => n.code !== 'share_not_additive'), { code: 'share_overlaps', facts: {} }];
  return {
    draft: { ...draft, columns: inserted(columns, metric + 1, share), notes },
    fetched: { ...fetched, result: addColumn(fetched.result, metric, whole, share.name) },
  };
}

function addColumn(result: QueryResult, metric: number, whole: number, name: string): QueryResult {
  return {
    ...result,
    columns: inserted(result.columns, metric + 1, { name, type: 'double' }),
    rows: result.rows.map((row) => inserted(row, metric + 1, typeof row[metric] === 'number' ? row[metric] / whole : null)),
  };
}

function inserted<T>(list: readonly T[], at: number, item: T): readonly T[] {
  return [...list.slice(0, at), item, ...list.slice(at)];
}
