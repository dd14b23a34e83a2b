import { once } from '../expression.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { javaRegex } from '../java-regex.ts';
import { applyLambda } from '../lambda-text.ts';
import { unsupported } from '../refusal.ts';
import { urlParameter, urlPart } from './native-paths.ts';
import { groupsOf, plainPattern, plainReplacement } from './native-regex.ts';

/** Parts of URLs. */
export function urlFunctions(table: FunctionTableBuilder): void {
  for (const part of ['protocol', 'host', 'path', 'query', 'fragment'])
    table.sql(`url_extract_${part}`, 'varchar -> varchar', (x = '') => urlPart(x, part, (v) => `tr_url_${part}(${v})`));
  table.sql('url_extract_port', 'varchar -> bigint', (x = '') => `tr_url_port(${x})`);
  table.call('url_extract_parameter', 'varchar, varchar -> varchar', ({ sqls: [x = '', name = ''], args }) =>
    urlParameter(x, args[1]?.constant, (v) => `tr_url_parameter(${v}, ${name})`),
  );
  table.sql('url_encode', 'varchar -> varchar', (x = '') => `tr_url_encode(${x})`, { type: () => ({ kind: 'varchar' }) });
  table.sql('url_decode', 'varchar -> varchar', (x = '') => `tr_url_decode(${x})`, { fails: true });
}

/** Regular expressions. */
export function regexFunctions(table: FunctionTableBuilder): void {
  const add = (
    name: string,
    signature: string,
    write: (...sqls: string[]) => string,
    native: (call: Call, pattern: string) => string | undefined = () => undefined,
  ) =>
    table.call(
      name,
      signature,
      (call) => {
        checkPattern(call);
        const pattern = plainPattern(call.args[1]?.constant);
        return (pattern && native(call, pattern)) ?? write(...call.sqls);
      },
      { fails: true },
    );
  add(
    'regexp_like',
    'varchar, varchar -> boolean',
    (x = '', p = '') => `tr_regexp_like(${x}, ${p})`,
    ({ sqls: [x = ''] }, p) => `regexp_matches(${x}, ${p})`,
  );
  const extract = (x: string, p: string, group: string) =>
    once([x], ([v = '']) => `(CASE WHEN regexp_matches(${v}, ${p}) THEN regexp_extract(${v}, ${p}, ${group}) END)`);
  add(
    'regexp_extract',
    'varchar, varchar -> varchar',
    (x = '', p = '') => `tr_regexp_extract(${x}, ${p}, 0)`,
    ({ sqls: [x = ''] }, p) => extract(x, p, '0'),
  );
  add(
    'regexp_extract',
    'varchar, varchar, bigint -> varchar',
    (x = '', p = '', g = '') => `tr_regexp_extract(${x}, ${p}, ${g})`,
    ({ sqls: [x = ''], args }, p) => {
      const [pattern, group] = [String(args[1]?.constant), args[2]?.constant];
      const known = typeof group === 'bigint' && group >= 0n && group <= BigInt(groupsOf(pattern));
      return known && !pattern.includes('|') ? extract(x, p, String(group)) : undefined;
    },
  );
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
    ({ sqls: [x = ''], args }, p) => {
      const replacement = plainReplacement(args[2]?.constant, String(args[1]?.constant));
      return replacement && `regexp_replace(${x}, ${p}, ${replacement}, 'g')`;
    },
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
