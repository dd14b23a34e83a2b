import type { Subscription } from '../../digest/subscription.ts';
import { context, cut, type Piece, paragraph, plain, richText, words } from './pieces.ts';

/** Where to share an answer that lies in direct messages. */
export function shareWhere(id: string): Piece {
  return modal(
    'share_where',
    id,
    ['Share an answer', 'Share', 'Cancel'],
    [
      {
        type: 'input',
        block_id: 'where',
        label: plain('In which channel', 100),
        element: {
          type: 'conversations_select',
          action_id: 'where',
          filter: { include: ['public', 'private'], exclude_external_shared_channels: true, exclude_bot_users: true },
        },
      },
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
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Choose the nearest', 100),
        element: {
          type: 'radio_buttons',
          action_id: 'reason',
          options: reasons.map(([label, value]) => ({ text: plain(label, 75), value })),
        },
      },
      {
        type: 'input',
        block_id: 'expected',
        optional: true,
        label: plain('What did you expect?', 100),
        element: {
          type: 'plain_text_input',
          action_id: 'expected',
          multiline: true,
          placeholder: plain('For example: mobile should be near 1.7%, as on the dashboard', 150),
        },
      },
      context('Goes to the people who keep the definitions, with the question and the SQL.'),
    ],
  );
}

/** Face w3: schedule a digest. `what` is bold, `rest` what follows; `first` is the first due time in words. */
export function digestModal(about: {
  readonly id: string;
  readonly what: string;
  readonly rest: string;
  readonly name: string;
  readonly zone: string;
  readonly zoneName: string;
  readonly channel?: string;
  readonly edit?: Subscription;
}): Piece {
  const options = [
    ['Every day', 'day'],
    ['Every Monday', 'mon'],
    ['Weekdays', 'weekday'],
    ['On the 1st of the month', 'first'],
  ].map(([label, value]) => ({ text: plain(label!, 75), value: value! }));
  return modal(
    'digest_new',
    about.id,
    ['Schedule a digest', 'Schedule', 'Cancel'],
    [
      richText(
        paragraph(
          words(cut(about.what, 200), 'bold'),
          words(`${cut(about.rest, 300)} Each time with the days then, not with today’s.`),
        ),
      ),
      {
        type: 'input',
        block_id: 'name',
        label: plain('Name', 100),
        element: { type: 'plain_text_input', action_id: 'name', initial_value: cut(about.name, 60), max_length: 60 },
      },
      {
        type: 'input',
        block_id: 'when',
        label: plain('When', 100),
        element: { type: 'static_select', action_id: 'when', options, initial_option: options[1] },
      },
      {
        type: 'input',
        block_id: 'time',
        label: plain(`At, ${about.zoneName}`, 100),
        element: { type: 'timepicker', action_id: 'time', initial_time: '09:00', timezone: about.zone },
      },
      {
        type: 'input',
        block_id: 'where',
        label: plain('Where', 100),
        element: {
          type: 'conversations_select',
          action_id: 'where',
          ...(about.channel ? { initial_conversation: about.channel } : {}),
          filter: { include: ['public', 'private', 'im'], exclude_external_shared_channels: true, exclude_bot_users: true },
        },
      },
      context('If the data of the last day aren’t complete by then, I wait, and say why it is late.'),
    ],
  );
}

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

function modal(
  callback: string,
  metadata: string,
  [title, submit, close]: readonly [string, string, string],
  blocks: readonly Piece[],
): Piece {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: metadata,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain(close, 24),
    blocks,
  };
}
