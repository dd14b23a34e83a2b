import { readFileSync } from 'node:fs';
import type { Answer, Clarify, Decline, Failed, Refused } from '../../src/answer/stations.ts';
import type { DataReading } from '../../src/glossary/reading.ts';

/** Outcomes as the line makes them, with what a test changes. */
export const reading: DataReading = {
  kind: 'metric',
  metrics: ['conversion_rate'],
  dimensions: ['device'],
  filters: [],
  having: [],
  period: { type: 'last', count: 30, unit: 'day' },
  compare: { type: 'previous' },
};

const png = readFileSync(new URL('./dot.png', import.meta.url));

export function answer(change: Partial<Answer> = {}): Answer {
  return {
    kind: 'answer',
    id: 'x',
    question: 'conversion rate last 30 days vs the 30 before, by device',
    reading,
    headline: 'Conversion barely moved: 2.19%, after 2.24% in the 30 days before.',
    more: 'Desktop rose to 3.62% (+0.28 points).',
    marks: [],
    readAs: 'conversion rate by device · 25 Oct – 23 Nov against 25 Sep – 24 Oct 2026 · Berlin time · without bots',
    footer: 'Complete to Mon 23 Nov · refreshed 14:02 · 41 MB scanned, under $0.01 · 1.3 s',
    columns: [
      { name: 'device_category', type: 'varchar' },
      { name: 'conversion_rate', type: 'double' },
    ],
    rows: [
      ['mobile', 0.014898],
      ['desktop', 0.0362],
    ],
    truncated: false,
    table: {
      caption: 'Conversion rate by device, last 30 days and the 30 before',
      header: ['Device', 'Conversion'],
      rows: [
        [{ text: 'Mobile' }, { text: '1.49%', value: 0.014898 }],
        [{ text: 'Desktop' }, { text: '3.62%', value: 0.0362 }],
      ],
    },
    chart: {
      type: 'bars',
      rule: 'test',
      title: 'Conversion rate by device',
      subtitle: '25 Oct – 23 Nov 2026',
      altText:
        'Bar chart. Conversion rate by device, 25 Oct – 23 Nov 2026. Desktop 3.62%, mobile 1.49%. No day is missing in either period.',
      others: ['columns'],
      table: { columns: [], rows: [], truncated: false },
    },
    png,
    sql: "SELECT device_category, count(*) AS sessions\nFROM sessions\nWHERE dt BETWEEN '2026-10-25' AND '2026-11-23'\nGROUP BY 1",
    counted: ['Conversion rate = sessions with a valid order ÷ all sessions.'],
    notes: [],
    next: [
      { label: 'By channel', question: 'by channel' },
      { label: 'Over time', question: 'by day' },
    ],
    freshness: {
      completeTo: '2026-11-23',
      lastRun: '2026-11-24T13:02:00Z',
      partial: false,
      newestEventTime: '2026-11-24T12:47:00Z',
      dataVersion: 'v1',
    },
    price: { estimatedBytes: 41e6, scannedBytes: 41e6, usd: 0.0002, billed: false },
    ms: {},
    ...change,
  };
}

/** One number: a header and no table. */
export function numberAnswer(change: Partial<Answer> = {}): Answer {
  const {
    table: _,
    chart: __,
    png: ___,
    ...rest
  } = answer({
    headline: 'Revenue on Mon 23 Nov, up 2.5% on the Monday before',
    bigNumber: '€233,648.70',
    rows: [[233648.7]],
    ...change,
  });
  return rest;
}

export const clarify: Clarify = {
  kind: 'clarify',
  id: 'x',
  question: 'top products',
  reading: {
    kind: 'clarify',
    about: 'metric',
    question: 'Top products by what? The lists differ a lot, so I’d rather not guess.',
    choices: [
      { label: 'Item revenue', question: 'top 10 products by revenue' },
      { label: 'Units sold', question: 'top 10 products by units sold' },
    ],
  },
  ms: {},
};

export const decline: Decline = {
  kind: 'decline',
  id: 'x',
  question: 'what’s our ROAS',
  reading: { kind: 'decline', reason: 'no_ad_cost', subject: 'ROAS' },
  sentence: 'I can’t compute ROAS: there is no advertising cost in the data. The revenue half is here, so this comes nearest:',
  how: 'Ad costs can be added as a table of your own: an owner names it in glossary.yml, and ROAS becomes answerable.',
  nearest: { label: 'Revenue by paid campaign, last 28 days', question: 'revenue by campaign last 28 days' },
  ms: {},
};

export function refused(change: Partial<Refused> = {}): Refused {
  return {
    kind: 'refused',
    id: 'x',
    question: 'SELECT device_category, count(*)\nFROM sessions\nGROUP device_category',
    sql: 'SELECT device_category, count(*)\nFROM sessions\nGROUP device_category',
    code: 'syntax',
    sentence: 'Line 3, column 7: BY is missing after GROUP. Nothing ran and nothing was billed.',
    line: 3,
    column: 7,
    guard: {
      ok: false,
      code: 'syntax',
      line: 3,
      column: 7,
      message: 'Line 3, column 7: BY is missing after GROUP.',
      facts: { context: '  2 | FROM sessions\n  3 | GROUP device_category\n    |       ^ expected BY' },
    },
    scannedBytes: 0,
    ms: {},
    ...change,
  };
}

export const failed: Failed = {
  kind: 'failed',
  id: 'x',
  question: 'aov by country',
  reference: 'AS-7F3K2',
  sentence: 'I’m sorry, that went wrong on my side. The question is kept; reference AS-7F3K2.',
  ms: {},
};
