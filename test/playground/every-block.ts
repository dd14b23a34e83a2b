import type { Json } from '../../src/playground/shapes.ts';

/** A plain_text object. */
export const plain = (text: string) => ({ type: 'plain_text', text });
/** A button. */
export const button = (more: Json = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
/** A row of elements. */
export const actions = (...elements: Json[]) => ({ type: 'actions', elements });
/** A rich_text block of one sentence. */
export const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
/** A cell of words. */
export const raw = (text: string) => ({ type: 'raw_text', text });
/** A data_table of these rows. */
export const table = (rows: Json[][], more: Json = {}) => ({ type: 'data_table', caption: 'c', rows, ...more });
/** A bar chart of one bar. */
export const bars = (more: Json = {}) => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'bar', series: [{ name: 's', data: [{ label: 'a', value: 1 }] }], axis_config: { categories: ['a'] }, ...more },
});
/** An option of a menu. */
export const option = (value: string) => ({ text: plain(value), value });

/** One good example of every block that may stand in a message. */
export const GOOD: Record<string, Json> = {
  header: { type: 'header', text: plain('x'.repeat(150)) },
  divider: { type: 'divider' },
  section: { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3000) }, accessory: button() },
  context: { type: 'context', elements: [plain('a'), { type: 'image', image_url: 'https://a.example/x.png', alt_text: 'x' }] },
  actions: actions(
    button({ confirm: { title: plain('t'), text: plain('x'), confirm: plain('y'), deny: plain('n') }, style: 'danger' }),
    {
      type: 'overflow',
      action_id: 'b',
      options: [option('1')],
    },
  ),
  context_actions: {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'f',
        positive_button: { text: plain('+'), value: 'up' },
        negative_button: { text: plain('-'), value: 'down' },
      },
    ],
  },
  image: { type: 'image', slack_file: { id: 'F0READY0001' }, alt_text: 'x' },
  input: { type: 'input', label: plain('l'), element: { type: 'plain_text_input', action_id: 'i', multiline: true } },
  rich_text: rich('x'),
  markdown: { type: 'markdown', text: '**x**' },
  video: {
    type: 'video',
    video_url: 'https://a.example/v',
    thumbnail_url: 'https://a.example/t',
    alt_text: 'x',
    title: plain('t'),
  },
  file: { type: 'file', source: 'remote', external_id: 'x' },
  card: { type: 'card', title: { type: 'mrkdwn', text: 't' }, actions: [button()] },
  carousel: { type: 'carousel', elements: [{ type: 'card', title: { type: 'mrkdwn', text: 't' } }] },
  container: { type: 'container', title: plain('t'), is_collapsible: true, default_collapsed: true, child_blocks: [rich('x')] },
  table: {
    type: 'table',
    rows: [
      [raw('a'), raw('b')],
      [raw('c'), { type: 'raw_number', value: 1, text: '1' }],
    ],
    column_settings: [null, { align: 'right' }],
  },
  data_table: table([[raw('a')], [{ type: 'raw_number', value: 1, text: '1' }]], { page_size: 10, row_header_column_index: 0 }),
  data_visualization: bars(),
  task_card: { type: 'task_card', task_id: '1', title: 't', status: 'pending' },
  plan: {
    type: 'plan',
    title: 'p',
    tasks: [{ type: 'task_card', task_id: '1', title: 't', status: 'complete', details: rich('d') }],
  },
};
