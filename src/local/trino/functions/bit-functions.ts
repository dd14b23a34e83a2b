import { duckType } from '../duck-type.ts';
import { failure } from '../failure.ts';
import type { FunctionTableBuilder } from '../function-table.ts';
import { simple } from '../trino-type.ts';

/** Bits of whole numbers; shifts by less than nothing or by more than the type has bits give what Trino gives. */
export function bitFunctions(table: FunctionTableBuilder): void {
  table.sql('bitwise_and', 'bigint, bigint -> bigint', (a = '', b = '') => `(${a} & ${b})`);
  table.sql('bitwise_or', 'bigint, bigint -> bigint', (a = '', b = '') => `(${a} | ${b})`);
  table.sql('bitwise_xor', 'bigint, bigint -> bigint', (a = '', b = '') => `xor(${a}, ${b})`);
  table.sql('bitwise_not', 'bigint -> bigint', (a = '') => `(-1 - ${a})`);
  const width = { tinyint: 8, smallint: 16, integer: 32, bigint: 64 };
  for (const kind of ['tinyint', 'smallint', 'integer', 'bigint'] as const) {
    const size = width[kind];
    const duck = duckType(simple(kind));
    const wrap = (sql: string) =>
      `CAST(CASE WHEN ${sql} >= CAST('${2n ** BigInt(size - 1)}' AS HUGEINT) THEN ${sql} - CAST('${2n ** BigInt(size)}' AS HUGEINT) ELSE ${sql} END AS ${duck})`;
    const unsigned = (x: string) =>
      `(CASE WHEN ${x} < 0 THEN CAST(${x} AS HUGEINT) + CAST('${2n ** BigInt(size)}' AS HUGEINT) ELSE CAST(${x} AS HUGEINT) END)`;
    const steps = (n: string) => (kind === 'bigint' ? `(CASE WHEN ${n} < 0 THEN ${n} & 63 ELSE ${n} END)` : n);
    const within = (n: string, shifted: string, beyond: string) =>
      `(CASE WHEN ${n} BETWEEN 0 AND ${size - 1} THEN ${shifted} WHEN ${n} IS NOT NULL THEN CAST(${beyond} AS ${duck}) END)`;
    const power = (n: string) => `CAST(pow(2::DOUBLE, least(${n}, 64)) AS HUGEINT)`;
    table.sql('bitwise_left_shift', `${kind}, integer -> ${kind}`, (x = '', n = '') =>
      within(steps(n), wrap(`((${unsigned(x)} * ${power(steps(n))}) % CAST('${2n ** BigInt(size)}' AS HUGEINT))`), '0'),
    );
    table.sql('bitwise_right_shift', `${kind}, integer -> ${kind}`, (x = '', n = '') =>
      within(steps(n), wrap(`(${unsigned(x)} // ${power(steps(n))})`), '0'),
    );
    table.sql('bitwise_right_shift_arithmetic', `${kind}, integer -> ${kind}`, (x = '', n = '') =>
      within(
        n,
        `CAST(floor(CAST(${x} AS DOUBLE) / pow(2::DOUBLE, least(${n}, 64))) AS ${duck})`,
        `CASE WHEN ${x} < 0 THEN -1 ELSE 0 END`,
      ),
    );
  }
  const narrow = failure('INVALID_FUNCTION_ARGUMENT', 'Bits specified in bit_count must be between 2 and 64');
  const wide = failure('INVALID_FUNCTION_ARGUMENT', 'Number must be representable with the bits specified');
  table.sql(
    'bit_count',
    'bigint, bigint -> bigint',
    (x = '', n = '') =>
      `(CASE WHEN ${n} BETWEEN 2 AND 63 AND (${x} < -pow(2::DOUBLE, ${n} - 1) OR ${x} >= pow(2::DOUBLE, ${n} - 1)) THEN ${wide} WHEN ${n} BETWEEN 2 AND 64 THEN CAST(bit_count(CASE WHEN ${x} < 0 AND ${n} < 64 THEN ${x} & (CAST(pow(2::DOUBLE, ${n}) AS BIGINT) - 1) ELSE ${x} END) AS BIGINT) ELSE ${narrow} END)`,
    { fails: true },
  );
}
