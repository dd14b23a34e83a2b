import type { Expression } from '../expression.ts';
import { once, quote } from '../expression.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import type { Place } from '../refusal.ts';
import { refuse, unsupported } from '../refusal.ts';
import type { TrinoType } from '../trino-type.ts';
import { simple, typeName, varchar } from '../trino-type.ts';
import { textOf } from '../value-text.ts';
import { whenAscii } from './native-paths.ts';

/** Texts and bytes. */
export function textFunctions(table: FunctionTableBuilder): void {
  basics(table);
  pieces(table);
  numbers(table);
  bytes(table);
}

function basics(table: FunctionTableBuilder): void {
  table
    .sql('length', 'varchar -> bigint', (x = '') => `length(${x})`)
    .sql('length', 'varbinary -> bigint', (x = '') => `octet_length(${x})`);
  table.sql('lower', 'varchar -> varchar', (x = '') => `lower(${x})`);
  table.sql('upper', 'varchar -> varchar', (x = '') =>
    whenAscii(
      x,
      (v) => `upper(${v})`,
      (v) => `tr_upper(${v})`,
    ),
  );
  for (const [name, side] of [
    ['trim', 'both'],
    ['ltrim', 'left'],
    ['rtrim', 'right'],
  ] as const) {
    table.sql(
      name,
      'varchar -> varchar',
      (x = '') => `${side === 'both' ? '' : side[0]}trim(${x}, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))`,
    );
    table.sql(name, 'varchar, varchar -> varchar', (x = '', chars = '') => `tr_trim(${x}, ${chars}, '${side}')`);
  }
  const rest = '9223372036854775807';
  table.sql('substr substring', 'varchar, bigint -> varchar', (x = '', from = '') => substr(x, from), { ambiguous: [0] });
  table.sql('substr substring', 'varchar, bigint, bigint -> varchar', (x = '', from = '', size = '') => substr(x, from, size), {
    ambiguous: [0],
  });
  table.sql(
    'substr substring',
    'varbinary, bigint -> varbinary',
    (x = '', from = '') => `tr_slice_bytes(${x}, ${from}, ${rest})`,
  );
  table.sql(
    'substr substring',
    'varbinary, bigint, bigint -> varbinary',
    (x = '', from = '', size = '') => `tr_slice_bytes(${x}, ${from}, ${size})`,
  );
  table.sql(
    'strpos',
    'varchar, varchar -> bigint',
    (x = '', y = '') => `(CASE WHEN strpos(${x}, ${y}) IS NULL THEN NULL WHEN ${y} = '' THEN 1 ELSE strpos(${x}, ${y}) END)`,
  );
  table.sql('strpos', 'varchar, varchar, bigint -> bigint', (x = '', y = '', n = '') => `tr_strpos(${x}, ${y}, ${n})`, {
    fails: true,
  });
  table.sql('replace', 'varchar, varchar -> varchar', (x = '', y = '') => `replace(${x}, ${y}, '')`);
  table.sql('replace', 'varchar, varchar, varchar -> varchar', (x = '', y = '', z = '') =>
    /^'.+'$/s.test(y) ? `replace(${x}, ${y}, ${z})` : `tr_replace(${x}, ${y}, ${z})`,
  );
  table.sql('reverse', 'varchar -> varchar', (x = '') => `tr_reverse(${x})`, { ambiguous: [0] });
  table.sql('reverse', 'varbinary -> varbinary', (x = '') => `tr_reverse_bytes(${x})`);
  for (const [name, side] of [
    ['lpad', 'left'],
    ['rpad', 'right'],
  ] as const) {
    const write = (x = '', n = '', by = '') => `tr_pad(${x}, ${n}, ${by}, '${side}')`;
    const type = () => ({ kind: 'varchar' }) as const;
    table.sql(name, 'varchar, bigint, varchar -> varchar', write, { fails: true, ambiguous: [[0, 2]], type });
  }
  table.sql('starts_with', 'varchar, varchar -> boolean', (x = '', y = '') => `starts_with(${x}, ${y})`);
  table
    .sql('chr', 'bigint -> varchar', (x = '') => `tr_chr(${x})`, { fails: true })
    .sql('codepoint', 'varchar -> integer', (x = '') => `tr_codepoint(${x})`, { fails: true, type: ofOneCharacter });
  table.sql('translate', 'varchar, varchar, varchar -> varchar', (x = '', y = '', z = '') => `tr_translate(${x}, ${y}, ${z})`, {
    type: () => ({ kind: 'varchar' }),
  });
  table.sql('normalize', 'varchar, varchar -> varchar', (x = '', form = '') => `tr_normalize(${x}, ${form})`);
  table.sql('levenshtein_distance', 'varchar, varchar -> bigint', (x = '', y = '') => `tr_levenshtein(${x}, ${y})`);
  table.sql('hamming_distance', 'varchar, varchar -> bigint', (x = '', y = '') => `tr_hamming(${x}, ${y})`, { fails: true });
  table
    .sql('soundex', 'varchar -> varchar', (x = '') => `tr_soundex(${x})`, { fails: true })
    .sql('luhn_check', 'varchar -> boolean', (x = '') => `tr_luhn(${x})`, { fails: true });
  table.sql(
    'concat_ws',
    'varchar, array(varchar) -> varchar',
    (by = '', list = '') =>
      `(CASE WHEN ${by} IS NULL THEN NULL ELSE array_to_string(list_filter(${list}, lambda w_: w_ IS NOT NULL), ${by}) END)`,
    { type: () => ({ kind: 'varchar' }) },
  );
  table.sql(
    'concat_ws',
    'varchar, varchar... -> varchar',
    (by = '', ...parts) => `(CASE WHEN ${by} IS NULL THEN NULL ELSE concat_ws(${[by, ...parts].join(', ')}) END)`,
    { type: () => ({ kind: 'varchar' }) },
  );
}

/** DuckDB's substr differs at 0, at starts before the text and at negative lengths: literals that avoid those go native. */
export function substr(x: string, from: string, size?: string): string {
  const plain = /^[1-9]\d*::BIGINT$/.test(from) && (size === undefined || /^\d+::BIGINT$/.test(size));
  if (plain) return size === undefined ? `substr(${x}, ${from})` : `substr(${x}, ${from}, ${size})`;
  const back = /^\(-(\d+)\)::BIGINT$/.exec(from)?.[1];
  if (back !== undefined && size === undefined)
    return once(
      [x],
      ([v = '']) => `(CASE WHEN length(${v}) >= ${back} THEN substr(${v}, -${back}) WHEN ${v} IS NOT NULL THEN '' END)`,
    );
  return `tr_substr(${x}, ${from}, ${size ?? '9223372036854775807'})`;
}

function pieces(table: FunctionTableBuilder): void {
  table.sql('split', 'varchar, varchar -> array(varchar)', (x = '', by = '') => `tr_split(${x}, ${by}, 9223372036854775807)`, {
    fails: true,
    type: piecesType,
  });
  table.sql('split', 'varchar, varchar, bigint -> array(varchar)', (x = '', by = '', n = '') => `tr_split(${x}, ${by}, ${n})`, {
    fails: true,
    type: piecesType,
  });
  table.sql(
    'split_part',
    'varchar, varchar, bigint -> varchar',
    (x = '', by = '', n = '') =>
      /^'.+'$/s.test(by) && /^[1-9]\d*::BIGINT$/.test(n) ? `string_split(${x}, ${by})[${n}]` : `tr_split_part(${x}, ${by}, ${n})`,
    { fails: true },
  );
  table.sql(
    'split_to_map',
    'varchar, varchar, varchar -> map(varchar, varchar)',
    (x = '', by = '', between = '') => {
      return `map_from_entries(list_transform(CAST(CAST(tr_split_to_map(${x}, ${by}, ${between}) AS JSON) AS VARCHAR[][]), lambda p_: {'k': p_[1], 'v': p_[2]}))`;
    },
    { fails: true },
  );
  table.sql(
    'split_to_multimap',
    'varchar, varchar, varchar -> map(varchar, array(varchar))',
    (x = '', by = '', between = '') => {
      const json = `CAST(CAST(tr_split_to_multimap(${x}, ${by}, ${between}) AS JSON) AS JSON[][])`;
      return `map_from_entries(list_transform(${json}, lambda p_: {'k': p_[1] ->> '$', 'v': CAST(p_[2] AS VARCHAR[])}))`;
    },
    { fails: true },
  );
}

/** Trino's codepoint takes a varchar(1) only. */
function ofOneCharacter([text]: readonly Expression[], place: Place): TrinoType {
  const one = text?.constant === null || (text?.type.kind === 'varchar' && text.type.length === 1);
  if (!one) refuse('FUNCTION_NOT_FOUND', 'Unexpected parameters for function codepoint. Expected: codepoint(varchar(1))', place);
  return simple('integer');
}

function piecesType([text]: readonly Expression[]): TrinoType {
  return { kind: 'array', element: text?.type ?? varchar() };
}

const FORMATS = new Set([
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'decimal',
  'double',
  'real',
  'boolean',
  'varchar',
  'char',
  'date',
  'timestamp',
  'unknown',
  'uuid',
  'json',
  'interval_day',
  'interval_year',
]);

function numbers(table: FunctionTableBuilder): void {
  table.call('format', 'varchar, any... -> varchar', format, { fails: true, type: () => ({ kind: 'varchar' }) });
  table.sql('format_number', 'bigint -> varchar', (x = '') => `tr_format_number(CAST(${x} AS DOUBLE))`);
  table.sql('format_number', 'double -> varchar', (x = '') => `tr_format_number(${x})`);
  table.sql('human_readable_seconds', 'double -> varchar', (x = '') => `tr_human_seconds(${x})`, { fails: true });
  table.sql(
    'parse_data_size parse_presto_data_size',
    'varchar -> decimal',
    (x = '') => `CAST(tr_parse_data_size(${x}) AS DECIMAL(38,0))`,
    { fails: true, type: () => ({ kind: 'decimal', precision: 38, scale: 0 }) },
  );
}

function format({ sqls, args, place }: Call): string {
  const [pattern = '', ...values] = sqls;
  const kinds = args.slice(1).map((arg) => {
    if (/^(timestamptz|time)$/.test(arg.type.kind)) unsupported(`format of a ${typeName(arg.type)}`, place);
    if (!FORMATS.has(arg.type.kind)) refuse('NOT_SUPPORTED', `Type not supported for formatting: ${typeName(arg.type)}`, place);
    return arg.type.kind;
  });
  if (kinds.length === 0) refuse('INVALID_FUNCTION_ARGUMENT', 'The number of arguments for format must be at least 2', place);
  const texts = values.map((sql, index) => {
    const type = args[index + 1]?.type;
    return type && type.kind !== 'double' && type.kind !== 'real'
      ? (textOf(type)?.(sql) ?? 'NULL::VARCHAR')
      : `CAST(${sql} AS VARCHAR)`;
  });
  return `tr_format(${pattern}, [${texts.join(', ')}], ${quote(kinds.join(','))})`;
}

function bytes(table: FunctionTableBuilder): void {
  table.sql('to_utf8', 'varchar -> varbinary', (x = '') => `encode(${x})`);
  table.sql('from_utf8', 'varbinary -> varchar', (x = '') => `tr_from_utf8(${x}, chr(65533))`);
  table.sql('from_utf8', 'varbinary, varchar -> varchar', (x = '', other = '') => `tr_from_utf8(${x}, ${other})`, {
    type: () => ({ kind: 'varchar' }),
  });
  table
    .sql('to_hex', 'varbinary -> varchar', (x = '') => `hex(${x})`)
    .sql('from_hex', 'varchar -> varbinary', (x = '') => `tr_from_hex(${x})`, { fails: true });
  table
    .sql('to_base64', 'varbinary -> varchar', (x = '') => `tr_to_base64(${x}, 'plain')`)
    .sql('to_base64url', 'varbinary -> varchar', (x = '') => `tr_to_base64(${x}, 'url')`);
  table.sql('from_base64', 'varchar -> varbinary', (x = '') => `tr_from_base64(${x}, 'plain')`, { fails: true });
  table.sql('from_base64url', 'varchar -> varbinary', (x = '') => `tr_from_base64(${x}, 'url')`, { fails: true });
  for (const name of ['md5', 'sha1', 'sha256', 'sha512']) {
    table.sql(name, 'varbinary -> varbinary', (x = '') => `tr_hash(${x}, '${name}')`);
    table.sql(`hmac_${name}`, 'varbinary, varbinary -> varbinary', (x = '', key = '') => `tr_hmac(${x}, ${key}, '${name}')`);
  }
  table
    .sql('crc32', 'varbinary -> bigint', (x = '') => `tr_crc32(${x})`)
    .sql('xxhash64', 'varbinary -> varbinary', (x = '') => `tr_xxhash64(${x})`);
}
