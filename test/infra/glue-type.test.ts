import { describe, expect, test } from '@jest/globals';
import { glueType } from '../../infra/glue-type.ts';

describe('the catalog’s name of a type', () => {
  test.each([
    ['varchar', 'string'],
    ['integer', 'int'],
    ['bigint', 'bigint'],
    ['timestamp(3)', 'timestamp'],
    ['timestamp', 'timestamp'],
    ['decimal(18,2)', 'decimal(18,2)'],
    ['decimal(18, 2)', 'decimal(18,2)'],
    ['varchar(20)', 'varchar(20)'],
    ['real', 'float'],
    ['array(varchar)', 'array<string>'],
    ['map(varchar, array(integer))', 'map<string,array<int>>'],
    ['row(price decimal(18,2), tags array(row(name varchar)))', 'struct<price:decimal(18,2),tags:array<struct<name:string>>>'],
  ])('of %s is %s', (athena, glue) => {
    expect(glueType(athena)).toBe(glue);
  });

  test.each(['json', 'timestamp with time zone', 'hyperloglog', ''])(
    'does not exist for %p, and a sentence says so',
    (athena) => {
      expect(() => glueType(athena)).toThrow(/can't be a column of a Glue table/);
    },
  );

  test('needs the names of a row’s fields', () => {
    expect(() => glueType('row(varchar)')).toThrow(/has no name/);
  });
});
