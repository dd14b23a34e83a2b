import type { ParserRuleContext } from 'antlr4ng';
import { Token } from 'antlr4ng';
import { TableFunctionCallContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import { advise } from './advise.ts';
import { allowedTables } from './allowed-tables.ts';
import { placeOf } from './names.ts';
import { parseTrino, type TrinoParse } from './parse-trino.ts';
import { partitionBounds } from './partition-result.ts';
import { type Grounds, type RefusalCode, refusalMessage } from './refusals.ts';
import type { Catalog, GuardRefusal, SafeSql, Verdict } from './safe-sql.ts';
import { secondReaderFault } from './second-reader.ts';
import { outputNames, topLimit, unitOffset } from './statement-end.ts';
import { type KindFault, type StatementKind, statementKind } from './statement-kind.ts';
import { syntaxGrounds, verbGrounds } from './syntax-grounds.ts';
import { textContext } from './text-context.ts';
import { textFault } from './text-gate.ts';
import { findNode } from './tree.ts';
import { utilityFault, utilityStatement, utilityTables, withoutAnalyzeOptions } from './utility-statement.ts';
import { walkStatement } from './walk-statement.ts';
import { WRITE_VERBS } from './write-verbs.ts';

/** What to ask of a text: the whole policy, or only «one read-only statement, yes or no», whatever tables it names. */
export interface CheckOptions {
  readonly scope?: 'policy' | 'syntax';
}

/**
 * Decides whether a text is one read-only Athena statement over the tables of a catalog. The only place that makes a
 * SafeSql. Never throws for a text, but has no time limit: what people send belongs into `openGuard`.
 */
export function checkSql(text: string, catalog: Catalog, options: CheckOptions = {}): Verdict {
  try {
    return check(text, catalog, options);
  } catch (cause) {
    // The only way to fill the stack is a text that nests, if only as a chain of ten thousand operators.
    if (cause instanceof RangeError) return refusal(text, [{ code: 'too_deep', line: 1, column: 1, name: '' }]);
    throw cause;
  }
}

/** Makes a SafeSql again out of one that crossed a thread as plain data. */
export function revive(verdict: Verdict, catalog: Catalog): Verdict {
  return verdict.ok ? pass({ ...verdict.sql, catalog }) : verdict;
}

function check(text: string, catalog: Catalog, options: CheckOptions): Verdict {
  const early = textFault(text) ?? verbGrounds(text);
  if (early) return refusal(text, [early]);
  const anyTable = options.scope === 'syntax';
  const utility = utilityStatement(text);
  if (utility) {
    const fault = anyTable ? undefined : utilityFault(text, utility, catalog);
    if (fault) return refusal(text, [fault]);
    return pass({
      ...PLAIN,
      text: utility.text,
      kind: utility.kind,
      tables: anyTable ? [] : utilityTables(utility, catalog),
      catalog,
    });
  }
  const parse = parseTrino(withoutAnalyzeOptions(text));
  if (!parse.ok) return refusal(text, [syntaxGrounds(parse)]);
  const statement = statementKind(parse.tree.statement());
  if (statement.kind === 'fault') return refusal(text, [kindGrounds(statement)]);
  const body = statementText(text, parse);
  if (!anyTable) return checkPolicy(text, body, statement, catalog);
  const called = findNode(parse.tree, (node) => node instanceof TableFunctionCallContext);
  if (called) return refusal(text, [{ code: 'table_function', ...placeOf(called), name: called.functionName().getText() }]);
  return pass({ ...PLAIN, text: body, kind: statement.kind, catalog });
}

const PLAIN = { tables: [], columns: [], partitions: [], outputColumns: [], advice: [] };

function pass(facts: Omit<SafeSql, keyof { [Key in keyof SafeSql as Key extends symbol ? Key : never]: 0 }>): Verdict {
  return { ok: true, sql: facts as SafeSql };
}

function checkPolicy(text: string, body: string, statement: StatementKind, catalog: Catalog): Verdict {
  if (statement.listsAll) return refusal(text, [listsAll(statement, catalog)]);
  const walked = walkStatement(statement, catalog);
  const faults = sorted(walked.walk.faults);
  if (faults.length > 0) return refusal(text, faults);
  const veto = secondReaderFault(body, walked.walk);
  if (veto) return refusal(text, [veto]);
  const { walk, output } = walked;
  const limit = topLimit(statement.query);
  return pass({
    text: body,
    kind: statement.kind,
    tables: [...walk.tables],
    columns: [...walk.columns],
    partitions: partitionBounds(walk),
    ...(limit === undefined ? {} : { limit }),
    outputColumns: statement.kind === 'query' ? outputNames(output) : [],
    advice: advise(body, statement, walk),
    catalog,
  });
}

function kindGrounds({ code, node }: KindFault): Grounds {
  const verb = (node.start?.text ?? '').toUpperCase();
  const known = WRITE_VERBS.get(verb);
  const name = known ? verb : firstWords(node);
  return { code, ...placeOf(node), name, facts: { verb, ...known } };
}

function firstWords(node: ParserRuleContext): string {
  return [node.getChild(0)?.getText() ?? '', node.getChild(1)?.getText() ?? ''].join(' ').slice(0, 40).toUpperCase();
}

function listsAll({ node }: StatementKind, catalog: Catalog): Grounds {
  return { code: 'lists_all', ...placeOf(node), name: firstWords(node), facts: { tables: allowedTables(catalog).names } };
}

/** Tables before columns, each in the order of the text, each thing once. */
function sorted(faults: readonly Grounds[]): Grounds[] {
  const rank = (code: RefusalCode): number => ORDER.indexOf(code);
  const seen = new Set<string>();
  return faults
    .toSorted((one, other) => rank(one.code) - rank(other.code) || one.line! - other.line! || one.column! - other.column!)
    .filter(({ code, name }) => !seen.has(`${code} ${name}`) && seen.add(`${code} ${name}`));
}

const ORDER: readonly RefusalCode[] = [
  'table_not_allowed',
  'other_catalog',
  'system_table',
  'table_function',
  'function_not_allowed',
  'column_not_allowed',
  'natural_join',
  'parameter',
  'unknown_column',
  'not_understood',
];

function refusal(text: string, faults: readonly Grounds[]): GuardRefusal {
  const first = faults[0]!;
  const place = first.line === undefined ? {} : { line: first.line, column: first.column! };
  const note =
    first.code === 'syntax' && list(first.facts?.expected).length === 1 ? `expected ${list(first.facts?.expected)[0]}` : '';
  const context = first.line === undefined ? {} : { context: textContext(text, first.line, first.column!, note) };
  const facts = { name: first.name, ...first.facts, ...context };
  const all = faults.slice(0, 50).map(({ code, line = 1, column = 1, name }) => ({ code, line, column, name }));
  return { ok: false, code: first.code, ...place, message: refusalMessage(faults), facts, ...(faults.length > 1 ? { all } : {}) };
}

function list(value: GuardRefusal['facts'][string] | undefined): readonly string[] {
  return typeof value === 'object' ? value : [];
}

/** The statement as written, without its semicolon and what follows it. */
function statementText(text: string, parse: TrinoParse): string {
  const last = parse.tokens.findLast((token) => token.type !== Token.EOF);
  return last?.text === ';' ? text.slice(0, unitOffset(text, last.start)).trimEnd() : text;
}
