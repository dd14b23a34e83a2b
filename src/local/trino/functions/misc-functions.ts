import type { FunctionTableBuilder } from '../function-table.ts';

/** What fits no other topic. */
export function miscFunctions(table: FunctionTableBuilder): void {
  table.sql('fail', 'varchar -> unknown', (message = '') => `CAST(tr_fail('GENERIC_USER_ERROR', ${message}) AS INTEGER)`, {
    fails: true,
  });
}
