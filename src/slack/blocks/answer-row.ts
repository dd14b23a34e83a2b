import type { Answer } from '../../answer/stations.ts';
import type { AnswerAbout } from './answer-about.ts';
import { actions, button, cut, overflow, type Piece } from './pieces.ts';

/** Two next questions at most, the CSV, and the rest behind ···. */
export function nextRow(answer: Answer, about: AnswerAbout): readonly Piece[] {
  const { id } = about;
  const next = answer.next.slice(0, 2).map((n, i) => button(cut(n.label, 40), `answer.next.${i + 1}`, `${i}:${id}`));
  const fresh = answer.marks.some((m) => m.code === 'partial' || m.code === 'stale');
  const noPicture = answer.chart !== undefined && answer.marks.some((m) => m.code === 'no_picture');
  const first = fresh && answer.reading ? [refreshFirst(id), ...next.slice(0, 1)] : next;
  const row = answer.reading
    ? noPicture
      ? [button('Draw it again', 'answer.redraw', id)]
      : first
    : [...adviceButtons(answer, id), button('Edit', 'sql.edit', id), button('Run again', 'sql.again', id)];
  const csv = answer.rows.length > 0 && answer.table ? [button('CSV', 'answer.csv', id)] : [];
  return actions(...row, ...csv, moreMenu(answer, about));
}

/** Where newer data would make it an answer, or a better one. */
export function refreshFirst(id: string): Piece {
  return button('Refresh, then ask again', 'refresh.then_again', id);
}

/** The safer texts that can be offered; each says in the notes what it changes. */
function adviceButtons({ advice = [] }: Answer, id: string): readonly Piece[] {
  const offered = advice.flatMap(({ offer }, i) => (offer ? [{ label: offer.label, i }] : []));
  return offered.slice(0, 2).map(({ label, i }, at) => button(label, `sql.advice.${at + 1}`, `${i}:${id}`));
}

function moreMenu(answer: Answer, { id, digest, shared, canVerify }: AnswerAbout): Piece {
  const again = ['Run again', `again:${id}`] as const;
  if (digest) {
    return overflow('digest.more', [
      ['Edit the SQL', `edit_sql:${id}`],
      ['Run it now', `run:${digest.name}`],
      ['Pause it', `pause:${digest.name}`],
      ['Delete it', `delete:${digest.name}`],
    ]);
  }
  const options: readonly (readonly [string, string, string?])[] = [
    ...(answer.reading ? ([['Edit the SQL', `edit_sql:${id}`]] as const) : []),
    ...(answer.reading ? ([again] as const) : []),
    ...((answer.chart?.others.length ?? 0) > 0 ? ([['Draw it another way', `redraw:${id}`]] as const) : []),
    ...(answer.reading ? ([['Schedule as a digest', `schedule:${id}`]] as const) : []),
    ...(shared || answer.reading ? [] : ([['Share in a channel', `share:${id}`]] as const)),
    ...(answer.dashboard ? ([['Open in QuickSight', `dashboard:${id}`, answer.dashboard]] as const) : []),
    ...(canVerify && !answer.verified && !answer.modelSql ? ([['Make it a verified question', `verify:${id}`]] as const) : []),
  ];
  // Slack shows five: asking again is what everybody can do by hand.
  return overflow('answer.more', options.length > 5 ? options.filter((option) => option !== again) : options);
}
