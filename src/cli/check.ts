import { readFileSync } from 'node:fs';
import { houseCatalog } from '../answer/house-catalog.ts';
import { readConfig } from '../config.ts';
import { GlossaryFault } from '../glossary/glossary-fault.ts';
import { loadGlossary } from '../glossary/load-glossary.ts';
import { type Guard, openGuard } from '../sql/open-guard.ts';
import type { Catalog, Verdict } from '../sql/safe-sql.ts';
import { jsonLines } from './json-lines.ts';
import { readCatalog } from './read-catalog.ts';
import type { Terminal } from './terminal.ts';
import { readArguments, UsageFault } from './usage.ts';

const usage = 'check "SELECT …" [--json] [--catalog FILE] [--scope syntax], or check --jsonl < LINES';
const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  catalog: { type: 'string' },
  scope: { type: 'string' },
} as const;

type Scope = 'policy' | 'syntax';

/** `check`: the guard alone, no engine. Exit 1 where a statement is refused. */
export async function runCheck(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  if (!values.jsonl && positionals.length === 0) throw new UsageFault(`There is no SQL. Usage: ${usage}`);
  const scope = readScope(values.scope);
  const catalog = values.catalog ? readCatalog(values.catalog) : ownCatalog(terminal);
  const guard = openGuard();
  try {
    if (values.jsonl) return await checkLines(guard, terminal, catalog, scope);
    const verdict = await guard.check(positionals.join(' '), catalog, { scope });
    if (!values.json) await sayTested(guard, terminal);
    const sentence = verdict.ok ? 'One read-only statement over allowed tables.' : verdict.message;
    terminal.out(values.json ? JSON.stringify(verdictJson('q1', verdict)) : sentence);
    return verdict.ok ? 0 : 1;
  } finally {
    await guard.close();
  }
}

/** How the guard stands, beside its verdict: to standard error, since only the verdict is the result. */
async function sayTested(guard: Guard, terminal: Terminal): Promise<void> {
  const { tried, passed } = await guard.selfTest();
  terminal.err(`Guard: tried on ${tried} attacks, ${passed === 0 ? 'none' : passed} passed.`);
}

async function checkLines(guard: Guard, terminal: Terminal, catalog: Catalog, standard: Scope): Promise<number> {
  const print = (value: object) => terminal.out(JSON.stringify(value));
  let worst = 0;
  for await (const { line, value, fault } of jsonLines(terminal.input)) {
    const id = typeof value?.id === 'string' || typeof value?.id === 'number' ? String(value.id) : String(line);
    if (!value || typeof value.sql !== 'string') {
      print({ id, ok: false, code: 'bad_line', message: fault ?? `Line ${line} has no text under “sql”.` });
      worst = 1;
      continue;
    }
    const scope = value.scope === undefined ? standard : readScope(String(value.scope));
    const verdict = await guard.check(value.sql, catalog, { scope });
    print(verdictJson(id, verdict));
    if (!verdict.ok) worst = 1;
  }
  return worst;
}

function verdictJson(id: string, verdict: Verdict): Record<string, unknown> {
  if (verdict.ok) return { id, ok: true, tables: verdict.sql.tables, columns: verdict.sql.columns };
  return { id, ok: false, code: verdict.code, message: verdict.message, line: verdict.line, column: verdict.column };
}

function readScope(text: string | undefined): Scope {
  if (text === undefined || text === 'policy') return 'policy';
  if (text === 'syntax') return 'syntax';
  throw new UsageFault(`--scope takes policy or syntax, not “${text}”.`);
}

function ownCatalog({ environment }: Terminal): Catalog {
  const { GLOSSARY } = readConfig(environment);
  const loaded = loadGlossary(readFileSync(GLOSSARY, 'utf8'));
  if (!loaded.ok) throw new GlossaryFault(`${GLOSSARY}: ${loaded.message}`);
  return houseCatalog(loaded.glossary);
}
