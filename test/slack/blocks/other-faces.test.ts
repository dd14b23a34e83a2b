import { expect, test } from '@jest/globals';
import { markModelSql } from '../../../src/answer/words/say-marks.ts';
import { validateMessage } from '../../../src/playground/validate/validate-message.ts';
import { validateView } from '../../../src/playground/validate/validate-view.ts';
import { answerFace } from '../../../src/slack/blocks/answer-face.ts';
import { clarifyFace, declineFace, failureFace } from '../../../src/slack/blocks/asking-faces.ts';
import { digestModal } from '../../../src/slack/blocks/digest-modal.ts';
import { homeFace } from '../../../src/slack/blocks/home-face.ts';
import type { Message, Piece } from '../../../src/slack/blocks/pieces.ts';
import { planFace } from '../../../src/slack/blocks/plan-face.ts';
import { previewFace } from '../../../src/slack/blocks/preview-face.ts';
import { refreshDone, refreshFailed, refreshRunning } from '../../../src/slack/blocks/refresh-faces.ts';
import { cancelledFace, refusedFace } from '../../../src/slack/blocks/refused-face.ts';
import { feedbackModal } from '../../../src/slack/blocks/small-modals.ts';
import { sqlEditor } from '../../../src/slack/blocks/sql-editor.ts';
import { denialFace } from '../../../src/slack/jobs/say-denied.ts';
import { answer, clarify, decline, failed, numberAnswer, reading, refused } from '../../doors/answers.ts';
import { sharedPath, whenShared } from '../../helpers/shared.ts';
import { readFace } from './from-face.ts';

const known = { file: () => 'ready' as const };
const kept = {
  id: 'X',
  outcome: numberAnswer(),
  asker: 'U0OWNER001',
  via: 'ask',
  askedAt: '2026-11-24T13:00:00Z',
  channel: 'D1',
} as const;
const story = {
  by: 'U0ANALYST1',
  startedAt: '14:31',
  joined: [],
  files: 12,
  bytes: 38e6,
  since: '14:02',
  reach: '13:47',
  step: 'stage',
} as const;
const run = {
  run_id: 'R1431',
  run_trigger: 'slack',
  status: 'succeeded',
  started_at: '2026-11-24T13:31:00Z',
  finished_at: '2026-11-24T13:33:11Z',
  files_read: 12,
  records_read: 96_418,
  events: 95_870,
  duplicates: 482,
  quarantined: 66,
  late_events: 1214,
  reasons: {},
  partitions_written: [],
  newest_event_time: null,
  unreadable: [],
} as const;
const done = {
  people: ['U0ANALYST1', 'U0OWNER001'],
  reach: '14:19 today',
  compared: 5,
  id: 'R1431',
  changes: [
    {
      title: 'Orders today, so far',
      from: '1,742',
      to: '1,889',
      url: 'https://sampleshop.slack.com/archives/C0SHOPNUM01/p1764000612000200',
    },
    {
      title: 'Revenue on Mon 23 Nov',
      from: '€233,648.70',
      to: '€233,921.40',
      url: 'https://sampleshop.slack.com/archives/C0SHOPNUM01/p1763972310000200',
    },
  ],
};

/** Every other face that a message makes, by the name of its reference. */
const messages: Readonly<Record<string, Message>> = {
  'b2-shared': answerFace(numberAnswer(), { id: 'X', shared: { asker: 'U0OWNER001', command: '/ask' } }),
  'b3-ask-preview': previewFace(kept, 'https://sampleshop.slack.com/archives/D1/p1', true),
  'g-clarify': clarifyFace(
    {
      ...clarify,
      reading: {
        ...clarify.reading,
        choices: [
          ...clarify.reading.choices,
          { label: 'Product views', question: 'v' },
          { label: 'Bought per view', question: 'b' },
        ],
      },
    },
    'X',
  ),
  'm-sql-result': answerFace(sqlAnswer(), { id: 'X' }),
  'n1-sql-syntax': refusedFace(refused(), 'X', { sqlDoor: true }),
  'p2-running': planFace('search terms', { step: 2, price: { bytes: 342e9, usd: 1.71 } }, { id: 'X', engine: 'Athena' }),
  'r1-refresh-started': refreshRunning(story),
  'r2-refresh-progress': refreshRunning({ ...story, step: 'build', records: 96_418, joined: ['U0OWNER001'] }),
  'r4-refresh-done': refreshDone(run, done),
  't-failure': failureFace(failed, 'X'),
  'x2-external-channel': denialFace('external_channel', 'X'),
};

/** Faces whose reference has buttons that this house can't do yet (other nearest questions, ad-hoc run lists, a smaller run after a stop). */
const also: Readonly<Record<string, Message>> = {
  'q-cancelled': cancelledFace({
    id: 'X',
    lead: 'Stopped after 18 s',
    by: 'U0ANALYST1',
    rest: 'Athena had read 118 GB by then.',
    readAs: 'search terms',
  }),
  'o-sql-no-dt': refusedFace(
    refused({
      code: 'no_bound',
      approval: { bytes: 186e9, usd: 0.93, partition: 'dt' },
      smaller: {
        label: 'Last 7 days',
        bytes: 2.6e9,
        usd: 0.013,
        sql: 'SELECT 1',
        added: "dt BETWEEN '2026-11-17' AND '2026-11-23'",
      },
    }),
    'X',
    { sqlDoor: true, until: '15:55' },
  ),
  'p-price-card': refusedFace(
    refused({
      code: 'needs_approval',
      approval: { bytes: 342e9, usd: 1.71 },
      smaller: { label: 'Last 28 days', bytes: 32e9, usd: 0.16, reading },
      readAs: 'search terms of sessions with an order, by orders · 1 Jan – 24 Nov 2026',
    }),
    'X',
    { sqlDoor: false, until: '15:55' },
  ),
  'h-decline': declineFace(decline, 'X'),
  'n4-sql-local-engine': refusedFace(refused({ code: 'unsupported_locally' }), 'X', { sqlDoor: true }),
  'r5-refresh-failed': refreshFailed({
    people: [],
    reach: '13:47',
    step: 'Find new files',
    reason: 'The disk is full.',
    reference: 'AS-R1431',
    id: 'R',
  }),
  'x1-not-allowed': denialFace('not_an_engineer', 'X'),
};

const views: Readonly<Record<string, Piece>> = {
  'w1-modal-sql': sqlEditor({ sql: 'SELECT 1', warning: 'Nothing bounds dt.', channel: { id: 'C1', name: 'data-engineering' } }),
  'w2-modal-feedback': feedbackModal('X', 'conversion rate'),
  'w3-modal-digest': digestModal({
    id: 'X',
    what: 'Conversion',
    rest: ', last 30 days.',
    name: 'Conversion',
    zone: 'Europe/Berlin',
    zoneName: 'Berlin time',
  }),
  'v-app-home': homeFace({
    waiting: '2 new files',
    digests: [],
    answers: [],
    may: 'an analyst',
    zoneName: 'Berlin time',
    engine: 'the local engine',
    reach: '13:47 today',
    money: {
      today: '$0.40 of $5.00',
      own: '$0.10 of $1.00',
      month: { name: 'November', spent: '$18.40' },
      free: 'up to $0.02 a question',
      details: { byKind: 'questions $12.00, SQL $6.40', byPerson: '<@U0ANALYST1> $12.00 (300 queries), Askstream itself $6.40' },
    },
  }),
};

test.each(Object.keys({ ...messages, ...also }))('%s is within Slack’s limits and says nothing that is never said', (name) => {
  const message = { ...messages, ...also }[name]!;
  expect(validateMessage({ ...message }, known)).toBeUndefined();
  expect(message.text.length).toBeGreaterThan(10);
  expect(JSON.stringify(message)).not.toMatch(/\b(?:oops|unfortunately|please|simply|undefined|null|NaN)\b|\[object/i);
});

test.each(Object.keys(views))('%s is a view that Slack takes', (name) => {
  const view = views[name]!;
  expect(validateView(view, view.type as 'modal' | 'home', known)).toBeUndefined();
});

whenShared.each(Object.keys(messages))('%s has the blocks and buttons of its reference, in its order', (name) => {
  const face = readFace(sharedPath('reference', 'faces', `${name}.json`)!);
  expect(shape(messages[name]!.blocks)).toEqual(shape(face.blocks));
});

/** Block types, with the action ids and labels of buttons. */
function shape(blocks: readonly Piece[]): unknown[] {
  return blocks.map((block) => {
    const elements = (block.elements ?? []) as Piece[];
    if (block.type !== 'actions') return block.type;
    return elements.map((e) =>
      `${e.action_id} ${String((e.text as Piece)?.text ?? '')}`.replace(/^(answer\.next\.\d|clarify\.\d) .*/, '$1'),
    );
  });
}

function sqlAnswer() {
  const { reading: _, chart: __, png: ___, ...rest } = answer({ next: [] });
  return rest;
}

test('an answer by a model’s SQL says so above its rows and offers no digest of it', () => {
  const { reading: _, ...rest } = answer({ readAs: 'SQL written by a model: The searches.', marks: [markModelSql()] });
  const face = answerFace({ ...rest, modelSql: { kind: 'sql', sql: 'SELECT 1', says: 'The searches.' } }, { id: 'x' });
  const text = JSON.stringify(face);
  expect(text).toContain('A model wrote this SQL.');
  expect(text).toContain('Read as: SQL written by a model: The searches.');
  expect(text).not.toContain('schedule:');
});

test('an answer that fills its menu gives «Run again» up for what only editors do; one that is verified has it already', () => {
  const menu = (change: Parameters<typeof answer>[0], canVerify = true) =>
    JSON.stringify(answerFace(answer(change), { id: 'X', canVerify }).blocks.find((b) => b.type === 'actions')).match(
      /"Edit the SQL"|"Run again"|"Make it a verified question"|"Open in QuickSight"/g,
    );
  const dashboard = 'https://eu-central-1.quicksight.aws.amazon.com/sn/dashboards/askstream';
  expect(menu({ dashboard })).toEqual(['"Edit the SQL"', '"Open in QuickSight"', '"Make it a verified question"']);
  expect(menu({})).toEqual(['"Edit the SQL"', '"Run again"', '"Make it a verified question"']);
  expect(menu({ dashboard }, false)).toEqual(['"Edit the SQL"', '"Run again"', '"Open in QuickSight"']);
  const verified = { by: 'the data team', on: '2026-10-12' };
  expect(menu({ verified })).toEqual(['"Edit the SQL"', '"Run again"']);
  expect(JSON.stringify(answerFace(answer({ verified }), { id: 'X' }).blocks)).toContain(
    '\\n✓ Verified question, approved by the data team on 12 Oct 2026',
  );
});
