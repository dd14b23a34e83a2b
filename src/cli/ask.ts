import { writeFileSync } from 'node:fs';
import type { LineOptions } from '../answer/line.ts';
import type { Answer, Outcome } from '../answer/stations.ts';
import type { Reading } from '../glossary/reading.ts';
import type { House } from '../open-house.ts';
import { jsonLines } from './json-lines.ts';
import { openCliHouse } from './open-cli-house.ts';
import { outcomeJson } from './outcome-json.ts';
import { showOutcome } from './show-outcome.ts';
import type { Terminal } from './terminal.ts';
import { readApproval, readArguments, readNow, UsageFault } from './usage.ts';

const usage = 'ask "QUESTION" [--json] [--chart FILE] [--approve USD] [--now ISO], or ask --jsonl < LINES';
const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  chart: { type: 'string' },
  approve: { type: 'string' },
  now: { type: 'string' },
} as const;

/** `ask`: reads and answers one question, or one a line; lines of the same thread are one conversation. */
export async function runAsk(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  const now = readNow(values.now);
  if (!values.jsonl && positionals.length === 0) throw new UsageFault(`There is no question. Usage: ${usage}`);
  const approval = readApproval(values.approve);
  const house = openCliHouse(now, terminal);
  try {
    return values.jsonl
      ? await askLines(house, terminal, now, approval)
      : await askOne(house, terminal, positionals.join(' '), { ...values, ...approval }, now);
  } finally {
    await house.close();
  }
}

async function askOne(
  house: House,
  terminal: Terminal,
  text: string,
  values: { json?: boolean | undefined; chart?: string | undefined; approvedUsd?: number },
  now: string | undefined,
): Promise<number> {
  const outcome = await house.line.ask(
    { id: 'q1', text, askedAt: now ?? house.clock.now() },
    { noPicture: values.chart === undefined, ...(values.approvedUsd === undefined ? {} : { approvedUsd: values.approvedUsd }) },
  );
  const png = outcome.kind === 'answer' && values.chart ? writeChart(outcome, values.chart, terminal) : undefined;
  terminal.out(values.json ? JSON.stringify(outcomeJson(outcome, png)) : showOutcome(outcome));
  return outcome.kind === 'answer' || outcome.kind === 'clarify' ? 0 : 1;
}

async function askLines(house: House, terminal: Terminal, now: string | undefined, approval: LineOptions): Promise<number> {
  const print = (value: object) => terminal.out(JSON.stringify(value));
  const threads = new Map<string, ThreadSoFar>();
  let worst = 0;
  for await (const { line, value, fault } of jsonLines(terminal.input)) {
    const id = typeof value?.id === 'string' || typeof value?.id === 'number' ? String(value.id) : String(line);
    if (!value || typeof value.question !== 'string') {
      print({ id, kind: 'failed', code: 'bad_line', sentence: fault ?? `Line ${line} has no text under “question”.` });
      worst = 1;
      continue;
    }
    const thread = typeof value.thread === 'string' ? value.thread : undefined;
    const askedAt = (typeof value.now === 'string' ? readNow(value.now) : undefined) ?? now ?? house.clock.now();
    const before = thread === undefined ? undefined : threads.get(thread);
    const outcome = await house.line.ask({ id, text: value.question, askedAt, ...before }, { noPicture: true, ...approval });
    if (thread !== undefined) remember(threads, thread, outcome);
    print(outcomeJson(outcome));
    if (outcome.kind !== 'answer' && outcome.kind !== 'clarify') worst = 1;
  }
  return worst;
}

interface ThreadSoFar {
  readonly last: Reading;
  readonly answered?: Reading;
}

/** What was asked back may be answered, or the thread goes on from what was answered before it. */
function remember(threads: Map<string, ThreadSoFar>, thread: string, outcome: Outcome): void {
  const read = outcome.kind === 'answer' ? (outcome.reading ?? outcome.modelSql) : undefined;
  if (read) threads.set(thread, { last: read, answered: read });
  if (outcome.kind === 'clarify') threads.set(thread, { ...threads.get(thread), last: outcome.reading });
}

function writeChart(answer: Answer, file: string, terminal: Terminal): string | undefined {
  if (!answer.png) {
    terminal.err('This answer has no picture.');
    return undefined;
  }
  writeFileSync(file, answer.png);
  return file;
}
