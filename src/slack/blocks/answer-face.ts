import type { Answer, Mark } from '../../answer/stations.ts';
import { sayVerified } from '../../answer/words/say-verified.ts';
import type { AnswerAbout } from './answer-about.ts';
import { nextRow } from './answer-row.ts';
import { dataTable, type FittedTable } from './data-table.ts';
import {
  context,
  cut,
  header,
  list,
  type Message,
  type Piece,
  paragraph,
  person,
  plain,
  preformatted,
  quote,
  richText,
  sign,
  words,
} from './pieces.ts';
import { sizeOf } from './size-of.ts';

/** Answer → message (faces.md §2): finding, marks, picture, table, how it was read, how it was counted, what next. */
export function answerFace(answer: Answer, about: AnswerAbout): Message {
  const marks = marksOf(answer, about);
  const top = [
    ...(about.shared ? [sharedLine(answer, about.shared)] : []),
    ...(answer.bigNumber ? [header(cut(answer.bigNumber, 30))] : []),
    headline(answer, marks),
    ...(about.picture && answer.chart ? [picture(about.picture, answer.chart.altText)] : []),
  ];
  const fold = answer.table ? howCounted(answer) : [];
  const bottom = [...nextRow(answer, about), ...(about.digest ? [] : [thumbs(about.id)])];
  const table = hasRows(answer) && fitTable(answer, about, sizeOf([top, fold, bottom]));
  return {
    text: cut([answer.headline, answer.more, ...marks.map((m) => m.title)].filter(Boolean).join(' '), 400),
    blocks: [
      ...top,
      ...(table ? [table.block] : []),
      context(...greyLines(answer, about, table || undefined)),
      ...fold,
      ...bottom,
    ],
  };
}

/** Whether rows or columns of the answer are missing from its message, so that a CSV belongs in the thread. */
export function isCut(answer: Answer, { blocks }: Message): boolean {
  const table = blocks.find((b) => b.type === 'data_table')?.rows as readonly (readonly Piece[])[] | undefined;
  if (!table || !answer.table) return false;
  return table.length - 1 < answer.table.rows.length || table[0]!.length < answer.table.header.length;
}

/** A table needs a row: without any the headline says so alone. */
function hasRows({ table }: Answer): boolean {
  return table !== undefined && table.rows.length > 0;
}

/** All of a message stays under 12,000 characters: what the rest leaves belongs to the table, 9,000 at most. */
function fitTable(answer: Answer, about: AnswerAbout, others: number): FittedTable {
  const budget = Math.max(500, Math.min(9000, 11_500 - others));
  return dataTable(answer.table!, about.picture ? 5 : 10, budget);
}

function marksOf(answer: Answer, about: AnswerAbout): readonly Mark[] {
  return [...(about.updated ? [about.updated] : []), ...(about.digest?.late ? [about.digest.late] : []), ...answer.marks].slice(
    0,
    5,
  );
}

function sharedLine(answer: Answer, shared: { asker: string; command: string }): Piece {
  return richText(
    paragraph(
      person(shared.asker),
      words(' asked with '),
      words(shared.command, 'code'),
      words(': '),
      words(cut(answer.question, 200), 'italic'),
    ),
  );
}

function headline(answer: Answer, marks: readonly Mark[]): Piece {
  return richText(
    paragraph(words(cut(answer.headline, 320), 'bold'), words(answer.more ? ` ${cut(answer.more, 500)}` : '')),
    answer.notes.slice(0, notesAbove).map((note) => paragraph(words(cut(note, 300)))),
    marks.map(markQuote),
  );
}

/** A caveat carries no sign; a correction has its own; everything else warns. */
export function markQuote(mark: Mark): Piece {
  const signs =
    mark.code === 'caveat' ? [] : [sign(mark.code === 'updated' ? 'arrows_counterclockwise' : 'warning'), ...words(' ')];
  return quote(signs, words(cut(mark.title, 200), 'bold'), words(mark.text ? ` ${cut(mark.text, 300)}` : ''));
}

function picture(file: string, altText: string): Piece {
  return { type: 'image', slack_file: { id: file }, alt_text: cut(altText, 1000) };
}

function greyLines(answer: Answer, about: AnswerAbout, table: FittedTable | undefined): readonly string[] {
  const rows =
    table && table.shownRows < table.allRows
      ? `Showing ${table.shownRows.toLocaleString('en')} of ${table.allRows.toLocaleString('en')} rows, all of them in the CSV · `
      : '';
  const columns =
    table && table.shownColumns < table.allColumns ? `Showing ${table.shownColumns} of ${table.allColumns} columns · ` : '';
  const read =
    answer.reading || answer.modelSql || answer.verified ? `Read as: ${answer.readAs}` : 'Values as the engine returned them';
  const verified = answer.verified ? [cut(sayVerified(answer.verified), 200)] : [];
  return [
    ...(about.digest ? [about.digest.line] : []),
    cut(`${rows}${columns}${read}`, 700),
    cut(answer.footer, 300),
    ...verified,
  ];
}

/** Notes that stand above the picture; the others stand in the fold. */
const notesAbove = 3;

function howCounted(answer: Answer): readonly Piece[] {
  const bullets = [...answer.notes.slice(notesAbove), ...answer.counted]
    .slice(0, 12)
    .map((line) => paragraph(words(cut(line, 300))));
  const long = [...answer.sql].length > 2500;
  const sql = long
    ? richText(paragraph(words('The SQL is long; ··· › Edit the SQL shows all of it.')))
    : richText(preformatted(answer.sql));
  return [
    {
      type: 'container',
      title: plain(answer.reading ? 'How it was counted, and the SQL' : 'The SQL that ran', 150),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [...(bullets.length > 0 ? [richText(list('bullet', bullets))] : []), sql],
    },
  ];
}

/** The thumbs, with labels for who can't see them. */
export function thumbs(id: string): Piece {
  const side = (label: string, value: string) => ({ text: plain(label, 75), value, accessibility_label: label });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'answer.feedback',
        positive_button: side('Good answer', `up:${id}`),
        negative_button: side('Wrong or unclear, say why', `down:${id}`),
      },
    ],
  };
}
