import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../src/playground/shapes.ts';
import { BLOCKS } from '../../../src/playground/validate/blocks.ts';
import { validateMessage } from '../../../src/playground/validate/validate-message.ts';
import { actions, bars, button, GOOD, option, plain, raw, rich, table } from '../every-block.ts';

const known = {
  file: (id: string) =>
    id === 'F0READY0001' ? ('ready' as const) : id === 'F0SCAN00001' ? ('scanning' as const) : ('unknown' as const),
};
const check = (...blocks: Json[]) => validateMessage({ text: 'x', blocks }, known);
describe('a message that Slack accepts', () => {
  test.each(Object.entries(GOOD))('%s', (_name, block) => {
    expect(check(block)).toBeUndefined();
  });

  test('every block that this Slack knows has its example here; an alert belongs into modals', () => {
    expect(Object.keys(BLOCKS).filter((type) => GOOD[type] === undefined)).toEqual(['alert']);
  });
});

const long = (n: number) => 'x'.repeat(n);
const BAD: [string, Json[], string][] = [
  ['an unknown block', [{ type: 'hologram' }], 'unsupported type: hologram [json-pointer:/blocks/0/type]'],
  ['an alert in a message', [{ type: 'alert', text: plain('x') }], 'unsupported type: alert [json-pointer:/blocks/0/type]'],
  [
    'a field that no block has',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'a header of 151',
    [{ type: 'header', text: plain(long(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['an empty text', [{ type: 'section', text: plain('') }], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
  [
    'a section of 3001',
    [{ type: 'section', text: plain(long(3001)) }],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['a section with nothing', [{ type: 'section' }], 'must have text or fields [json-pointer:/blocks/0]'],
  [
    'mrkdwn in a header',
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    '26 buttons',
    [actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: String(i) })))],
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'the same action_id twice',
    [actions(button(), button())],
    'action_id "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'the same block_id twice',
    [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    'block_id "b" already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    'a button of 76',
    [actions(button({ text: plain(long(76)) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'six overflow options',
    [actions({ type: 'overflow', options: Array.from({ length: 6 }, (_, i) => option(String(i))) })],
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'an initial option of its own',
    [actions({ type: 'static_select', options: [option('1')], initial_option: option('2') })],
    'initial option must be one of the options [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'a file input in a message',
    [{ type: 'input', label: plain('l'), element: { type: 'file_input' } }],
    'unsupported type: file_input [json-pointer:/blocks/0/element/type]',
  ],
  [
    'a javascript link',
    [actions(button({ url: 'javascript:alert(1)' }))],
    'must be a valid url [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'a file that is not there',
    [{ type: 'image', slack_file: { id: 'F0NOTHERE01' }, alt_text: 'x' }],
    'invalid slack file [json-pointer:/blocks/0/slack_file]',
  ],
  [
    'a file that is being scanned',
    [{ type: 'image', slack_file: { id: 'F0SCAN00001' }, alt_text: 'x' }],
    'invalid slack file [json-pointer:/blocks/0/slack_file]',
  ],
  ['an image without a source', [{ type: 'image', alt_text: 'x' }], 'must have image_url or slack_file [json-pointer:/blocks/0]'],
  ['an empty cell', [table([[raw('a')], [raw('')]])], 'must be more than 0 characters [json-pointer:/blocks/0/rows/1/0]'],
  ['a header without rows', [table([[raw('a')]])], 'no fewer than 2 items allowed [json-pointer:/blocks/0/rows]'],
  [
    '102 rows',
    [table(Array.from({ length: 102 }, () => [raw('a')]))],
    'no more than 101 items allowed [json-pointer:/blocks/0/rows]',
  ],
  [
    'unequal rows',
    [table([[raw('a')], [raw('a'), raw('b')]])],
    'all rows must have the same number of cells [json-pointer:/blocks/0]',
  ],
  ['a rich header', [table([[rich('a')], [raw('a')]])], 'unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]'],
  [
    'a number that is none',
    [table([[raw('a')], [{ type: 'raw_number', value: Number.NaN, text: 'x' }]])],
    'must be a number [json-pointer:/blocks/0/rows/1/0/value]',
  ],
  ['two tables', [GOOD.data_table as Json, GOOD.table as Json], 'only_one_table_allowed [json-pointer:/blocks/1]'],
  [
    'a table in a container beside another',
    [{ ...GOOD.container, child_blocks: [GOOD.table] }, GOOD.data_table as Json],
    'only_one_table_allowed [json-pointer:/blocks/1]',
  ],
  [
    'a data_table in a container',
    [{ ...GOOD.container, child_blocks: [GOOD.data_table] }],
    'unsupported type: data_table [json-pointer:/blocks/0/child_blocks/0/type]',
  ],
  ['three charts', [bars(), bars(), bars()], 'no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]'],
  [
    'a series that skips a category',
    [bars({ axis_config: { categories: ['a', 'b'] } })],
    'every series must have one value for each category [json-pointer:/blocks/0/chart]',
  ],
  [
    'a slice of nothing',
    [{ type: 'data_visualization', title: 't', chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] } }],
    'must be between 5e-324 and 1.7976931348623157e+308 [json-pointer:/blocks/0/chart/segments/0/value]',
  ],
  [
    'a plan that is completed',
    [{ ...GOOD.plan, tasks: [{ type: 'task_card', task_id: '1', title: 't', status: 'completed' }] }],
    'must be a valid enum value (pending, in_progress, complete, error) [json-pointer:/blocks/0/tasks/0/status]',
  ],
  ['two plans', [GOOD.plan as Json, GOOD.plan as Json], 'only one plan block allowed [json-pointer:/blocks/1]'],
  [
    'a task beside a plan',
    [GOOD.plan as Json, GOOD.task_card as Json],
    'task_card not allowed beside a plan [json-pointer:/blocks/1]',
  ],
  [
    'too much markdown in all',
    [
      { type: 'markdown', text: long(7000) },
      { type: 'markdown', text: long(5001) },
    ],
    'all markdown blocks together must be less than 12001 characters [json-pointer:/blocks]',
  ],
  [
    'a confirm of 301',
    [actions(button({ confirm: { text: plain(long(301)) } }))],
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
];

describe('a message that Slack refuses', () => {
  test.each(BAD)('%s', (_name, blocks, fault) => {
    expect(check(...blocks)).toMatchObject({ error: 'invalid_blocks', faults: expect.arrayContaining([fault]) });
  });

  test('51 blocks', () => {
    expect(check(...Array.from({ length: 51 }, () => ({ type: 'divider' })))).toMatchObject({ error: 'msg_blocks_too_many' });
  });

  test('more than 13,000 readable characters in blocks that are each fine', () => {
    const section = { type: 'section', text: plain(long(2900)) };
    expect(check(...Array.from({ length: 4 }, () => section))).toBeUndefined();
    expect(check(...Array.from({ length: 5 }, () => section))).toMatchObject({ error: 'msg_blocks_too_long' });
  });

  test('nothing at all', () => {
    expect(validateMessage({}, known)).toEqual({ error: 'no_text', faults: [] });
    expect(validateMessage({ text: 'x', blocks: 'y' }, known)).toMatchObject({ error: 'invalid_blocks_format' });
  });
});

describe('whatever an app sends', () => {
  test('any JSON as blocks is judged and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (blocks) => {
        expect(() => validateMessage({ text: 'x', blocks }, known)).not.toThrow();
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('a good block with one field replaced by junk is refused, or the field did not matter', () => {
    const names = Object.keys(GOOD);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.constantFrom<unknown>(42, null, [], {}, 'junk', [[]]),
        (name, pick, junk) => {
          const block = structuredClone(GOOD[name] as Json);
          const fields = Object.keys(block).filter((field) => field !== 'type');
          const field = fields[pick % Math.max(1, fields.length)];
          if (field === undefined) return;
          block[field] = junk;
          const free = typeof junk === 'string' && typeof (GOOD[name] as Json)[field] === 'string';
          if (!free) expect(check(block)).toMatchObject({ error: 'invalid_blocks' });
        },
      ),
      { seed: 3, numRuns: 400 },
    );
  });
});
