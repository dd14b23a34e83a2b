import type { Expression } from '../expression.ts';
import type { FunctionTableBuilder } from '../function-table.ts';
import type { TrinoType } from '../trino-type.ts';
import { simple } from '../trino-type.ts';
import { substr } from './text-functions.ts';

/** The few functions that Trino has for char: everything else wants a varchar, which a char does not become by itself. */
export function charFunctions(table: FunctionTableBuilder): void {
  table.call('length', 'char -> bigint', ({ args }) => String(args[0]?.type.kind === 'char' ? args[0].type.length : 0));
  table
    .sql('lower', 'char -> char', (x = '') => `lower(${x})`, { type: ofFirst })
    .sql('upper', 'char -> char', (x = '') => `tr_upper(${x})`, { type: ofFirst })
    .sql('reverse', 'char -> char', (x = '') => `tr_reverse(${x})`, { type: ofFirst })
    .sql('to_utf8', 'char -> varbinary', (x = '') => `encode(${x})`);
  for (const [name, side] of [
    ['trim', 'both'],
    ['ltrim', 'left'],
    ['rtrim', 'right'],
  ] as const) {
    const blanks = "' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)";
    table.sql(name, 'char -> varchar', (x = '') => `tr_trim(${bare(x)}, ${blanks}, '${side}')`, { type: asText });
    table.sql(name, 'char, varchar -> varchar', (x = '', chars = '') => `tr_trim(${bare(x)}, ${chars}, '${side}')`, {
      type: asText,
    });
  }
  table.sql('substr substring', 'char, bigint -> varchar', (x = '', from = '') => substr(x, from), { type: asText });
  table.sql('substr substring', 'char, bigint, bigint -> varchar', (x = '', from = '', size = '') => substr(x, from, size), {
    type: asText,
  });
  table.sql('lpad', 'char, bigint, varchar -> varchar', (x = '', n = '', by = '') => `tr_pad(${x}, ${n}, ${by}, 'left')`, {
    fails: true,
    type: () => ({ kind: 'varchar' }),
  });
}

/** Without the blanks that fill a char up. */
function bare(sql: string): string {
  return `rtrim(${sql}, ' ')`;
}

function ofFirst([first]: readonly Expression[]): TrinoType {
  return first?.type ?? simple('unknown');
}

function asText([first]: readonly Expression[]): TrinoType {
  return { kind: 'varchar', length: first?.type.kind === 'char' ? first.type.length : undefined };
}
