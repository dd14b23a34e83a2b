import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { dashboardView } from '../../src/answer/dashboard-view.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { type DataReading, readingSchema } from '../../src/glossary/reading.ts';
import type { ResolvedPeriod } from '../../src/metrics/draft.ts';
import { answerFace } from '../../src/slack/blocks/answer-face.ts';
import { numberAnswer } from '../doors/answers.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const period: ResolvedPeriod = { from: '2026-11-01', to: '2026-11-23', partial: false, label: '' };
const view = (more: object, during: ResolvedPeriod = period) =>
  dashboardView(
    { reading: readingSchema.parse({ kind: 'metric', metrics: ['sessions'], ...more }) as DataReading, period: during },
    glossary,
  );
const aReading = readingSchema.parse({ kind: 'metric', metrics: ['sessions'] }) as DataReading;
const is = (dimension: string, ...values: string[]) => ({ dimension, op: 'is', values });

test('names values as the data hold them: sets are spelled out, the unknown has its own name', () => {
  const [groupId, group] = Object.entries(glossary.dimensions.country!.groups)[0]!;
  const found = view({ filters: [is('country', groupId, 'unknown'), is('device', 'mobile')] });
  expect(found).toMatchObject({ from: '2026-11-01', to: '2026-11-23' });
  expect(found?.only[0]?.values).toHaveLength(group.values.length + 1);
  expect(found?.only[0]?.values.at(-1)).toBe(glossary.dimensions.country!.unknown);
  expect(found?.only[1]?.dimension).toBe('device');
});

test.each([
  ['a filter that is no plain «is»', { filters: [{ dimension: 'page', op: 'contains', values: ['x'] }] }, period],
  ['two filters on one dimension', { filters: [is('device', 'mobile'), is('device', 'desktop')] }, period],
  ['bots', { bots: 'only' }, period],
  ['hours', {}, { ...period, fromTime: '2026-11-23T10:00:00Z' }],
])('is none for %s', (_, more, during) => {
  expect(view(more, during)).toBeUndefined();
});

test('a link opens from the ··· menu of an answer, and is not offered where there is none', () => {
  const options = (link?: string) => {
    const { blocks } = answerFace({ ...numberAnswer(), reading: aReading, ...(link ? { dashboard: link } : {}) }, { id: 'X' });
    return /"text":"Open in QuickSight"[^}]*\},"value":"dashboard:X","url":"([^"]*)"/.exec(JSON.stringify(blocks))?.[1];
  };
  expect(options('https://q.example/sn/dashboards/d#p.from=2026-11-01')).toBe(
    'https://q.example/sn/dashboards/d#p.from=2026-11-01',
  );
  expect(options()).toBeUndefined();
});
