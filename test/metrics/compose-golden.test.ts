import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { checkSql } from '../../src/sql/guard.ts';
import { GOLDEN } from './golden-readings.ts';
import { CATALOG, draft } from './readings.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/metrics/', import.meta.url));
/** `UPDATE_GOLDEN=1` writes the files anew; read the difference before you keep it. */
const UPDATE = process.env.UPDATE_GOLDEN === '1';

describe('the SQL of a reading is what was read and kept', () => {
  test.each(Object.keys(GOLDEN))('%s', (name) => {
    const { sql, asides } = draft(GOLDEN[name]!);
    const text = [
      `-- ${JSON.stringify(GOLDEN[name])}`,
      sql,
      ...asides.map((aside) => `-- aside: ${aside.id}\n${aside.sql}`),
    ].join('\n');
    const file = `${FOLDER}${name}.sql`;
    if (UPDATE || !existsSync(file)) {
      if (!UPDATE) throw new Error(`${name}.sql is missing: run with UPDATE_GOLDEN=1 and read it.`);
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, `${text}\n`);
    }
    expect(`${text}\n`).toBe(readFileSync(file, 'utf8'));
  });

  test('no file is left of a reading that is gone', () => {
    expect(
      readdirSync(FOLDER)
        .map((file) => file.replace('.sql', ''))
        .sort(),
    ).toEqual(Object.keys(GOLDEN).sort());
  });
});

describe('the guard lets composed SQL pass and finds its days', () => {
  test.each(Object.keys(GOLDEN))('%s', (name) => {
    const { sql, asides, columns } = draft(GOLDEN[name]!);
    for (const text of [sql, ...asides.map((aside) => aside.sql)]) {
      const verdict = checkSql(text, CATALOG);
      if (!verdict.ok) throw new Error(`${verdict.message}\n${text}`);
      expect(verdict.sql.advice.filter(({ code }) => code !== 'approximate')).toEqual([]);
      const partitioned = verdict.sql.tables.filter((table) => CATALOG.tables[table]!.partitionColumns.length > 0);
      const bounded = verdict.sql.partitions
        .filter(({ from, to }) => from !== undefined && to !== undefined)
        .map(({ table }) => table);
      expect(partitioned.filter((table) => !bounded.includes(table))).toEqual([]);
      if (text === sql) expect(verdict.sql.outputColumns).toEqual(columns.map((column) => column.name));
    }
  });
});
