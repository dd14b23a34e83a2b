import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runVerb } from '../../src/cli/run-verb.ts';
import { openSampleShop } from '../../src/sample/sample-shop.ts';

const root = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'cli-'));
const now = '2026-11-24T09:30:00.000Z';
const environment = {
  PATH: process.env.PATH ?? '',
  RAW_DIR: join(scratch, 'raw'),
  DATA_DIR: join(scratch, 'data'),
  SHOP_TIME_ZONE: 'Europe/Berlin',
  SHOP_CURRENCY: 'EUR',
};

interface Ran {
  readonly code: number | null;
  readonly lines: Record<string, unknown>[];
  readonly out: string;
  readonly err: string;
}

/** The verb in this process, with settings, input and output handed in. */
async function run(args: readonly string[], input = '', more: Record<string, string> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runVerb(args[0], args.slice(1), {
    environment: { ...environment, ...more },
    input: Readable.from([input]),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return ran(code, out.join('\n'), err.join('\n'));
}

/** The verb as a person runs it: a process of its own. */
function runAlone(args: readonly string[], input = '', more: Record<string, string> = {}): Ran {
  const command = ['--import', './src/hooks.ts', 'src/cli.ts', ...args];
  const env = { ...environment, ...more };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, env, input, encoding: 'utf8' });
  return ran(status, stdout, stderr);
}

function ran(code: number | null, out: string, err: string): Ran {
  const lines = out.split('\n').filter((l) => l.startsWith('{'));
  return { code, lines: lines.map((l) => JSON.parse(l)), out, err };
}

beforeAll(async () => {
  await openSampleShop({
    rawDir: environment.RAW_DIR,
    seed: 3,
    zone: 'Europe/Berlin',
    clock: { now: () => now },
    days: 4,
    scale: 0.2,
  }).topUp();
  expect(runAlone(['refresh', '--json']).code).toBe(0);
}, 60_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the line from a terminal', () => {
  test('answers a conversation line by line, in order, and never mixes two threads', async () => {
    const questions = [
      { id: 'a', question: 'sessions by device last 3 days', thread: 't' },
      { id: 'b', question: 'sessions last 3 days', thread: 'u' },
      { id: 'c', question: 'only mobile', thread: 't' },
      { id: 'd', question: '' },
      { id: 'e', question: 'how much profit did we make' },
    ];
    const { lines, code } = runAlone(['ask', '--jsonl', '--now', now], questions.map((q) => JSON.stringify(q)).join('\n'));
    expect(lines.map((l) => [l.id, l.kind])).toEqual([
      ['a', 'answer'],
      ['b', 'answer'],
      ['c', 'answer'],
      ['d', 'clarify'],
      ['e', 'decline'],
    ]);
    const [a, b, c] = lines as { rows: [string, number][] }[];
    expect(a!.rows.reduce((n, [, sessions]) => n + sessions, 0)).toBe(b!.rows[0]![0]);
    expect(c!.rows.flat()).toContain(a!.rows.find(([device]) => device === 'mobile')![1]);
    expect(code).toBe(1);
  }, 60_000);

  test('leaves what it would ask a model, and answers from the replies that were put beside it', async () => {
    const recordings = join(scratch, 'recordings');
    const more = { MODEL: 'replay', MODEL_RECORDINGS: recordings };
    const questions = [
      { id: 'umsatz', question: 'wieviel umsatz frobnicated gestern' },
      { id: 'frobs', question: 'list the frobs of the last gizmos' },
    ];
    const input = questions.map((q) => JSON.stringify(q)).join('\n');
    const ask = async () => (await run(['ask', '--jsonl', '--now', now], input, more)).lines;
    const left = () => readdirSync(join(recordings, 'pending')).filter((name) => !existsSync(join(recordings, name)));
    const reply = (name: string, reading: object) => {
      const toolUse = { toolUseId: 'tooluse_1', name: 'reading', input: { reading } };
      const output = { message: { role: 'assistant', content: [{ toolUse }] } };
      const usage = { inputTokens: 9000, outputTokens: 90, totalTokens: 9090 };
      writeFileSync(join(recordings, name), JSON.stringify({ output, stopReason: 'tool_use', usage }));
    };
    const readRequest = (name: string) => JSON.parse(readFileSync(join(recordings, 'pending', name), 'utf8'));
    const sql =
      "SELECT search_term FROM events WHERE event_name = 'search' AND NOT is_bot AND dt >= '2026-11-20' ORDER BY 1 LIMIT 3";

    expect((await ask()).map((l) => l.kind)).toEqual(['decline', 'clarify']);
    const first = left();
    expect(first).toHaveLength(2);
    for (const name of first) {
      const isUmsatz = readRequest(name).messages[0].content[0].text.includes('umsatz');
      if (isUmsatz) reply(name, { kind: 'metric', metrics: ['revenue'], period: { type: 'ago', count: 1, unit: 'day' } });
      else reply(name, { kind: 'sql', sql: sql.replace('search_term', 'search_terms'), says: 'The searches.' });
    }

    // The guard refuses the SQL, and the request to mend it is left like the first.
    expect(await ask()).toMatchObject([{ kind: 'answer', columns: [{ name: 'revenue' }] }, { kind: 'clarify' }]);
    const [mend] = left();
    expect(JSON.stringify(readRequest(mend!).messages[2])).toContain('unknown_column, line 1, column 8');
    reply(mend!, { kind: 'sql', sql, says: 'The searches.' });

    const [umsatz, frobs] = await ask();
    expect(umsatz).toMatchObject({ kind: 'answer', model: { calls: 1, input_tokens: 9000, output_tokens: 90 } });
    expect(frobs).toMatchObject({ kind: 'answer', reading: { kind: 'sql', sql }, model: { calls: 2, input_tokens: 18_000 } });
    expect(frobs!.read_as).toBe('SQL written by a model: The searches.');
    expect(left()).toEqual([]);
  }, 120_000);

  test('tells a line that is no JSON from the others and goes on', async () => {
    const { lines } = await run(['sql', '--jsonl'], 'not json\n{"id":"x","sql":"SELECT 1 AS one"}\n{"id":"y"}\n');
    expect(lines.map((l) => [l.id, l.kind])).toEqual([
      ['1', 'failed'],
      ['x', 'answer'],
      ['y', 'failed'],
    ]);
    expect(lines[0]!.sentence).toBe('Line 1 is not a JSON object.');
  }, 60_000);

  test('refuses a write, and an unknown option is wrong usage', async () => {
    const { lines, code } = runAlone(['sql', '--json', 'DROP TABLE sessions']);
    expect(lines[0]).toMatchObject({ kind: 'refused', code: 'not_read_only' });
    expect(code).toBe(1);
    expect((await run(['sql', '--nonsense'])).code).toBe(2);
    expect(runAlone(['sing']).code).toBe(2);
    expect((await run(['bench', 'nothing'])).err).toContain('bench line|refresh|kill');
    expect((await run(['ask', '--now', 'yesterday', 'sessions'])).err).toContain('--now takes an ISO time');
  }, 60_000);

  test('shows a person sentence, table, reading and price', async () => {
    const { out, code } = await run(['ask', '--now', now, 'sessions by device last 3 days']);
    expect(code).toBe(0);
    expect(out).toMatch(/leads with/);
    expect(out).toMatch(/Read as: sessions by device · 21 – 23 Nov 2026 · Berlin time · without bots/);
    expect(out).toMatch(/on Athena under \$0\.01/);
  }, 60_000);

  test('draws the picture that is asked for', async () => {
    const file = join(scratch, 'chart.png');
    const { lines } = await run(['ask', '--json', '--chart', file, '--now', now, 'sessions by device last 3 days']);
    expect(lines[0]!.chart).toMatchObject({ type: 'bars', png: file });
  }, 60_000);

  test.each([
    [
      'a setting that is no zone',
      { SHOP_TIME_ZONE: 'Mars/Olympus' },
      /SHOP_TIME_ZONE is wrong: not a time zone such as Europe\/Berlin/,
    ],
    ['a glossary that is not there', { GLOSSARY: '/nowhere/glossary.yml' }, /can't be read\. Set GLOSSARY/],
  ])(
    'says %s in one sentence',
    async (_, more, sentence) => {
      const { code, err, out } = await run(['ask', 'sessions'], '', more);
      expect(code).toBe(1);
      expect(err + out).toMatch(sentence);
      expect(err).not.toMatch(/\n\s+at /);
    },
    60_000,
  );

  test('says where a broken glossary is broken', async () => {
    const file = join(scratch, 'glossary.yml');
    writeFileSync(file, 'catalog: a\ndatabase: b\ntables: [\n');
    expect((await run(['ask', 'sessions'], '', { GLOSSARY: file })).err).toMatch(
      /glossary\.yml: The glossary is not valid YAML: .* Line \d+\./,
    );
  }, 60_000);

  test('a raw folder that is not there fails the refresh in one sentence and changes nothing', async () => {
    const { code, lines } = runAlone(['refresh', '--json'], '', { RAW_DIR: join(scratch, 'nowhere') });
    expect(code).toBe(1);
    expect(lines[0]).toMatchObject({ status: 'failed', code: 'raw_missing' });
  }, 60_000);

  test('checks SQL against a catalog of one’s own', async () => {
    const file = join(scratch, 'catalog.json');
    writeFileSync(
      file,
      JSON.stringify({ default_database: 'shop', tables: { 'shop.visits': ['id', 'ip', 'dt'] }, blocked_columns: ['ip'] }),
    );
    const { lines } = await run(
      ['check', '--jsonl', '--catalog', file],
      '{"id":1,"sql":"SELECT id FROM visits"}\n{"id":2,"sql":"SELECT ip FROM visits"}\n{"id":3,"sql":"SELECT 1 FROM orders"}',
    );
    expect(lines.map((l) => [l.id, l.ok])).toEqual([
      ['1', true],
      ['2', false],
      ['3', false],
    ]);
  }, 60_000);

  test('the doctor finds everything in order', async () => {
    const { lines, code } = await run(['doctor', '--json']);
    expect(lines[0]).toMatchObject({ ok: true });
    expect(code).toBe(0);
  }, 60_000);
});
