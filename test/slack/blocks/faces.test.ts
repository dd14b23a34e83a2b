import { expect } from '@jest/globals';
import { answerFace } from '../../../src/slack/blocks/answer-face.ts';
import type { Piece } from '../../../src/slack/blocks/pieces.ts';
import { sharedPath, whenShared } from '../../helpers/shared.ts';
import { answerOf, readFace } from './from-face.ts';

/** Faces that an answer alone makes: what the reference shows must come out again when its words go in. */
const answers = [
  'a-answer-line',
  'b-answer-number',
  'c-answer-top',
  'd-answer-funnel',
  'e-answer-map',
  'j1-partial-day',
  'j2-stale-data',
  'k-small-sample',
];

whenShared.each(answers)('%s is built again from its own words', (name) => {
  const face = readFace(sharedPath('reference', 'faces', `${name}.json`)!);
  const { answer, about } = answerOf(face);
  const built = answerFace(answer, about);
  expect(comparable(built.blocks)).toEqual(comparable(face.blocks));
});

/**
 * What may differ: values of buttons (ours are an index and an id), the dashboard of a house that has none, the verified line,
 * «Run again» (the reference leaves it out beside a refresh), and the page of a table under a picture (5 everywhere).
 */
function comparable(blocks: readonly Piece[]): unknown {
  const text = JSON.stringify(blocks, (key, value) => {
    if (key === 'value' && typeof value === 'string') return undefined;
    if (key === 'page_size') return undefined;
    if (key === 'options') return (value as Piece[]).filter((o) => !/QuickSight|Run again/.test(JSON.stringify(o)));
    if (key === 'text' && typeof value === 'string') return value.replace(/\n✓ Verified.*$/, '').trim();
    return value;
  });
  return JSON.parse(text);
}
