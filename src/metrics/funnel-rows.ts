import type { FunnelReading } from '../glossary/reading.ts';
import type { DraftColumn } from './draft.ts';
import { dimensionColumn } from './draft-columns.ts';
import { type Frame, keysOf } from './frame.ts';
import { identifier, literal, selectText } from './sql-text.ts';

/** `counted` with a column per step → a row per step: groups with the most first steps first, steps in their order. */
export function funnelRows(reading: FunnelReading, frame: Frame): string {
  const keys = keysOf(frame);
  const steps = reading.steps.map((id) => literal(frame.glossary.steps[id]!.label));
  const numbers = steps.map((_, index) => index + 1);
  const lists = [numbers, steps, ...frame.sides.flatMap(({ suffix }) => stepLists(numbers, suffix))];
  const names = ['step_number', 'step', ...frame.sides.flatMap(({ suffix }) => [`sessions${suffix}`, `previous${suffix}`])];
  const shown = keys.filter(({ kind }) => kind !== 'segment_no').map(({ name }) => ({ sql: identifier(name) }));
  const figures = frame.sides.flatMap(({ suffix }) => [
    { sql: `t.sessions${suffix}`, as: `sessions${suffix}` },
    { sql: `CAST(t.sessions${suffix} AS double) / nullif(step_1${suffix}, 0)`, as: `share_of_first${suffix}` },
    { sql: `CAST(t.sessions${suffix} AS double) / nullif(t.previous${suffix}, 0)`, as: `share_of_previous${suffix}` },
  ]);
  const groups = keys.filter(({ kind }) => kind === 'segment_no').map(({ name }) => name);
  const sizes = frame.dimensions.length > 0 ? ['step_1 DESC', ...frame.dimensions.map(identifier)] : [];
  return selectText({
    columns: [...shown, { sql: 't.step_number', as: 'step_number' }, { sql: 't.step', as: 'step' }, ...figures],
    from: `counted\nCROSS JOIN UNNEST(\n  ${lists.map((list) => `ARRAY[${list.join(', ')}]`).join(',\n  ')}\n) AS t (${names.join(', ')})`,
    order: [...groups, ...sizes, 'step_number'],
  });
}

function stepLists(numbers: readonly number[], suffix: string): readonly (readonly string[])[] {
  const counts = numbers.map((number) => `step_${number}${suffix}`);
  return [counts, ['CAST(NULL AS bigint)', ...counts.slice(0, -1)]];
}

/** What the columns of a funnel are. */
export function funnelColumns(frame: Frame, beforeLabel: string): readonly DraftColumn[] {
  const keys = keysOf(frame).flatMap(({ name, kind }): readonly DraftColumn[] => {
    if (kind === 'segment') return [{ name, label: 'Segment', role: 'segment', unit: 'text' }];
    return kind === 'dimension' ? [dimensionColumn(name, frame.glossary)] : [];
  });
  const figures = frame.sides.flatMap(({ suffix }): readonly DraftColumn[] => {
    const role = suffix === '_before' ? 'before' : 'metric';
    const label = (text: string) =>
      suffix === '_before' ? `${text}, ${beforeLabel.charAt(0).toLowerCase()}${beforeLabel.slice(1)}` : text;
    return [
      { name: `sessions${suffix}`, label: label('Sessions'), role, of: 'sessions', unit: 'count', additive: false },
      { name: `share_of_first${suffix}`, label: label('Of first step'), role: suffix ? 'before' : 'share', unit: 'share' },
      { name: `share_of_previous${suffix}`, label: label('Of step before'), role: suffix ? 'before' : 'share', unit: 'share' },
    ];
  });
  return [
    ...keys,
    { name: 'step_number', label: 'No.', role: 'step', unit: 'number' },
    { name: 'step', label: 'Step', role: 'step', unit: 'text' },
    ...figures,
  ];
}
