import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../../src/answer/stations.ts';
import { validateMessage } from '../../../src/playground/validate/validate-message.ts';
import { validateView } from '../../../src/playground/validate/validate-view.ts';
import { answerFace } from '../../../src/slack/blocks/answer-face.ts';
import { clarifyFace, declineFace } from '../../../src/slack/blocks/asking-faces.ts';
import { homeFace } from '../../../src/slack/blocks/home-face.ts';
import { escaped, type Message } from '../../../src/slack/blocks/pieces.ts';
import { refusedFace } from '../../../src/slack/blocks/refused-face.ts';
import { sizeOf } from '../../../src/slack/blocks/size-of.ts';
import { sqlEditor } from '../../../src/slack/blocks/sql-editor.ts';
import { verifiedList, verifyModal } from '../../../src/slack/blocks/verified-faces.ts';
import { ladder } from '../../../src/slack/send/ladder.ts';
import { answer, clarify, decline, numberAnswer, reading, refused } from '../../doors/answers.ts';

const known = { file: () => 'ready' as const };
const options = { seed: 7, numRuns: 60 };

/** What a shop's data, or a person, may hold. */
const nasty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    '<!channel>',
    '<@U0OWNER001> & <https://evil.example|click>',
    ':boom: *bold* _it_ ~no~ `code`',
    'سراويل رجالية \u202e reversed',
    '\u0000\ud800broken',
    '=HYPERLINK("x")',
    '👩‍👩‍👧‍👦'.repeat(50),
    'x'.repeat(10_000),
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const numbers = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined));
const cell = fc
  .record({ text: nasty, value: numbers })
  .map(({ text, value }) => (value === undefined ? { text } : { text, value }));

const answers: fc.Arbitrary<Answer> = fc
  .record({
    headline: nasty,
    more: nasty,
    readAs: nasty,
    footer: nasty,
    sql: nasty,
    question: nasty,
    counted: fc.array(nasty, { maxLength: 20 }),
    notes: fc.array(nasty, { maxLength: 5 }),
    next: fc.array(fc.record({ label: nasty, question: nasty }), { maxLength: 3 }),
    marks: fc.array(
      fc.record({ code: fc.constantFrom('partial', 'caveat', 'row_limit', 'no_picture' as const), title: nasty, text: nasty }),
      { maxLength: 6 },
    ),
    header: fc.array(nasty, { maxLength: 25 }),
    rows: fc.array(fc.array(cell, { maxLength: 25 }), { maxLength: 130 }),
    caption: nasty,
    bigNumber: fc.option(nasty, { nil: undefined }),
  })
  .map(({ header, rows, caption, bigNumber, ...rest }) =>
    answer({
      ...rest,
      table: { caption, header, rows },
      rows: rows.map(() => []),
      ...(bigNumber === undefined ? {} : { bigNumber }),
    }),
  );

function isTaken(message: Message): void {
  expect(validateMessage({ text: message.text || 'x', blocks: message.blocks }, known)).toBeUndefined();
  expect(sizeOf(message.blocks)).toBeLessThanOrEqual(12_900);
  expect(JSON.stringify(message.blocks)).not.toMatch(/"type":"mrkdwn"[^}]*(?<!\\u)<[!@#]/);
}

test('any answer, whatever its values hold, is a message that Slack takes, and so is each step below it', () => {
  fc.assert(
    fc.property(answers, fc.boolean(), (a, hasPicture) => {
      const message = answerFace(a, {
        id: 'X',
        ...(hasPicture ? { picture: 'F0ALINE0001' } : {}),
        shared: { asker: 'U0OWNER001', command: '/ask' },
      });
      for (const step of ladder(message)) isTaken(step);
    }),
    options,
  );
});

test('any question back, decline, refusal, editor and Home is taken too', () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, (a, b, c) => {
      isTaken(
        clarifyFace(
          {
            ...clarify,
            readAs: a,
            note: b,
            reading: {
              ...clarify.reading,
              question: b || '?',
              choices: [
                { label: c, question: a },
                { label: a, question: b },
              ],
            },
          },
          'X',
        ),
      );
      isTaken(declineFace({ ...decline, sentence: a, how: b, note: c, nearest: { label: c, question: a } }, 'X'));
      isTaken(refusedFace(refused({ sentence: a, sql: b }), 'X', { sqlDoor: true }));
      isTaken(answerFace(numberAnswer({ bigNumber: a, headline: b, more: c, verified: { by: a, on: b } }), { id: 'X' }));
      const price = { approval: { bytes: 1, usd: 1 }, reads: { what: a, days: 3 }, sql: b, readAs: c };
      isTaken(refusedFace(refused({ ...price, sentence: c }), 'X', { sqlDoor: false, month: a, mostSeconds: 60 }));
      expect(validateView(sqlEditor({ sql: a, warning: b, channel: { id: 'C1', name: c } }), 'modal', known)).toBeUndefined();
      for (const isSql of [true, false])
        expect(validateView(verifyModal({ id: 'X', question: a, readAs: b, isSql }), 'modal', known)).toBeUndefined();
      const one = { question: a, approved: { by: b, on: c }, reading, key: 'k' };
      expect(validateView(verifiedList(Array(60).fill(one), true), 'modal', known)).toBeUndefined();
      const row = { id: 'X', question: a, finding: b, when: '14:05', url: 'https://sampleshop.slack.com/x' };
      const home = homeFace({ waiting: a, digests: [], answers: [row], may: c, zoneName: 'UTC', engine: 'x', reach: b });
      expect(validateView(home, 'home', known)).toBeUndefined();
    }),
    options,
  );
});

test('a value in mrkdwn loses every power: no mention, no link, no emoji code, no bold', () => {
  expect(escaped('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  expect(escaped(':boom: *x* 15:12')).not.toMatch(/:boom:|\*x\*/);
  expect(escaped('15:12')).toBe('15:12');
});

test('the ladder takes one thing away at a time, says so, and keeps how it was read to the last', () => {
  const steps = ladder(answerFace(answer(), { id: 'X', picture: 'F0ALINE0001' }));
  const types = steps.map((s) => s.blocks.map((b) => b.type));
  expect(types[1]).not.toContain('image');
  expect(types[2]).not.toContain('data_table');
  expect(types[3]).not.toContain('container');
  expect(new Set(types[4])).toEqual(new Set(['section', 'actions']));
  expect(types[5]).toEqual([]);
  for (const step of steps.slice(1, 5)) expect(JSON.stringify(step.blocks)).toContain('Read as: conversion rate by device');
  expect(JSON.stringify(steps[2]!.blocks)).toContain('The table is shown as text.');
});

test('a table too long for a message shows ten rows, says of how many, and its CSV follows', () => {
  const rows = Array.from({ length: 12_480 }, (_, i) => [{ text: `CODE${i}` }, { text: '1', value: 1 }]);
  const long = answer({ table: { caption: 'Coupon codes by orders', header: ['Coupon', 'Orders'], rows } });
  const said = JSON.stringify(answerFace(long, { id: 'X' }).blocks);
  expect(said).toContain('Coupon codes by orders, first 10 of 12,480');
  expect(said).toContain('Showing 10 of 12,480 rows');
});
