import { failure } from '../failure.ts';
import type { AggregateTable } from './aggregate-table.ts';
import { AggregateTableBuilder } from './aggregate-table.ts';

/** Functions that need an OVER clause. */
export const windowFunctions: AggregateTable = new AggregateTableBuilder()
  .add('row_number', '-> bigint', (run) => run('row_number', []))
  .add('rank', '-> bigint', (run) => run('rank', []))
  .add('dense_rank', '-> bigint', (run) => run('dense_rank', []))
  .add('percent_rank', '-> double', (run) => run('percent_rank', []))
  .add('cume_dist', '-> double', (run) => run('cume_dist', []))
  .add('ntile', 'bigint -> bigint', (run, [n = '']) => run('ntile', [n]))
  .add('lag', 'T -> T', (run, [x = '']) => run('lag', [x]))
  .add('lag', 'T, bigint -> T', (run, [x = '', n = '']) => run('lag', [x, offset(n)]))
  .add('lag', 'T, bigint, T -> T', (run, [x = '', n = '', other = '']) => run('lag', [x, offset(n), other]))
  .add('lead', 'T -> T', (run, [x = '']) => run('lead', [x]))
  .add('lead', 'T, bigint -> T', (run, [x = '', n = '']) => run('lead', [x, offset(n)]))
  .add('lead', 'T, bigint, T -> T', (run, [x = '', n = '', other = '']) => run('lead', [x, offset(n), other]))
  .add('first_value', 'T -> T', (run, [x = '']) => run('first_value', [x]))
  .add('last_value', 'T -> T', (run, [x = '']) => run('last_value', [x]))
  .add('nth_value', 'T, bigint -> T', (run, [x = '', n = '']) => run('nth_value', [x, position(n)])).table;

function offset(n: string): string {
  const bad = failure('INVALID_FUNCTION_ARGUMENT', 'Offset must be at least 0, and not null');
  return /^\d+::BIGINT$/.test(n) ? n : `(CASE WHEN ${n} >= 0 THEN ${n} ELSE ${bad} END)`;
}

function position(n: string): string {
  const bad = failure('INVALID_FUNCTION_ARGUMENT', 'Offset must be at least 1');
  return /^[1-9]\d*::BIGINT$/.test(n) ? n : `(CASE WHEN ${n} < 1 THEN ${bad} ELSE ${n} END)`;
}
