import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { javaRegex } from '../java-regex.ts';
import { applyLambda } from '../lambda-text.ts';
import { unsupported } from '../refusal.ts';

/** Parts of URLs. */
export function urlFunctions(table: FunctionTableBuilder): void {
  for (const part of ['protocol', 'host', 'path', 'query', 'fragment'])
    table.sql(`url_extract_${part}`, 'varchar -> varchar', (x = '') => `tr_url_${part}(${x})`);
  table.sql('url_extract_port', 'varchar -> bigint', (x = '') => `tr_url_port(${x})`);
  table.sql('url_extract_parameter', 'varchar, varchar -> varchar', (x = '', name = '') => `tr_url_parameter(${x}, ${name})`);
  table.sql('url_encode', 'varchar -> varchar', (x = '') => `tr_url_encode(${x})`, { type: () => ({ kind: 'varchar' }) });
  table.sql('url_decode', 'varchar -> varchar', (x = '') => `tr_url_decode(${x})`, { fails: true });
}

/** Regular expressions. */
export function regexFunctions(table: FunctionTableBuilder): void {
  const add = (name: string, signature: string, write: (...sqls: string[]) => string) =>
    table.call(
      name,
      signature,
      (call) => {
        checkPattern(call);
        return write(...call.sqls);
      },
      { fails: true },
    );
  add('regexp_like', 'varchar, varchar -> boolean', (x = '', p = '') => `tr_regexp_like(${x}, ${p})`);
  add('regexp_extract', 'varchar, varchar -> varchar', (x = '', p = '') => `tr_regexp_extract(${x}, ${p}, 0)`);
  add('regexp_extract', 'varchar, varchar, bigint -> varchar', (x = '', p = '', g = '') => `tr_regexp_extract(${x}, ${p}, ${g})`);
  add('regexp_extract_all', 'varchar, varchar -> array(varchar)', (x = '', p = '') => `tr_regexp_extract_all(${x}, ${p}, 0)`);
  add(
    'regexp_extract_all',
    'varchar, varchar, bigint -> array(varchar)',
    (x = '', p = '', g = '') => `tr_regexp_extract_all(${x}, ${p}, ${g})`,
  );
  add('regexp_replace', 'varchar, varchar -> varchar', (x = '', p = '') => `tr_regexp_replace(${x}, ${p}, '')`);
  add(
    'regexp_replace',
    'varchar, varchar, varchar -> varchar',
    (x = '', p = '', r = '') => `tr_regexp_replace(${x}, ${p}, ${r})`,
  );
  add('regexp_replace', 'varchar, varchar, fn(array(varchar)->varchar) -> varchar', (x = '', p = '', f = '') => {
    const pieces = `CAST(CAST(tr_regexp_groups(${x}, ${p}) AS JSON) AS JSON[])`;
    const call = applyLambda(f, ['CAST(r_ AS VARCHAR[])']);
    return `array_to_string(list_transform(${pieces}, lambda r_: CASE WHEN json_type(r_) = 'ARRAY' THEN coalesce(${call}, '') ELSE r_ ->> '$' END), '')`;
  });
  add('regexp_split', 'varchar, varchar -> array(varchar)', (x = '', p = '') => `tr_regexp_split(${x}, ${p})`);
  add('regexp_count', 'varchar, varchar -> bigint', (x = '', p = '') => `tr_regexp_count(${x}, ${p})`);
  add('regexp_position', 'varchar, varchar -> integer', (x = '', p = '') => `tr_regexp_position(${x}, ${p}, 1, 1)`);
  add(
    'regexp_position',
    'varchar, varchar, integer -> integer',
    (x = '', p = '', n = '') => `tr_regexp_position(${x}, ${p}, ${n}, 1)`,
  );
  add(
    'regexp_position',
    'varchar, varchar, integer, integer -> integer',
    (x = '', p = '', n = '', k = '') => `tr_regexp_position(${x}, ${p}, ${n}, ${k})`,
  );
}

/** A pattern that stands in the text is checked before anything runs. */
function checkPattern({ args, place }: Call): void {
  const pattern = args[1]?.constant;
  if (typeof pattern !== 'string') return;
  const regex = javaRegex(pattern);
  if (regex.ok) return;
  if (regex.reason === 'unsupported') unsupported(regex.message, args[1]?.place ?? place);
}
