import type { ListedQuestion } from '../../answer/open-verified.ts';
import { sayVerified } from '../../answer/words/say-verified.ts';
import { field, modal } from './modal.ts';
import { button, context, cut, escaped, mrkdwn, type Piece, paragraph, plain, richText, words } from './pieces.ts';

/** An answer becomes the one that its question has: under which words. SQL says in one sentence what its rows are. */
export function verifyModal(about: {
  readonly id: string;
  readonly question: string;
  readonly readAs: string;
  /** The answer's SQL was written by a person. */
  readonly isSql: boolean;
}): Piece {
  const { id, question, readAs, isSql } = about;
  const typed = question && !isSql ? { initial_value: cut(question, 300) } : {};
  return modal(
    'verify_question',
    id,
    ['Verified question', 'Approve', 'Cancel'],
    [
      ...(isSql ? [] : [richText(paragraph(words('Read as: ', 'bold'), words(cut(readAs, 500))))]),
      field(
        'question',
        'The question, whole in itself',
        { type: 'plain_text_input', max_length: 300, ...typed },
        { hint: 'As people ask it. Letter case, blanks and punctuation at the end of words make no difference.' },
      ),
      ...(isSql ? [field('says', 'What its rows are, in one sentence', sentence)] : []),
      context(
        isSql
          ? 'Who asks this gets this SQL, unchanged: days that stand in it stay the same.'
          : 'Who asks this gets this reading, counted anew each time with the days then.',
        'The answer says ✓ and your name. It can be taken back on the Home tab.',
      ),
    ],
  );
}

const sentence: Piece = {
  type: 'plain_text_input',
  max_length: 300,
  placeholder: plain('For example: searches without a result by term, November 2026', 150),
};

/** The line of the Home tab; nothing where nothing is verified. */
export function verifiedRow(count: number): readonly Piece[] {
  if (count === 0) return [];
  const lead = count === 1 ? '*1 verified question*' : `*${count.toLocaleString('en')} verified questions*`;
  return [
    { type: 'divider' },
    {
      type: 'section',
      text: mrkdwn(`${lead}  approved by the data team, answered the same way every time`),
      accessory: button('See them', 'home.verified', 'verified'),
    },
  ];
}

/** All verified questions with who approved them; who may take them back gets the buttons. */
export function verifiedList(all: readonly ListedQuestion[], mayWithdraw: boolean): Piece {
  const shown = all.slice(0, most);
  const left = all.length - shown.length;
  return {
    type: 'modal',
    callback_id: 'verified_list',
    title: plain('Verified questions', 24),
    close: plain('Close', 24),
    blocks: [
      ...shown.map((one, i) => listRow(one, i, mayWithdraw)),
      context(
        all.length === 0
          ? 'There are none.'
          : `Ask one with these words.${left > 0 ? ` ${left.toLocaleString('en')} more are not shown.` : ''}`,
      ),
    ],
  };
}

const most = 50;

function listRow({ question, approved, key, reading }: ListedQuestion, i: number, mayWithdraw: boolean): Piece {
  const sql = reading.kind === 'sql' ? ' · SQL' : '';
  const confirm = {
    title: 'Take it back?',
    text: 'From then on the question is read like any other.',
    yes: 'Take back',
    no: 'Keep',
  };
  return {
    type: 'section',
    text: mrkdwn(`*${escaped(cut(question, 300))}*\n${escaped(cut(sayVerified(approved), 200))}${sql}`),
    ...(key !== undefined && mayWithdraw
      ? { accessory: button('Take back', `verified.withdraw.${i + 1}`, key, { confirm }) }
      : {}),
  };
}
