import type { Draft } from '../../metrics/draft.ts';
import type { Fetched, Mark } from '../stations.ts';

/** «Checked: …»: what was looked at and found right, for the fold under the answer. */
export function checkedSentences(draft: Draft, fetched: Fetched, marks: readonly Mark[]): string[] {
  const doubted = new Set(marks.map((m) => m.code));
  const passed: string[] = [];
  if (!doubted.has('stale') && !doubted.has('beyond_data') && !doubted.has('partial')) passed.push('the period is complete');
  if (draft.columns.some((c) => c.unit === 'rate' && c.role === 'metric') && !doubted.has('not_complete'))
    passed.push('no count below zero, no share above 100%');
  if (draft.reading.kind === 'funnel' && !draft.notes.some((n) => n.code === 'funnel_grows'))
    passed.push('no step is larger than the one before');
  if (!fetched.result.truncated && fetched.result.rows.length > 1) passed.push('every row is here');
  return passed.length === 0 ? [] : [`Checked: ${passed.join('; ')}.`];
}
