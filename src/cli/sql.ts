import type { LineOptions, Statement } from '../answer/line.ts';
import type { House } from '../open-house.ts';
import type { Catalog } from '../sql/safe-sql.ts';
import { jsonLines } from './json-lines.ts';
import { openCliHouse } from './open-cli-house.ts';
import { outcomeJson } from './outcome-json.ts';
import { readCatalog } from './read-catalog.ts';
import { showOutcome } from './show-outcome.ts';
import type { Terminal } from './terminal.ts';
import { readApproval, readArguments, readNow, UsageFault } from './usage.ts';

const usage = 'sql "SELECT …" [--json] [--catalog FILE] [--approve USD] [--now ISO], or sql --jsonl < LINES';
const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  catalog: { type: 'string' },
  approve: { type: 'string' },
  now: { type: 'string' },
} as const;

/** `sql`: an engineer's Athena SQL through the guard to the engine. */
export async function runSql(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  if (!values.jsonl && positionals.length === 0) throw new UsageFault(`There is no SQL. Usage: ${usage}`);
  const now = readNow(values.now);
  const given = { noPicture: true, ...readApproval(values.approve) };
  const catalog = values.catalog ? readCatalog(values.catalog) : undefined;
  const house = openCliHouse(now, terminal);
  try {
    if (values.jsonl) return await runLines(house, terminal, catalog, given);
    const outcome = await house.line.sql(statement('q1', positionals.join(' '), house, catalog), given);
    terminal.out(values.json ? JSON.stringify(outcomeJson(outcome)) : showOutcome(outcome));
    return outcome.kind === 'answer' ? 0 : 1;
  } finally {
    await house.close();
  }
}

async function runLines(house: House, terminal: Terminal, catalog: Catalog | undefined, given: LineOptions): Promise<number> {
  const print = (value: object) => terminal.out(JSON.stringify(value));
  let worst = 0;
  for await (const { line, value, fault } of jsonLines(terminal.input)) {
    const id = typeof value?.id === 'string' || typeof value?.id === 'number' ? String(value.id) : String(line);
    if (!value || typeof value.sql !== 'string') {
      print({ id, kind: 'failed', code: 'bad_line', sentence: fault ?? `Line ${line} has no text under “sql”.` });
      worst = 1;
      continue;
    }
    const outcome = await house.line.sql(statement(id, value.sql, house, catalog), given);
    print(outcomeJson(outcome));
    if (outcome.kind !== 'answer') worst = 1;
  }
  return worst;
}

function statement(id: string, text: string, house: House, catalog: Catalog | undefined): Statement {
  return { id, text, askedAt: house.clock.now(), ...(catalog ? { catalog } : {}) };
}
