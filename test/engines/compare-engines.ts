import type { Cell, Warehouse } from '../../src/services/warehouse.ts';
import { checkSql } from '../../src/sql/guard.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import type { Said } from '../local/local-engine.ts';
import { judge, type TrinoAnswer } from '../local/trino-answer.ts';
import { askTrino } from './ask-trino.ts';

/** The two engines over the same tables. */
export interface BothEngines {
  readonly url: string;
  readonly warehouse: Warehouse;
  readonly catalog: Catalog;
  /** Trino's schema; `shop` unless told. */
  readonly schema?: string;
}

/** What came of the statements that both were asked. */
export interface Compared {
  /** Each that differs, with its statement and both answers. */
  readonly wrong: readonly string[];
  /** Equal answers, those among them that have rows, and those that have a number other than 0. */
  readonly equal: number;
  readonly filled: number;
  readonly counted: number;
}

type Query = readonly [sql: string, what: string];

/** Asks both engines every statement, two at a time. What the local engine refuses by name counts as neither. */
export async function compareEngines(engines: BothEngines, queries: readonly Query[]): Promise<Compared> {
  const wrong: string[] = [];
  const seen = { equal: 0, filled: 0, counted: 0 };
  await twoAtATime(queries, async ([sql, what]) => {
    const said = await askLocal(engines, sql);
    if (said.kind === 'unsupported_locally') return;
    const answer = await askTrino(engines.url, withoutSemicolon(sql), engines.schema);
    // Hive's own statements are Athena's, not Trino's.
    if (answer.error === 'SYNTAX_ERROR') return;
    const verdict = judge(settled({ ...numbered(answer), unordered: true }, said), said);
    if (verdict !== 'right') {
      wrong.push(`${verdict}: ${what}\n${sql}\n${answer.error ?? brief(answer.rows)}\n${brief(said)}`);
      return;
    }
    seen.equal++;
    if (said.kind !== 'rows' || said.rows.length === 0) return;
    seen.filled++;
    if (hasNumber(said.rows)) seen.counted++;
  });
  return { wrong, ...seen };
}

/** Two statements that a Trino must give the same rows for: pairs that differ, and equal ones with a number other than 0. */
export async function comparePairs(url: string, pairs: readonly Query[]): Promise<{ wrong: readonly string[]; counted: number }> {
  const wrong: string[] = [];
  let counted = 0;
  await twoAtATime(pairs, async ([one, other]) => {
    const [a, b] = [numbered(await askTrino(url, one)), numbered(await askTrino(url, other))];
    // A sum of counts may have another type than a count: only names and values are held.
    const said: Said = { kind: 'rows', names: a.columns ?? [], types: b.types ?? [], rows: a.rows ?? [] };
    if (a.error !== undefined || judge({ ...b, unordered: true }, said) !== 'right')
      wrong.push(`${one}\n${other}\n${a.error ?? brief(a.rows)}\n${b.error ?? brief(b.rows)}`);
    else if (hasNumber(a.rows ?? [])) counted++;
  });
  return { wrong, counted };
}

async function twoAtATime<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all([work(), work()]);
}

async function askLocal({ warehouse, catalog }: BothEngines, sql: string): Promise<Said> {
  const verdict = checkSql(sql, catalog);
  if (!verdict.ok) throw new Error(`${verdict.message}\n${sql}`);
  const end = await warehouse.run(verdict.sql, { rowLimit: 10_000, timeoutMs: 60_000 });
  if (end.kind !== 'rows') return { ...end, kind: end.code === 'unsupported_locally' ? 'unsupported_locally' : 'query_failed' };
  return { kind: 'rows', names: end.columns.map(({ name }) => name), types: end.columns.map(({ type }) => type), rows: end.rows };
}

/** The protocol gives decimals as texts, the warehouse as numbers. */
function numbered(answer: TrinoAnswer): TrinoAnswer {
  const rows = answer.rows?.map((row) =>
    row.map((value, index) => (/^decimal/.test(answer.types?.[index] ?? '') && value !== null ? Number(value) : value)),
  );
  return rows ? { ...answer, rows } : answer;
}

/** Percentiles are approximate, each engine in its own way: within a twentieth Trino's count as the local engine's. */
function settled(answer: TrinoAnswer, said: Said): TrinoAnswer {
  const names = [...answer.sql.matchAll(/approx_percentile\(.*\bAS (\w+),?$/gm)].map(([, name]) => name);
  if (names.length === 0 || said.kind !== 'rows' || !answer.rows) return answer;
  const isOne = (index: number) => names.includes(said.names[index]);
  const key = (row: readonly Cell[]) => JSON.stringify(row.filter((_, index) => !isOne(index)));
  const local = new Map(said.rows.map((row) => [key(row), row]));
  const rows = answer.rows.map((row) =>
    row.map((cell, index) => {
      const other = local.get(key(row))?.[index];
      const near = typeof cell === 'number' && typeof other === 'number' && Math.abs(cell - other) <= Math.abs(other) / 20;
      return near && isOne(index) ? other : cell;
    }),
  );
  return { ...answer, rows };
}

function hasNumber(rows: readonly (readonly Cell[])[]): boolean {
  return rows.flat().some((cell) => typeof cell === 'number' && cell !== 0);
}

function withoutSemicolon(sql: string): string {
  return sql.replace(/;\s*(--[^\n]*\s*)*$/, '');
}

function brief(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 400);
}
