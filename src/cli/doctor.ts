import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { monthOf, sayBudget, sayByKind, sayByPerson, sayLimit } from '../answer/words/say-spending.ts';
import { listPrice } from '../aws/model-price.ts';
import { type House, openBudgets } from '../open-house.ts';
import { MemoryFault, openLocalMemory } from '../open-local-memory.ts';
import type { Memory } from '../services/memory.ts';
import type { SpendingReport, Spendings } from '../services/spending.ts';
import { openCliHouse, reportTo } from './open-cli-house.ts';
import type { Terminal } from './terminal.ts';
import { readArguments } from './usage.ts';

const usage = 'doctor [--json]';
const options = { json: { type: 'boolean' } } as const;

export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** What was seen; for a fault also what to do. */
  readonly text: string;
}

/** `doctor`: looks at configuration, guard, engine, data and Slack, and says what to do about each fault. Exit 1 where there is one. */
export async function runDoctor(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = readArguments(args, options, usage);
  const house = openCliHouse(undefined, terminal);
  try {
    const findings = await examine(house);
    if (values.json) terminal.out(JSON.stringify({ ok: findings.every((f) => f.ok), findings }));
    else for (const f of findings) terminal.out(`${f.ok ? 'ok   ' : 'FAULT'} ${f.what}: ${f.text}`);
    return findings.every((f) => f.ok) ? 0 : 1;
  } finally {
    await house.close();
  }
}

/** Every check, each ending in words and never in an exception. */
export async function examine(house: House): Promise<Finding[]> {
  const checks: [string, () => Promise<Omit<Finding, 'what'>> | Omit<Finding, 'what'>][] = [
    [
      'Configuration',
      () => ({
        ok: true,
        text: `glossary ${house.config.GLOSSARY}, zone ${house.config.SHOP_TIME_ZONE}, currency ${house.config.SHOP_CURRENCY}`,
      }),
    ],
    ['Data folder', () => dataFolder(house)],
    ['Raw files', () => rawFiles(house)],
    ['Guard', () => guard(house)],
    ['Engine', () => engine(house)],
    ['Data', () => data(house)],
    ['Cost', () => cost(house)],
    ['Model', () => model(house)],
    ['Verified questions', () => verifiedQuestions(house)],
    ['Slack', () => slack(house)],
  ];
  const findings: Finding[] = [];
  for (const [what, look] of checks) {
    try {
      findings.push({ what, ...(await look()) });
    } catch {
      findings.push({ what, ok: false, text: 'could not be examined; start with LOG_LEVEL=debug and look at the log' });
    }
  }
  return findings;
}

function dataFolder({ config }: House) {
  const folder = resolve(config.DATA_DIR);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return { ok: true, text: `${config.DATA_DIR} can be written` };
  } catch {
    return { ok: false, text: `${config.DATA_DIR} can't be written; set DATA_DIR to a folder that can` };
  }
}

async function rawFiles({ rawDir, config, refresher }: House) {
  if (!existsSync(rawDir))
    return {
      ok: config.RAW_DIR === undefined,
      text: config.RAW_DIR
        ? `${config.RAW_DIR} is not there; set RAW_DIR to the folder of the raw files`
        : 'no sample shop yet; npm start makes it',
    };
  const { files } = await refresher.pending();
  return { ok: true, text: files === 0 ? 'all read' : `${files.toLocaleString('en')} files wait; npm run refresh reads them` };
}

async function guard({ guard: own }: House) {
  const { tried, passed } = await own.selfTest();
  return {
    ok: passed === 0,
    text:
      passed === 0
        ? `${tried} attacks tried, none passed`
        : `${passed} of ${tried} attacks passed; do not open the app to anybody`,
  };
}

async function engine({ line, clock }: House) {
  const outcome = await line.sql(
    { id: 'doctor', text: 'SELECT 1 / 2 AS half, 1 AS one', askedAt: clock.now() },
    { noPicture: true },
  );
  const right = outcome.kind === 'answer' && outcome.rows[0]?.[0] === 0 && outcome.rows[0]?.[1] === 1;
  return {
    ok: right,
    text: right
      ? 'answers, and divides as Athena does'
      : `does not answer${'sentence' in outcome ? `: ${outcome.sentence}` : ''}`,
  };
}

async function data({ refresher }: House) {
  const f = await refresher.freshness();
  if (!f.lastDay) return { ok: false, text: 'the tables are empty; npm run refresh fills them' };
  return { ok: true, text: `${f.firstDay} to ${f.lastDay}, newest event ${f.newestEventTime}, last run ${f.lastRunAt}` };
}

/** From the stored counters; locally the app that runs may hold them. */
async function cost(house: House) {
  const { config } = house;
  if (house.spending) return { ok: true, text: costWords(await house.spending.report()) };
  if (!existsSync(join(config.DATA_DIR, 'memory'))) return { ok: true, text: 'nothing was asked yet' };
  let memory: Memory;
  try {
    memory = await openLocalMemory(config.DATA_DIR, house.clock);
  } catch (fault) {
    if (fault instanceof MemoryFault) return { ok: true, text: 'the app that runs keeps the counters; its Home tab shows them' };
    throw fault;
  }
  try {
    const report = await openBudgets(config, { memory, clock: house.clock, report: reportTo(() => {}) }).report();
    return { ok: true, text: `${costWords(report)}; at Athena’s list price, nothing is billed here` };
  } finally {
    await memory.close();
  }
}

function costWords(report: SpendingReport): string {
  const { today, month, limits } = report;
  const part = (spent: Spendings) => `${sayByKind(spent)}; ${sayByPerson(spent, (who) => who, 10)}`;
  const own = limits.person === undefined ? 'no budget a person' : `${sayLimit(limits.person)} a person`;
  const ofMonth = `${monthOf(report)} ${sayBudget(month.total.usd, limits.month)} (${part(month)})`;
  return `today ${sayBudget(today.total.usd, limits.workspace)}, ${own} (${part(today)}); ${ofMonth}`;
}

/** A model whose price nobody knows is outside of the budgets: that must not be found on a bill. */
function model({ config: { MODEL, AWS_BEDROCK_MODEL: id = '', AWS_BEDROCK_USD: own } }: House) {
  if (MODEL !== 'bedrock') return { ok: true, text: MODEL === 'none' ? 'none' : 'recordings; nothing is billed' };
  const isKnown = (own ?? listPrice(id)) !== undefined;
  const price = !isKnown
    ? 'its price isn’t known, so its calls count in no budget; set AWS_BEDROCK_USD to it'
    : 'its calls are taken from the budgets';
  return { ok: isKnown, text: `${id}; ${price}` };
}

/** SQL that was approved is held to the guard as it is now. */
async function verifiedQuestions({ verified, guard: own, catalog }: House) {
  const all = await verified.list();
  const faults: string[] = [];
  for (const { question, reading } of all) {
    const verdict = reading.kind === 'sql' ? await own.check(reading.sql, catalog) : undefined;
    if (verdict && !verdict.ok) faults.push(`“${question}”: ${verdict.message}`);
  }
  if (faults.length > 0) return { ok: false, text: `the guard refuses the SQL of ${faults.join(' ')} Mend or take back` };
  return { ok: true, text: all.length === 0 ? 'none' : `${all.length.toLocaleString('en')}, all of them can be used` };
}

function slack({ config }: House) {
  if (!config.SLACK_BOT_TOKEN) return { ok: true, text: 'no token: npm start opens the playground' };
  if (!config.SLACK_APP_TOKEN && !config.SLACK_SIGNING_SECRET)
    return {
      ok: false,
      text: 'SLACK_BOT_TOKEN alone is not enough; set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)',
    };
  return { ok: true, text: config.SLACK_APP_TOKEN ? 'Socket Mode' : 'HTTP, signed' };
}
