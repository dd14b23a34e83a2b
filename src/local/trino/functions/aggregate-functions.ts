import { divideDecimals } from '../arithmetic.ts';
import { isOrderable } from '../coercion.ts';
import { holdsNull } from '../comparison.ts';
import { duckType } from '../duck-type.ts';
import { once, tag } from '../expression.ts';
import { failure } from '../failure.ts';
import type { Call } from '../function-table.ts';
import { refuse, unsupported } from '../refusal.ts';
import type { TrinoType } from '../trino-type.ts';
import { decimal, typeName } from '../trino-type.ts';
import type { AggregateTable, Run } from './aggregate-table.ts';
import { AggregateTableBuilder } from './aggregate-table.ts';
import { distinctEntries, multimapOf } from './map-texts.ts';
import { reduceText } from './reduce-text.ts';

/** Trino's aggregates on DuckDB's. */
export const aggregateFunctions: AggregateTable = build();

function build(): AggregateTable {
  const builder = new AggregateTableBuilder();
  counts(builder);
  sums(builder);
  extremes(builder);
  collections(builder);
  statistics(builder);
  percentiles(builder);
  return builder.table;
}

function counts(builder: AggregateTableBuilder): void {
  builder
    .add('count', '-> bigint', (run) => run('count', ['*']))
    .add('count', 'T -> bigint', (run, [x = '']) => run('count', [x]))
    .add('count_if', 'boolean -> bigint', (run, [x = '']) => run('count', [`CASE WHEN ${x} THEN true END`]))
    .add('approx_distinct', 'T -> bigint', (_run, [x = ''], call) => exactDistinct(_run, x, call))
    .add('approx_distinct', 'T, double -> bigint', (_run, [x = ''], call) => exactDistinct(_run, x, call))
    .add('bool_and every', 'boolean -> boolean', (run, [x = '']) => run('bool_and', [x]))
    .add('bool_or', 'boolean -> boolean', (run, [x = '']) => run('bool_or', [x]))
    .add('arbitrary any_value', 'T -> T', (run, [x = '']) => run('any_value', [x]));
}

/** Exact where Trino estimates: DuckDB's own estimate errs far more than Trino's. */
function exactDistinct(run: Run, x: string, _call: Call): string {
  return run('count', [`DISTINCT ${x}`]).replace('DISTINCT DISTINCT', 'DISTINCT');
}

function sums(builder: AggregateTableBuilder): void {
  const whole = (run: Run, [x = '']: readonly string[]) => `CAST(${run('sum', [x])} AS BIGINT)`;
  builder
    .add('sum', 'bigint -> bigint', whole, { ambiguous: [0] })
    .add('sum', 'decimal -> decimal', (run, [x = '']) => run('sum', [x]), {
      type: ([x]) => decimal(38, x?.type.kind === 'decimal' ? x.type.scale : 0),
    })
    .add('sum', 'real -> real', (run, [x = '']) => `CAST(${run('sum', [`CAST(${x} AS DOUBLE)`])} AS FLOAT)`)
    .add('sum', 'double -> double', (run, [x = '']) => run('sum', [x]))
    .add('sum', 'interval_day -> interval_day', whole)
    .add('sum', 'interval_year -> interval_year', whole)
    .add('avg', 'bigint -> double', (run, [x = '']) => run('avg', [x]), { ambiguous: [0] })
    .add('avg', 'decimal -> decimal', averageDecimal)
    .add('avg', 'real -> real', (run, [x = '']) => `CAST(${run('avg', [`CAST(${x} AS DOUBLE)`])} AS FLOAT)`)
    .add('avg', 'double -> double', (run, [x = '']) => run('avg', [x]))
    .add('avg', 'interval_day -> interval_day', (run, [x = '']) => `CAST(trunc(${run('avg', [x])}) AS BIGINT)`)
    .add('avg', 'interval_year -> interval_year', (run, [x = '']) => `CAST(trunc(${run('avg', [x])}) AS BIGINT)`);
}

const UNORDERED = failure('UNSUPPORTED_LOCALLY', 'Ordering arrays or rows that hold NULL');

function averageDecimal(run: Run, [x = '']: readonly string[], call: Call): string {
  const type = call.type as TrinoType & { kind: 'decimal' };
  const count = run('count', [x]);
  const quotient = divideDecimals(
    run('sum', [x]),
    { precision: 38, scale: type.scale },
    `nullif(${count}, 0)`,
    { precision: 19, scale: 0 },
    type,
  );
  return quotient;
}

function extremes(builder: AggregateTableBuilder): void {
  for (const name of ['max', 'min']) {
    const plain = (run: Run, [x = '']: readonly string[], call: Call) => {
      const { type } = call;
      if (!isOrderable(type))
        refuse('FUNCTION_NOT_FOUND', `Unexpected parameters (${typeName(type)}) for function ${name}.`, call.place);
      if (type.kind === 'array' || type.kind === 'row') {
        const gaps = run('bool_or', [holdsNull(type, x)]);
        return `(CASE WHEN ${gaps} AND ${run('count', [x])} > 1 THEN ${UNORDERED} ELSE ${run(name, [x])} END)`;
      }
      if (!isFloating(type)) return run(name, [x]);
      // NaN is no candidate, but the answer where there is nothing else.
      return `coalesce(${run(name, [x], `NOT isnan(${x})`)}, ${run(name, [x])})`;
    };
    builder
      .add(name, 'T -> T', plain)
      .add(name, 'T, bigint -> array(T)', (run, [x = '', n = ''], call) =>
        firstOf(run('list', [x], `${x} IS NOT NULL`), n, name, call.args[0]?.type, (e) => e),
      )
      .add(`${name}_by`, 'T, K -> T', (run, [v = '', k = ''], call) => {
        const duck = name === 'max' ? 'arg_max_null' : 'arg_min_null';
        if (!isFloating(call.args[1]?.type)) return run(duck, [v, k]);
        const numbers = run('count', [k], `NOT isnan(${k})`);
        return `(CASE WHEN ${numbers} > 0 THEN ${run(duck, [v, k], `NOT isnan(${k})`)} ELSE ${run(duck, [v, k])} END)`;
      })
      .add(`${name}_by`, 'T, K, bigint -> array(T)', (run, [v = '', k = '', n = ''], call) =>
        firstOf(run('list', [`{'k': ${k}, 'v': ${v}}`], `${k} IS NOT NULL`), n, name, call.args[1]?.type, (e) => `${e}.v`),
      );
  }
}

/** The first n of the sorted; NaN comes last either way. */
function firstOf(list: string, n: string, name: string, key: TrinoType | undefined, value: (element: string) => string): string {
  const e = `e${tag(list)}`;
  const sorted = once([`list_sort(${list}, '${name === 'max' ? 'DESC' : 'ASC'}')`], ([all = '']) => {
    if (!isFloating(key)) return all;
    const number = value(e) === e ? e : `${e}.k`;
    return `(CASE WHEN ${all} IS NOT NULL THEN list_concat(list_filter(${all}, lambda ${e}: NOT isnan(${number})), list_filter(${all}, lambda ${e}: isnan(${number}))) END)`;
  });
  return `list_transform((${sorted})[1:${n}], lambda ${e}: ${value(e)})`;
}

function isFloating(type: TrinoType | undefined): boolean {
  return type?.kind === 'double' || type?.kind === 'real';
}

function collections(builder: AggregateTableBuilder): void {
  builder
    .add('array_agg', 'T -> array(T)', (run, [x = '']) => run('list', [x]))
    .add('listagg', 'varchar, varchar -> varchar', (run, [x = '', by = '']) => run('string_agg', [x, by]))
    .add('map_agg', 'K, V -> map(K, V)', (run, [k = '', v = '']) =>
      distinctEntries(run('list', [`{'k': ${k}, 'v': ${v}}`], `${k} IS NOT NULL`)),
    )
    .add('multimap_agg', 'K, V -> map(K, array(V))', (run, [k = '', v = '']) =>
      multimapOf(run('list', [`{'k': ${k}, 'v': ${v}}`], `${k} IS NOT NULL`)),
    )
    .add('map_union', 'map(K, V) -> map(K, V)', (run, [m = '']) => {
      const list = `flatten(${run('list', [`map_entries(${m})`], `${m} IS NOT NULL`)})`;
      const e = `e${tag(list)}`;
      return distinctEntries(`list_transform(${list}, lambda ${e}: {'k': ${e}.key, 'v': ${e}.value})`);
    })
    .add('histogram', 'T -> map(T, bigint)', (run, [x = ''], call) => `CAST(${run('histogram', [x])} AS ${duckType(call.type)})`)
    .add('approx_most_frequent', 'bigint, T, bigint -> map(T, bigint)', (run, [n = '', x = ''], call) => {
      const list = `map_entries(${run('histogram', [x])})`;
      const e = `e${tag(list)}`;
      const sorted = `list_sort(list_transform(${list}, lambda ${e}: {'n': -CAST(${e}.value AS BIGINT), 'k': ${e}.key}))[1:${n}]`;
      return `CAST(map_from_entries(list_transform(${sorted}, lambda ${e}: {'k': ${e}.k, 'v': -${e}.n})) AS ${duckType(call.type)})`;
    })
    .add('reduce_agg', 'T, S, fn(S, T -> S), fn(S, S -> S) -> S', (run, [x = '', init = '', step = ''], call) => {
      const list = run('list', [x], `${x} IS NOT NULL`);
      return reduceText(
        list,
        init,
        step,
        call.variables.get('S') ?? call.type,
        call.variables.get('T') ?? call.type,
        (state) => state,
      );
    });
}

function statistics(builder: AggregateTableBuilder): void {
  const finite = (sql: string) => `nullif(${sql}, 'nan'::DOUBLE)`;
  const one = (names: string, duck: string) => builder.add(names, 'double -> double', (run, [x = '']) => finite(run(duck, [x])));
  one('stddev stddev_samp', 'stddev_samp');
  one('stddev_pop', 'stddev_pop');
  one('variance var_samp', 'var_samp');
  one('var_pop', 'var_pop');
  one('kurtosis', 'kurtosis');
  const two = (name: string) => {
    builder.add(
      name,
      'real, real -> real',
      (run, [y = '', x = '']) => `CAST(${finite(run(name, [`CAST(${y} AS DOUBLE)`, `CAST(${x} AS DOUBLE)`]))} AS FLOAT)`,
    );
    builder.add(name, 'double, double -> double', (run, [y = '', x = '']) => finite(run(name, [y, x])));
  };
  for (const name of ['corr', 'covar_pop', 'covar_samp', 'regr_slope', 'regr_intercept']) two(name);
  builder
    .add('skewness', 'double -> double', (run, [x = '']) => {
      const n = `CAST(${run('count', [x])} AS DOUBLE)`;
      return finite(`(${run('skewness', [x])} * (${n} - 2) / sqrt(greatest(${n} * (${n} - 1), 1)))`);
    })
    .add(
      'geometric_mean',
      'double -> double',
      (run, [x = '']) =>
        `exp(${run('avg', [`CASE WHEN ${x} > 0 THEN ln(${x}) WHEN ${x} = 0 THEN '-inf'::DOUBLE WHEN ${x} < 0 THEN 'nan'::DOUBLE END`])})`,
    )
    .add('bitwise_and_agg', 'bigint -> bigint', (run, [x = '']) => run('bit_and', [x]))
    .add('bitwise_or_agg', 'bigint -> bigint', (run, [x = '']) => run('bit_or', [x]))
    .add('bitwise_xor_agg', 'bigint -> bigint', (run, [x = '']) => run('bit_xor', [x]));
}

/** The element that Trino's digest gives for small groups: number floor(p·n)+1 of the sorted values; exact for large ones. */
function percentiles(builder: AggregateTableBuilder): void {
  for (const kind of ['bigint', 'real', 'double']) {
    builder
      .add('approx_percentile', `${kind}, double -> ${kind}`, (run, [x = '', p = '']) =>
        rank(run('list', [numberOf(kind, x)], `${x} IS NOT NULL`), p),
      )
      .add('approx_percentile', `${kind}, double, double -> ${kind}`, (run, [x = '', w = '', p = ''], call) =>
        rank(weighted(run, x, w, call), p),
      )
      .add('approx_percentile', `${kind}, array(double) -> array(${kind})`, (run, [x = '', ps = '']) =>
        ranks(run('list', [numberOf(kind, x)], `${x} IS NOT NULL`), ps),
      )
      .add('approx_percentile', `${kind}, double, array(double) -> array(${kind})`, (run, [x = '', w = '', ps = ''], call) =>
        ranks(weighted(run, x, w, call), ps),
      );
  }
}

/** A digest takes no NaN. */
function numberOf(kind: string, x: string): string {
  if (kind === 'bigint') return x;
  return `(CASE WHEN isnan(${x}) THEN ${failure('INVALID_FUNCTION_ARGUMENT', 'value is NaN')} ELSE ${x} END)`;
}

function weighted(run: Run, x: string, w: string, call: Call): string {
  if (typeof call.args[1]?.constant === 'number') unsupported('approx_percentile with an accuracy', call.place);
  const times = `range(CAST(${w} AS BIGINT))`;
  const i = `i${tag(x + w)}`;
  return `flatten(${run('list', [`list_transform(${times}, lambda ${i}: ${x})`], `${x} IS NOT NULL`)})`;
}

function rank(list: string, p: string): string {
  const bad = failure('INVALID_FUNCTION_ARGUMENT', 'Percentile must be between 0 and 1');
  return once(
    [`list_sort(${list})`],
    ([sorted = '']) => `(CASE WHEN ${p} < 0 OR ${p} > 1 THEN ${bad} ELSE ${at(sorted, p)} END)`,
  );
}

function ranks(list: string, ps: string): string {
  const p = `p${tag(list)}`;
  return once(
    [`list_sort(${list})`],
    ([sorted = '']) => `(CASE WHEN ${sorted} IS NOT NULL THEN list_transform(${ps}, lambda ${p}: ${at(sorted, p)}) END)`,
  );
}

function at(sorted: string, p: string): string {
  return `${sorted}[least(CAST(floor(${p} * len(${sorted})) AS BIGINT) + 1, len(${sorted}))]`;
}
