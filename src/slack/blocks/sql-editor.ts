import { context, cut, type Piece, plain } from './pieces.ts';

/** Longest SQL that a modal's input is filled with (Slack's limit of `initial_value`). */
export const editorFits = 3000;

/** Face w1: the SQL editor. `warning` is the refusal or the advice it was opened with; `channel` where the result may be shown too. */
export function sqlEditor(about: {
  readonly sql?: string;
  readonly warning?: string;
  readonly channel?: { readonly id: string; readonly name: string };
}): Piece {
  const { sql, warning, channel } = about;
  const isLong = sql !== undefined && [...sql].length > editorFits;
  const said = isLong
    ? `The SQL has ${[...sql].length.toLocaleString('en')} characters, more than fit here: paste it again, changed.`
    : warning;
  return {
    type: 'modal',
    callback_id: 'sql_editor',
    private_metadata: channel?.id ?? '',
    title: plain('SQL editor', 24),
    submit: plain('Check and run', 24),
    close: plain('Close', 24),
    blocks: [
      ...(said ? [{ type: 'alert', level: 'warning', text: plain(said, 200) }] : []),
      {
        type: 'input',
        block_id: 'sql',
        label: plain('Athena SQL, one SELECT', 100),
        element: {
          type: 'plain_text_input',
          action_id: 'sql',
          multiline: true,
          ...(sql && !isLong ? { initial_value: cut(sql, editorFits) } : {}),
        },
        hint: plain(
          'Tables: events, sessions, page_views, product_events, orders, users, quarantine, runs. Bound dt to keep it cheap.',
          150,
        ),
      },
      ...(channel ? [whereInput(channel)] : []),
      context('Nothing runs before the check; what costs more waits for your click.'),
    ],
  };
}

function whereInput(channel: { readonly id: string; readonly name: string }): Piece {
  const me = { text: plain('Only to me', 75), value: 'me' };
  const there = { text: plain(`In #${channel.name}`, 75), value: 'channel' };
  return {
    type: 'input',
    block_id: 'where',
    label: plain('Show the result', 100),
    element: { type: 'radio_buttons', action_id: 'where', options: [me, there], initial_option: me },
  };
}
