import { field, modal } from './modal.ts';
import { context, cut, type Piece, paragraph, plain, richText, words } from './pieces.ts';

/** Face w3: schedule a digest. `what` is bold, `rest` what follows. */
export function digestModal(about: {
  readonly id: string;
  readonly what: string;
  readonly rest: string;
  readonly name: string;
  readonly zone: string;
  readonly zoneName: string;
  readonly channel?: string;
}): Piece {
  const where = about.channel ? { initial_conversation: about.channel } : {};
  const filter = { include: ['public', 'private', 'im'], exclude_external_shared_channels: true, exclude_bot_users: true };
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
      field('name', 'Name', { type: 'plain_text_input', initial_value: cut(about.name, 60), max_length: 60 }),
      field('when', 'When', { type: 'static_select', options: times, initial_option: times[1] }),
      field('time', `At, ${about.zoneName}`, { type: 'timepicker', initial_time: '09:00', timezone: about.zone }),
      field('where', 'Where', { type: 'conversations_select', ...where, filter }),
      context('If the data of the last day aren’t complete by then, I wait, and say why it is late.'),
    ],
  );
}

const times = [
  ['Every day', 'day'],
  ['Every Monday', 'mon'],
  ['Weekdays', 'weekday'],
  ['On the 1st of the month', 'first'],
].map(([label, value]) => ({ text: plain(label!, 75), value: value! }));
