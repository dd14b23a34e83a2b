import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openLine } from '../../src/answer/answer.ts';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { openVerified } from '../../src/answer/open-verified.ts';
import { withVerified } from '../../src/answer/read-verified.ts';
import type { Answer } from '../../src/answer/stations.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { loadVerified } from '../../src/glossary/load-verified.ts';
import type { DataReading, SqlReading } from '../../src/glossary/reading.ts';
import { questionKey, type VerifiedQuestion } from '../../src/glossary/verified-question.ts';
import { openVerifiedFiles } from '../../src/open-verified-files.ts';
import { openReader } from '../../src/reading/read-question.ts';
import type { QueryEnd, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import { openMapMemory } from '../doors/map-memory.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;
const grammar = openReader(glossary);
const approved = { by: 'the data team', on: '2026-10-12' };
const askedAt = '2026-11-24T09:00:00.000Z';

const sessions: DataReading = {
  kind: 'metric',
  metrics: ['sessions'],
  dimensions: [],
  filters: [],
  having: [],
  period: { type: 'last', count: 7, unit: 'day' },
};
const searches: SqlReading = {
  kind: 'sql',
  sql: "SELECT search_term, count(*) AS searches FROM events WHERE dt BETWEEN '2026-11-01' AND '2026-11-07' GROUP BY 1",
  says: 'Searches by term, first week of November 2026.',
};
const health: VerifiedQuestion = { question: 'How healthy are we?', also: ['are we ok'], reading: sessions, approved };

const none = (): never => {
  throw new Error('Nothing may be asked of it.');
};

/** A line whose engine answers one row, over files and memory of verified questions. */
function house({ files = [] as readonly VerifiedQuestion[], memory = openMapMemory() } = {}) {
  const ran: string[] = [];
  const reports: unknown[] = [];
  const catalog = houseCatalog(glossary);
  const warehouse: Warehouse = {
    engine: 'athena',
    estimate: async () => ({ bytes: 2e6 }),
    explain: none,
    run: async (sql): Promise<QueryEnd> => {
      ran.push(sql.text);
      const columns = [{ name: 'sessions', type: 'bigint' }];
      return { kind: 'rows', columns, rows: [[7]], truncated: false, scannedBytes: 2e6, ms: 3, executionId: 'x' };
    },
    close: async () => {},
  };
  const verified = openVerified({ files, memory, glossary, report: (fault) => reports.push(fault) });
  const facts = { firstDay: '2026-01-01', lastDay: '2026-11-23', newestEventTime: null, lastRunAt: askedAt, dataVersion: 'v1' };
  const line = openLine({
    glossary,
    catalog,
    guard: { check: async (text) => checkSql(text, catalog) },
    warehouse,
    limits: { rowLimit: 10, timeoutMs: 1000, maxBytes: 1e10, approveUsd: 1 },
    reader: withVerified(grammar, verified, grammar),
    verified,
    facts: { of: async (freshness) => ({ ...freshness, seenEvents: [], values: {} }) },
    refresher: { freshness: async () => facts, pending: none, refresh: none },
    painter: { paint: none, warmUp: none, close: async () => {} },
    clock: { now: () => askedAt },
    zone: 'UTC',
    currency: 'EUR',
    billed: true,
    report: (fault) => {
      reports.push(fault);
      return 'AS-TEST';
    },
    onFault: none,
  });
  const ask = (text: string, last?: DataReading) => line.ask({ id: 'q', text, askedAt, ...(last ? { last } : {}) });
  return { line, ask, verified, memory, ran, reports };
}

describe('a verified question', () => {
  test('is read as approved, whatever its letter case, blanks and punctuation, and says who approved it', async () => {
    const { ask } = house({ files: [health] });
    for (const text of ['How healthy are we?', '  how  HEALTHY are we ', 'Are we OK?!'])
      expect(await ask(text)).toMatchObject({ kind: 'answer', reading: sessions, verified: approved });
    expect(await ask('how healthy are they')).not.toMatchObject({ kind: 'answer' });
  });

  test('gives way to a thread that its words change, and to nothing else', async () => {
    const files: VerifiedQuestion[] = [health, { question: 'only mobile', reading: sessions, approved }];
    const { ask } = house({ files });
    const reply = (await ask('only mobile', { ...sessions, metrics: ['orders'] })) as Answer;
    expect(reply.reading).toMatchObject({ metrics: ['orders'], filters: [{ dimension: 'device', values: ['mobile'] }] });
    expect(reply.verified).toBeUndefined();
    expect(await ask('how healthy are we', { ...sessions, metrics: ['orders'] })).toMatchObject({ verified: approved });
  });

  test('stays marked where its Reading is asked again, and no other Reading is marked by its words', async () => {
    const { line, verified } = house();
    await verified.approve({ question: 'how healthy are we', reading: sessions, approved });
    const question = { id: 'q', text: 'How healthy are we', askedAt };
    expect(await line.reading(sessions, question)).toMatchObject({ kind: 'answer', verified: approved });
    expect(await line.reading({ ...sessions, metrics: ['orders'] }, question)).not.toHaveProperty('verified');
  });

  test('may be SQL: it goes through the guard as it stands, and its fixed days are told', async () => {
    const { line, ask, ran } = house({
      files: [
        { question: 'november searches', reading: searches, approved },
        { question: 'clean up', reading: { kind: 'sql', sql: 'DROP TABLE events', says: 'Nothing.' }, approved },
      ],
    });
    const outcome = await ask('november searches');
    expect(outcome).toMatchObject({ kind: 'answer', readAs: searches.says, verified: approved });
    expect((outcome as Answer).marks[0]?.title).toBe('The days stand in the SQL: from 2026-11-01 to 2026-11-07.');
    expect(outcome).not.toHaveProperty('modelSql');
    expect(ran).toEqual([searches.sql]);
    const told: unknown[] = [];
    await line.ask({ id: 'q', text: 'november searches', askedAt }, { onState: (state) => told.push(state) });
    expect(told.slice(0, 3)).toMatchObject([{ state: 'reading' }, { state: 'read', reading: searches }, { state: 'checked' }]);
    expect(await ask('clean up')).toMatchObject({ kind: 'refused', code: 'not_read_only' });
    expect(ran).toHaveLength(2);
  });

  test('that was approved before is not approved over, and what is taken back is read by the others again', async () => {
    const { ask, verified } = house({ files: [health] });
    expect(await verified.approve({ ...health, question: 'ARE WE OK' })).toEqual(health);
    expect(await verified.approve({ question: 'what about mood', reading: sessions, approved })).toBeUndefined();
    expect(await verified.approve({ question: 'What about mood?', reading: searches, approved })).toMatchObject({ approved });
    const key = (await verified.list()).find(({ question }) => question === 'what about mood')?.key;
    expect(await ask('What about mood?')).toMatchObject({ reading: sessions });
    await verified.withdraw(key!);
    expect(await ask('What about mood?')).not.toMatchObject({ reading: sessions });
  });

  test('whose ids the glossary has lost is not used, and the log says so', async () => {
    const { ask, verified, memory, reports } = house();
    const gone = { question: 'old things', reading: { ...sessions, metrics: ['mood_index'] }, approved };
    await verified.approve(gone as VerifiedQuestion);
    expect(await memory.list('verified')).toHaveLength(1);
    expect(await ask('old things')).not.toMatchObject({ kind: 'answer' });
    expect(String(reports[0])).toContain('no metric mood_index');
    expect(await verified.list()).toEqual([]);
  });

  test('that was kept before the form of readings grew is read in today’s form', async () => {
    const { line, verified, memory } = house();
    await verified.approve({ question: 'how healthy are we', reading: sessions, approved });
    const { id, value } = (await memory.list<VerifiedQuestion>('verified'))[0]!;
    const { filters: _, ...older } = value.reading as DataReading;
    await memory.put('verified', id, { ...value, reading: older });
    expect(await line.ask({ id: 'q', text: 'How healthy are we', askedAt })).toMatchObject({ kind: 'answer', reading: sessions });
  });

  test('is never passed over by a memory that can’t be read: that is an apology', async () => {
    const memory = { ...openMapMemory(), get: () => Promise.reject(new Error('throttled')) };
    expect(await house({ memory }).ask('sessions last 7 days')).toMatchObject({ kind: 'failed', reference: 'AS-TEST' });
  });
});

test.each([
  ['CR by device?', 'cr  by DEVICE', true],
  ['what’s up: sales…', 'whats up sales', true],
  ['pdp – cart', 'pdp - cart', true],
  ['price > 1.5', 'price > 15', false],
  ['country != de', 'country = de', false],
  ['a > b', 'a < b', false],
  ['orders (de or at) and mobile', 'orders de or (at and mobile)', false],
])('«%s» and «%s» are the same question: %s', (one, other, same) => {
  expect(questionKey(one) === questionKey(other)).toBe(same);
});

describe('a file of prompts/verified', () => {
  const head = 'question: How healthy are we?\napproved: { by: the data team, on: 2026-10-12 }\n';
  const reading = 'reading: { kind: metric, metrics: [sessions] }\n';

  test('holds a question with its Reading or its SQL', () => {
    expect(loadVerified(head + reading, glossary)).toMatchObject({
      ok: true,
      verified: { question: 'How healthy are we?', reading: { kind: 'metric', metrics: ['sessions'] }, approved },
    });
    expect(loadVerified(`${head}sql: SELECT 1\nsays: One.\n`, glossary)).toMatchObject({
      verified: { reading: { kind: 'sql', sql: 'SELECT 1', says: 'One.' } },
    });
  });

  test.each([
    ['question: [', 'not valid YAML'],
    [reading, 'fault at question'],
    [head, 'either a reading or sql'],
    [`${head + reading}sql: SELECT 1\nsays: One.\n`, 'not both'],
    [`${head}sql: SELECT 1\n`, 'sql needs says'],
    [head.replace('2026-10-12', 'monday') + reading, 'not a day such as 2026-10-12'],
    [`question: "?!"\n${head.split('\n')[1]}\n${reading}`, 'a question needs words'],
    [`${head}reading: { kind: metric, metrics: [mood_index] }\n`, 'no metric mood_index'],
    [`${head}reading: { kind: decline, reason: no_data, subject: x }\n`, 'kind metric or funnel'],
    [`${head + reading}approve: yes\n`, 'fault at its top'],
  ])('with a fault says which: %j', (text, words) => {
    const end = loadVerified(text, glossary);
    expect(end).toMatchObject({ ok: false });
    expect(end.ok || end.message).toContain(words);
  });

  const folder = mkdtempSync(join(tmpdir(), 'verified-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is named in its fault, and two files can’t approve the same words', () => {
    expect(openVerifiedFiles(join(folder, 'absent'), glossary)).toEqual({ ok: true, questions: [] });
    writeFileSync(join(folder, 'a.yml'), head + reading);
    writeFileSync(join(folder, 'README.md'), 'not a question');
    expect(openVerifiedFiles(folder, glossary)).toMatchObject({ ok: true, questions: [{ question: 'How healthy are we?' }] });
    writeFileSync(join(folder, 'b.yml'), head.replace('How healthy are we?', 'how HEALTHY are we') + reading);
    const twice = openVerifiedFiles(folder, glossary);
    expect(twice.ok || twice.message).toMatch(/b\.yml: “how HEALTHY are we” is approved in a\.yml already/);
  });

  test('of this repository can be used as it is', () => {
    const read = openVerifiedFiles(new URL('../../prompts/verified', import.meta.url).pathname, glossary);
    expect(read).toMatchObject({ ok: true });
  });
});
