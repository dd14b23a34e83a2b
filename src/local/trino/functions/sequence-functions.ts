import { once, tag } from '../expression.ts';
import { failure } from '../failure.ts';
import type { FunctionTableBuilder } from '../function-table.ts';

/** `sequence` of numbers, dates and timestamps. */
export function sequenceFunctions(table: FunctionTableBuilder): void {
  table.sql(
    'sequence',
    'bigint, bigint -> array(bigint)',
    (a = '', b = '') =>
      once([a, b], ([x = '', y = '']) =>
        steps(
          x,
          y,
          `(CASE WHEN ${x} <= ${y} THEN 1 ELSE -1 END)`,
          (i) => `${x} + ${i} * (CASE WHEN ${x} <= ${y} THEN 1 ELSE -1 END)`,
        ),
      ),
    { fails: true },
  );
  table.sql(
    'sequence',
    'bigint, bigint, bigint -> array(bigint)',
    (a = '', b = '', s = '') => once([a, b, s], ([x = '', y = '', z = '']) => steps(x, y, z, (i) => `${x} + ${i} * ${z}`)),
    { fails: true },
  );
  const day = (x: string) => `epoch_ms(CAST(${x} AS TIMESTAMP))`;
  const days = (a = '', b = '', s = '86400000::BIGINT') =>
    once([a, b, s], ([x = '', y = '', z = '']) => {
      const step = s.startsWith('86400000') ? `(CASE WHEN ${x} <= ${y} THEN 86400000 ELSE -86400000 END)` : z;
      const uneven = failure(
        'INVALID_FUNCTION_ARGUMENT',
        'sequence step must be a day interval if start and end values are dates',
      );
      return `(CASE WHEN ${step} % 86400000 <> 0 THEN ${uneven} ELSE ${steps(day(x), day(y), step, (i) => `CAST(${x} + to_milliseconds(CAST(${i} AS BIGINT) * ${step}) AS DATE)`)} END)`;
    });
  table
    .sql('sequence', 'date, date -> array(date)', days, { fails: true })
    .sql('sequence', 'date, date, interval_day -> array(date)', days, { fails: true });
  table.sql(
    'sequence',
    'date, date, interval_year -> array(date)',
    (a = '', b = '', s = '') => once([a, b, s], ([x = '', y = '', z = '']) => monthly(x, y, z, 'DATE')),
    { fails: true },
  );
  table.call(
    'sequence',
    'timestamp, timestamp, interval_day -> array(timestamp)',
    ({ sqls: [a = '', b = '', s = ''] }) =>
      once([a, b, s], ([x = '', y = '', z = '']) =>
        steps(`epoch_us(${x})`, `epoch_us(${y})`, `(${z} * 1000)`, (i) => `${x} + to_milliseconds(CAST(${i} AS BIGINT) * ${z})`),
      ),
    { fails: true, type: ([x]) => ({ kind: 'array', element: x?.type ?? { kind: 'timestamp', precision: 3 } }) },
  );
  table.call(
    'sequence',
    'timestamp, timestamp, interval_year -> array(timestamp)',
    ({ sqls: [a = '', b = '', s = ''] }) => once([a, b, s], ([x = '', y = '', z = '']) => monthly(x, y, z, 'TIMESTAMP')),
    { fails: true, type: ([x]) => ({ kind: 'array', element: x?.type ?? { kind: 'timestamp', precision: 3 } }) },
  );
}

const LONG = failure('INVALID_FUNCTION_ARGUMENT', 'result of sequence function must not have more than 10000 entries');

const STILL = failure('INVALID_FUNCTION_ARGUMENT', 'step must not be zero');

const AWAY = failure(
  'INVALID_FUNCTION_ARGUMENT',
  'sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start',
);

/** `from, from + step, …` while it has not passed `to`; `value` writes number i. */
function steps(from: string, to: string, step: string, value: (i: string) => string): string {
  const i = `q${tag(from + to + step)}`;
  const count = `((${to} - ${from}) // ${step} + 1)`;
  return `(CASE WHEN ${step} = 0 THEN ${STILL} WHEN (${step} > 0 AND ${to} < ${from}) OR (${step} < 0 AND ${to} > ${from}) THEN ${AWAY} WHEN ${count} > 10000 THEN ${LONG} ELSE list_transform(range(${count}), lambda ${i}: ${value(i)}) END)`;
}

/** Months are counted from the start, so that the 31st comes back after a short month. */
function monthly(from: string, to: string, step: string, kind: string): string {
  const i = `q${tag(from + to + step)}`;
  const months = `abs(datediff('month', CAST(${from} AS TIMESTAMP), CAST(${to} AS TIMESTAMP)))`;
  const value = `CAST(${from} + to_months(CAST(${i} * ${step} AS INTEGER)) AS ${kind})`;
  const all = `list_transform(range(${months} // abs(${step}) + 1), lambda ${i}: ${value})`;
  const v = `v${tag(from + to + step)}`;
  return `(CASE WHEN ${step} = 0 THEN ${STILL} WHEN (${step} > 0 AND ${to} < ${from}) OR (${step} < 0 AND ${to} > ${from}) THEN ${AWAY} WHEN ${months} // abs(${step}) >= 10000 THEN ${LONG} ELSE list_filter(${all}, lambda ${v}: CASE WHEN ${step} > 0 THEN ${v} <= ${to} ELSE ${v} >= ${to} END) END)`;
}
