import type { Draft } from '../../metrics/draft.ts';
import type { Fetched, Mark } from '../stations.ts';

/** «Checked: …»: what was looked at and found right, for the fold under the answer. */
export function checkedSentences(draft: Draft, fetched: Fetched, marks: readonly Mark[]): string[] {
  const doubted = new Set(marks.map((m) => m.code));
  const passed: string[] = [];
  if (!doubted.has('stale') && !doubted.has('beyond_data') && !doubted.has('partial')) passed.push('the period is complete');
  if (draft.columns.some((c) => c.unit === 'rate' && c.role === 'metric') && !doubted.has('not_complete'))
    passed.push('no rate above 100%');
  const larger = draft.reading.kind === 'funnel' ? growingStep(draft, fetched) : undefined;
  if (draft.reading.kind === 'funnel' && !larger) passed.push('no step is larger than the one before');
  if (!fetched.result.truncated && fetched.result.rows.length > 1) passed.push('every row is here');
  const checked = passed.length === 0 ? [] : [`Checked: ${passed.join('; ')}.`];
  return larger
    ? [`“${larger}” was reached by more sessions than the step before it: some sessions skip a step.`, ...checked]
    : checked;
}

/** The first step of an open funnel that more sessions reached than the one before it. */
function growingStep(draft: Draft, { result }: Fetched): string | undefined {
  const name = draft.columns.findIndex((c) => c.role === 'step' && c.unit === 'text');
  const order = draft.columns.findIndex((c) => c.role === 'step' && c.unit !== 'text');
  const sessions = draft.columns.findIndex((c) => c.role === 'metric');
  const grown = result.rows.find((row, i) => {
    const previous = result.rows[i - 1];
    return previous && Number(row[order]) === Number(previous[order]) + 1 && Number(row[sessions]) > Number(previous[sessions]);
  });
  return grown ? String(grown[name]) : undefined;
}
