import { both, byType, type Check, fields, flag, law, list, oneOf, text } from './check.ts';
import { elementOf, TAKES } from './elements.ts';
import { anyText, link, mrkdwn, onePicture, pictureElement, pictureFields, pictureUrl, plain } from './objects.ts';
import { richText, richTextFields } from './rich-text.ts';
import { dataTableFields, dataVisualizationFields, tableFields } from './tables.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

const ALL = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'video'];
const ALLOWED: Record<Surface, readonly string[]> = {
  message: [
    ...ALL,
    ...['card', 'carousel', 'container', 'context_actions', 'data_table', 'data_visualization', 'file'],
    ...['markdown', 'plan', 'table', 'task_card'],
  ],
  modal: [...ALL, 'alert'],
  home: [...ALL, 'card', 'carousel'],
};
const IN_CONTAINER = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];
const MODAL_ONLY = new Set(['file_input', 'number_input', 'email_text_input', 'url_text_input']);
const NOT_IN_MESSAGES = new Set(['rich_text_input']);

/** A block of its type, with the optional `block_id` that all blocks have. */
function block(required: Record<string, Check>, optional: Record<string, Check> = {}, ...laws: Check[]): Check {
  return both(fields(required, { ...optional, block_id: text(1, 255) }), ...laws);
}

const task: Check = block(
  { task_id: text(1, 255), title: text(1, 256), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  {
    details: richText,
    output: richText,
    sources: list(
      byType(() => ({ url: fields({ url: link, text: text(1, 256) }) })),
      1,
      50,
    ),
  },
);

const card: Check = block(
  {},
  {
    hero_image: pictureElement,
    icon: pictureElement,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(elementOf(['button']), 1, 3),
  },
  law((value) =>
    ['hero_image', 'title', 'actions', 'body'].some((name) => value[name] !== undefined)
      ? undefined
      : 'must have at least one of hero_image, title, actions, body',
  ),
);

/** The rule of every block type, without the question where it may stand. */
export const BLOCKS: Record<string, Check> = {
  header: block({ text: plain(150) }),
  divider: block({}),
  section: block(
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: elementOf(TAKES.accessory, { image: pictureElement }),
      expand: flag,
    },
    law((value) => (value.text === undefined && value.fields === undefined ? 'must have text or fields' : undefined)),
  ),
  context: block({
    elements: list(
      byType(() => ({ image: pictureElement, plain_text: plain(3000), mrkdwn: mrkdwn(3000) })),
      1,
      10,
    ),
  }),
  actions: block({ elements: list(elementOf(TAKES.actions), 1, 25) }),
  context_actions: block({ elements: list(elementOf(TAKES.context_actions), 1, 5) }),
  image: block({ alt_text: text(1, 2000) }, { ...pictureFields, title: plain(2000) }, onePicture),
  input: block(
    { label: plain(2000), element: elementOf(TAKES.input) },
    { hint: plain(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: block(richTextFields),
  markdown: block({ text: text(1, 12_000) }),
  video: block(
    { video_url: pictureUrl, thumbnail_url: pictureUrl, alt_text: text(1, 2000), title: plain(199) },
    {
      title_url: link,
      author_name: text(1, 50),
      provider_name: text(1, 50),
      provider_icon_url: pictureUrl,
      description: plain(200),
    },
  ),
  file: block({ source: oneOf('remote'), external_id: text(1, 255) }),
  alert: block({ text: anyText(200) }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  card,
  carousel: block({
    elements: list(
      byType(() => ({ card })),
      1,
      10,
    ),
  }),
  container: block(
    {
      child_blocks: list(
        byType(() => pick(IN_CONTAINER)),
        1,
        10,
      ),
    },
    {
      title: plain(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: pictureElement,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    law((value) =>
      value.title === undefined && value.rich_text_title === undefined ? 'must have title or rich_text_title' : undefined,
    ),
  ),
  table: block(...tableFields),
  data_table: block(...dataTableFields),
  data_visualization: block(...dataVisualizationFields),
  task_card: task,
  plan: block(
    { title: text(1, 256) },
    {
      tasks: list(
        byType(() => ({ task_card: task })),
        1,
        50,
      ),
    },
  ),
};

/** Checks one list of blocks for a surface: known types, allowed there, all their fields and limits. */
export function blocksOn(surface: Surface): Check {
  const known = byType(() => BLOCKS);
  return (value, path, faults) => {
    if (!Array.isArray(value)) return faults.add('must be an array', path);
    for (const [index, entry] of value.entries()) {
      const at = `${path}/${index}`;
      const type = (entry as { type?: unknown } | null)?.type;
      const misplaced = typeof type === 'string' && Object.hasOwn(BLOCKS, type) && !ALLOWED[surface].includes(type);
      if (misplaced) faults.add(`unsupported type: ${type}`, `${at}/type`);
      else known(entry, at, faults);
    }
  };
}

/** True when an element type may not stand on this surface although its block may. */
export function wrongSurface(element: string, surface: Surface): boolean {
  if (MODAL_ONLY.has(element)) return surface !== 'modal';
  if (element === 'workflow_button') return surface !== 'message';
  if (element === 'datetimepicker') return surface === 'home';
  return NOT_IN_MESSAGES.has(element) && surface === 'message';
}

function pick(types: readonly string[]): Record<string, Check> {
  return Object.fromEntries(types.map((type) => [type, BLOCKS[type] as Check]));
}
