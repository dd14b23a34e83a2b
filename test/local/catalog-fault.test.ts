import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { catalogFault } from '../../src/local/catalog-fault.ts';
import type { Catalog } from '../../src/sql/safe-sql.ts';

const houseText = readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8');

function catalogOf(type: string, location?: string): Catalog {
  const table = { columns: [{ name: 'cost', type }], partitionColumns: [], ...(location ? { location } : {}) };
  return { defaultCatalog: 'awsdatacatalog', defaultDatabase: 'own', blockedColumns: [], tables: { 'own.ads': table } };
}

describe('the types of a catalog', () => {
  test.each([
    ['intger', 'integer'],
    ['varchr', 'varchar'],
    ['big int', 'undefined'],
    ['varchar(', 'varchar'],
    ['varchar(10', 'varchar(10)'],
    ['decimal(10,2', 'decimal(10,2)'],
    ['decimal(10.2)', 'decimal'],
    ['decimal(50,2)', 'decimal'],
    ['decimal(5,9)', 'decimal'],
    ['array<strng>', 'array<string>'],
    ['array(varchr', 'array(varchar)'],
    ['map(varchar)', 'undefined'],
    ['map(varchar, bigint, bigint)', 'undefined'],
    ['struct<a:itneger>', 'struct<a:integer>'],
    ['timestamp(3) with tyme zone', 'timestamp(3) with time zone'],
    ['bigint;', 'undefined'],
    ['bigint(5)', 'bigint'],
    ['timestamp(13)', 'timestamp'],
    ['', 'undefined'],
    ['datetime', 'undefined'],
    ['interval day', 'undefined'],
  ])('%j is refused, and %s is offered', (type, offered) => {
    const mend =
      offered === 'undefined' ? 'Write it as in Athena, such as decimal(12,2) or array(varchar).' : `Did you mean ${offered}?`;
    expect(catalogFault(catalogOf(type))).toBe(
      `gives column cost of own.ads the type “${type}”, which Athena does not have. ${mend}`,
    );
  });

  test.each([
    'unknown',
    'INT',
    'string',
    'float',
    'binary',
    'decimal',
    'Decimal( 12 , 2 )',
    'varchar(255)',
    'char(3)',
    'timestamp',
    'timestamp(6)',
    'timestamp(3) with time zone',
    'interval day to second',
    'interval year to month',
    'array<array<bigint>>',
    'map<string,array<struct<id:string,qty:int>>>',
    'row("two words" varchar, n decimal(3,1))',
    'array(row(bigint, varchar(5)))',
  ])('%s is taken', (type) => {
    expect(catalogFault(catalogOf(type))).toBeUndefined();
  });

  test('the house’s own are all types of Athena', () => {
    expect(catalogFault(houseOf(houseText))).toBeUndefined();
  });
});

test('a folder that is not there is named with its table, unless the folders of this machine do not count', () => {
  const gone = catalogOf('bigint', '/nowhere/ads');
  expect(catalogFault(gone)).toBe('names a folder for own.ads that is not there: /nowhere/ads.');
  expect(catalogFault(gone, { folders: false })).toBeUndefined();
  expect(catalogFault(catalogOf('bigint', import.meta.filename))).toContain('is not there');
  expect(catalogFault(catalogOf('bigint', import.meta.dirname))).toBeUndefined();
  expect(catalogFault(catalogOf('bigint', 's3://bucket/ads'))).toBeUndefined();
});

test('a table of the glossary may have several partition keys, each of them a column', () => {
  const table = (keys: string) => `
  ad_costs:
    about: what ads cost
    columns: { cost: 'decimal(10,2)', country: varchar, Dt: varchar }
    partition_columns: ${keys}
    location: s3://ads/costs/`;
  const withTable = (keys: string) => houseText.replace(/^tables:$/m, `tables:${table(keys)}`);
  expect(houseOf(withTable('[country, Dt]')).tables['shop.ad_costs']?.partitionColumns).toEqual(['country', 'dt']);
  const loaded = loadGlossary(withTable('[country, day]'));
  expect(loaded).toMatchObject({ ok: false });
  expect(loaded.ok ? '' : loaded.message).toMatch(
    /^Table ad_costs is partitioned by day, which is none of its columns\. Line \d+\.$/,
  );
});

function houseOf(text: string): Catalog {
  const loaded = loadGlossary(text);
  if (!loaded.ok) throw new Error(loaded.message);
  return houseCatalog(loaded.glossary);
}
