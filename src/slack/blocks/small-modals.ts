import { field, modal } from './modal.ts';
import { context, cut, type Piece, paragraph, plain, richText, words } from './pieces.ts';

/** Where to share an answer that lies in direct messages. */
export function shareWhere(id: string): Piece {
  return modal(
    'share_where',
    id,
    ['Share an answer', 'Share', 'Cancel'],
    [
      field('where', 'In which channel', {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_external_shared_channels: true, exclude_bot_users: true },
      }),
      context('It is posted with your name, and everybody in the channel sees it.'),
    ],
  );
}

/** Face w2: what was wrong. */
export function feedbackModal(id: string, question: string): Piece {
  const reasons = [
    ['The number is wrong', 'number'],
    ['It misread my question', 'misread'],
    ['The picture or table is unclear', 'unclear'],
    ['Something is missing', 'missing'],
    ['Too slow', 'slow'],
  ] as const;
  return modal(
    'feedback_reason',
    id,
    ['What was wrong?', 'Send', 'Skip'],
    [
      richText(paragraph(words('Your question: '), words(cut(question, 500), 'italic'))),
      field('reason', 'Choose the nearest', {
        type: 'radio_buttons',
        options: reasons.map(([label, value]) => ({ text: plain(label, 75), value })),
      }),
      field('expected', 'What did you expect?', { type: 'plain_text_input', multiline: true, placeholder }, { optional: true }),
      context('Goes to the people who keep the definitions, with the question and the SQL.'),
    ],
  );
}

const placeholder = plain('For example: mobile should be near 1.7%, as on the dashboard', 150);

/** What can be asked, with examples that work as they stand. */
export function helpModal(lines: readonly string[]): Piece {
  return {
    type: 'modal',
    callback_id: 'help',
    title: plain('What can I ask?', 24),
    close: plain('Close', 24),
    blocks: [richText(...lines.map((line) => paragraph(words(cut(line, 300)))))],
  };
}
