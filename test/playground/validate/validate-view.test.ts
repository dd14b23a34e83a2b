import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/playground/shapes.ts';
import { validateMessage } from '../../../src/playground/validate/validate-message.ts';
import { validateView } from '../../../src/playground/validate/validate-view.ts';
import { sharedPath, whenShared } from '../../helpers/shared.ts';
import { GOOD, plain, rich } from '../every-block.ts';

const known = { file: () => 'ready' as const };
const input = { type: 'input', block_id: 'i', label: plain('l'), element: { type: 'plain_text_input', action_id: 'i' } };
const modal = (more: Json = {}) => ({
  type: 'modal',
  title: plain('T'),
  submit: plain('Go'),
  close: plain('No'),
  blocks: [input],
  ...more,
});
const check = (view: unknown, type: 'modal' | 'home' = 'modal') => validateView(view, type, known);

describe('a modal', () => {
  test('with an input, an alert and its own fields is accepted', () => {
    const alert = { type: 'alert', level: 'warning', text: plain('x') };
    expect(
      check(modal({ callback_id: 'c', private_metadata: 'p', notify_on_close: true, blocks: [alert, input] })),
    ).toBeUndefined();
  });

  test.each<[string, Json, string]>([
    ['a title of 25', { title: plain('x'.repeat(25)) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
    [
      'inputs without submit',
      { submit: undefined },
      'submit is required when an input block is within blocks array [json-pointer:/view]',
    ],
    [
      'metadata of 3001',
      { private_metadata: 'x'.repeat(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    ['a field of a message', { text: 'x' }, 'invalid additional property: text [json-pointer:/view]'],
    [
      '101 blocks',
      { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) },
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    ['a table', { blocks: [GOOD.data_table] }, 'unsupported type: data_table [json-pointer:/view/blocks/0/type]'],
    ['a container', { blocks: [GOOD.container] }, 'unsupported type: container [json-pointer:/view/blocks/0/type]'],
    ['an unknown type', { type: 'dialog' }, 'must be a valid enum value (modal) [json-pointer:/view/type]'],
  ])('with %s is refused', (_name, more, fault) => {
    expect(check(modal(more))).toMatchObject({ error: 'invalid_arguments', faults: expect.arrayContaining([fault]) });
  });

  test('over 250 KB is refused', () => {
    const big = Array.from({ length: 90 }, () => ({ ...rich('x'.repeat(3000)) }));
    expect(check(modal({ blocks: [...big, input] }))).toMatchObject({ error: 'view_too_large' });
  });
});

describe('a Home tab', () => {
  test('takes cards but no alert, no chart and no file input', () => {
    expect(check({ type: 'home', blocks: [GOOD.card, GOOD.section] }, 'home')).toBeUndefined();
    const chart = check({ type: 'home', blocks: [GOOD.data_visualization] }, 'home');
    expect(chart?.faults).toEqual(['unsupported type: data_visualization [json-pointer:/view/blocks/0/type]']);
    const file = { ...input, element: { type: 'file_input', action_id: 'f' } };
    expect(check({ type: 'home', blocks: [file] }, 'home')?.faults).toEqual([
      'unsupported type: file_input [json-pointer:/view/blocks/0/element/type]',
    ]);
  });
});

describe('the studied faces', () => {
  whenShared('are all accepted', () => {
    const folder = sharedPath('reference', 'faces') ?? '';
    const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json');
    const refused = files.flatMap((name) => {
      const face = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
      const fault = face.view === undefined ? validateMessage(face, known) : validateView(face.view, face.view.type, known);
      return fault === undefined ? [] : [[name, fault]];
    });
    expect(files.length).toBeGreaterThan(40);
    expect(refused).toEqual([]);
  });
});
