import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { parseTrino } from '../../src/sql/parse-trino.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';
import { statementKind } from '../../src/sql/statement-kind.ts';
import { walkStatement } from '../../src/sql/walk-statement.ts';
import { type Place, placesOf, replaced, seeded } from './mutants.ts';
import { shopCatalog } from './shop-catalog.ts';

// A forbidden name is put into a random place of a valid query; whatever still is a query must be refused for it.
// `MUTANTS=20000` tries that many of each kind, over the public queries too where they are at hand (a minute or two).
const count = Number(process.env.MUTANTS ?? 45);

const folder = new URL('../fixtures/sql/allowed/', import.meta.url);
const own = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));

const TABLES = ['other.secret', '"Other" . secret', 'secret_one', 'other."secret"'];

const AS_EXPRESSION = ['(SELECT max(x) FROM @)', 'coalesce((SELECT 1 FROM @ LIMIT 1), 2)', 'ARRAY[(SELECT y FROM (@))][1]'];
const AS_PREDICATE = ['EXISTS (SELECT 1 FROM @)', '1 IN (TABLE @)', '1 = ALL (SELECT 1 FROM (VALUES 1) v, @)'];
const AS_TABLE = [
  '(@)',
  '@',
  '(sessions CROSS JOIN @)',
  '((sessions s1 JOIN (@) ON true))',
  'LATERAL (SELECT * FROM @)',
  '(WITH q AS (SELECT * FROM @) SELECT 1 AS z FROM q)',
  'UNNEST(ARRAY[(SELECT x FROM @)])',
];

test('no query with a hidden table passes', () => {
  const missed = mutants(own, 7, (place, pick) => {
    const table = pick(TABLES);
    const forms =
      place.kind === 'table' ? AS_TABLE : place.kind === 'expression' ? [...AS_EXPRESSION, ...AS_PREDICATE] : AS_EXPRESSION;
    return pick(forms).replace('@', table);
  }).filter((text) => checkSql(text, shopCatalog).ok);
  expect(missed).toEqual([]);
});

test('no query with a hidden column passes', () => {
  // Closed in each table by its full name only, so that nothing but the right table gives it away. A field of a row (of
  // UNNEST, of a lambda) is no column of a table, whatever its name.
  const missed = mutants(own, 11, columnPiece, 'column').filter(
    (text) => checkSql(text, everywhereClosed).ok && !/\b(i|item|user_ip)\./.test(text),
  );
  expect(missed).toEqual([]);
});

test('public queries show every table that is put into them', () => {
  const missed = mutants(
    publicQueries(),
    13,
    (place, pick) => {
      const forms = place.kind === 'table' ? AS_TABLE : AS_EXPRESSION;
      return pick(forms).replace('@', 'zz_other.zz_secret');
    },
    undefined,
    Math.ceil(count / 3),
  ).filter((text) => isRead(text) && !names(text).includes('zz_other.zz_secret'));
  expect(missed).toEqual([]);
});

const ipColumn = { name: 'hidden_ip', type: 'varchar' };
const everywhereClosed: Catalog = {
  ...shopCatalog,
  tables: Object.fromEntries(
    Object.entries(shopCatalog.tables).map(([name, facts]) => [name, { ...facts, columns: [...facts.columns, ipColumn] }]),
  ),
  blockedColumns: Object.keys(shopCatalog.tables).map((name) => `${name}.hidden_ip`),
};

function columnPiece(_: Place, pick: <Item>(items: readonly Item[]) => Item, before: string): string {
  const qualifier = before.includes('.') ? before.slice(0, before.lastIndexOf('.') + 1) : '';
  return pick([`${qualifier}hidden_ip`, `${qualifier}"HIDDEN_IP"`, 'hidden_ip', `lower(${qualifier}hidden_ip)`]);
}

type Piece = (place: Place, pick: <Item>(items: readonly Item[]) => Item, before: string) => string;

/** Valid statements that differ from a valid one in one place. */
function mutants(texts: readonly string[], seed: number, piece: Piece, only?: Place['kind'], wanted = count): readonly string[] {
  const random = seeded(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const found: string[] = [];
  const seen = new Map<string, readonly Place[]>();
  const places = (text: string): readonly Place[] => {
    const known = seen.get(text) ?? placesOf(text).filter((place) => !only || place.kind === only);
    seen.set(text, known);
    return known;
  };
  for (let tries = 0; found.length < wanted && tries < wanted * 8; tries++) {
    const text = pick(texts);
    if (places(text).length === 0) continue;
    const place = pick(places(text));
    const mutant = replaced(text, place, piece(place, pick, text.slice(place.from, place.to)));
    if (parseTrino(mutant).ok) found.push(mutant);
  }
  expect(found.length).toBeGreaterThan(wanted * 0.9);
  return found;
}

function isRead(text: string): boolean {
  const parse = parseTrino(text);
  return parse.ok && statementKind(parse.tree.statement()).kind !== 'fault';
}

function names(text: string): readonly string[] {
  const parse = parseTrino(text);
  const statement = parse.ok ? statementKind(parse.tree.statement()) : undefined;
  if (!statement || statement.kind === 'fault') return [];
  return walkStatement(statement, shopCatalog).walk.faults.map((fault) => fault.name);
}

function publicQueries(): readonly string[] {
  try {
    const lines = readFileSync(new URL('../../../shared/corpora/sql/read-only.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    return lines.map((line) => (JSON.parse(line) as { sql: string }).sql);
  } catch {
    return own;
  }
}
