import type { QueryRefusal, QueryResult, ResultColumn } from '../services/warehouse.ts';
import type { SafeSql, TableFacts } from '../sql/safe-sql.ts';

type Answer = Pick<QueryResult, 'kind' | 'columns' | 'rows' | 'truncated'>;

/**
 * SHOW and DESCRIBE answered from the catalog in Athena's form, EXPLAIN refused by name (its plan would be another
 * engine's); undefined for a query.
 */
export function answerFromCatalog(sql: SafeSql, rowLimit: number): Answer | QueryRefusal | undefined {
  if (sql.kind === 'query') return undefined;
  if (sql.kind === 'explain') return unsupported('EXPLAIN');
  const words = sql.text.trim().toUpperCase().split(/\s+/);
  const table = sql.tables[0];
  const facts = table === undefined ? undefined : sql.catalog.tables[table];
  if (facts && (words[0] === 'DESCRIBE' || words[0] === 'DESC' || words[1] === 'COLUMNS')) {
    return words[1] === 'COLUMNS' && sql.kind === 'show'
      ? rows(
          [['field', 'varchar']],
          facts.columns.map((column) => [column.name]),
          rowLimit,
        )
      : describe(facts, rowLimit);
  }
  if (words[1] === 'TABLES' && words.length <= 4) {
    const names = Object.keys(sql.catalog.tables).map((name) => [name.split('.')[1] ?? name]);
    return rows([['tab_name', 'varchar']], names.sort(), rowLimit);
  }
  if ((words[1] === 'DATABASES' || words[1] === 'SCHEMAS') && words.length === 2) {
    const names = [...new Set(Object.keys(sql.catalog.tables).map((name) => name.split('.')[0] ?? name))].map((name) => [name]);
    return rows([['database_name', 'varchar']], names.sort(), rowLimit);
  }
  return unsupported(words.slice(0, 2).join(' '));
}

function describe(facts: TableFacts, rowLimit: number): Answer {
  const plain = facts.columns.map((column) => [column.name, column.type, '']);
  return rows(
    [
      ['col_name', 'varchar'],
      ['data_type', 'varchar'],
      ['comment', 'varchar'],
    ],
    plain,
    rowLimit,
  );
}

function rows(columns: readonly (readonly [string, string])[], values: readonly (readonly string[])[], rowLimit: number): Answer {
  const list: ResultColumn[] = columns.map(([name, type]) => ({ name, type }));
  return { kind: 'rows', columns: list, rows: values.slice(0, rowLimit), truncated: values.length > rowLimit };
}

function unsupported(construct: string): QueryRefusal {
  return {
    kind: 'refusal',
    code: 'unsupported_locally',
    construct,
    message: `${construct} works on Athena, not on the local engine.`,
    scannedBytes: 0,
  };
}
