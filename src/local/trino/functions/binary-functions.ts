import type { FunctionTableBuilder } from '../function-table.ts';

/** Numbers as bytes and back, base 32, and padding of bytes. */
export function binaryFunctions(table: FunctionTableBuilder): void {
  table.sql('to_big_endian_32', 'integer -> varbinary', (x = '') => `tr_to_big_endian(${x}, 4)`);
  table.sql('to_big_endian_64', 'bigint -> varbinary', (x = '') => `tr_to_big_endian(${x}, 8)`);
  table.sql('from_big_endian_32', 'varbinary -> integer', (x = '') => `CAST(tr_from_big_endian(${x}, 4) AS INTEGER)`, FAILS);
  table.sql('from_big_endian_64', 'varbinary -> bigint', (x = '') => `tr_from_big_endian(${x}, 8)`, FAILS);
  table.sql('to_ieee754_32', 'real -> varbinary', (x = '') => `tr_to_ieee(CAST(${x} AS DOUBLE), 4)`);
  table.sql('to_ieee754_64', 'double -> varbinary', (x = '') => `tr_to_ieee(${x}, 8)`);
  table.sql('from_ieee754_32', 'varbinary -> real', (x = '') => `CAST(tr_from_ieee(${x}, 4) AS FLOAT)`, FAILS);
  table.sql('from_ieee754_64', 'varbinary -> double', (x = '') => `tr_from_ieee(${x}, 8)`, FAILS);
  table.sql('to_base32', 'varbinary -> varchar', (x = '') => `tr_to_base32(${x})`);
  table.sql('from_base32', 'varchar -> varbinary', (x = '') => `tr_from_base32(${x})`, FAILS);
  for (const [name, side] of [
    ['lpad', 'left'],
    ['rpad', 'right'],
  ] as const) {
    const write = (x = '', n = '', by = '') => `tr_pad_bytes(${x}, ${n}, ${by}, '${side}')`;
    table.sql(name, 'varbinary, bigint, varbinary -> varbinary', write, FAILS);
  }
}

const FAILS = { fails: true };
