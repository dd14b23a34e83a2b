import { once } from '../expression.ts';
import { failure } from '../failure.ts';
import type { FunctionTableBuilder } from '../function-table.ts';

/** Intervals, distributions, buckets, bases, similarity and distance. */
export function statisticFunctions(table: FunctionTableBuilder): void {
  for (const name of ['normal_cdf', 'inverse_normal_cdf']) {
    table.sql(
      name,
      'double, double, double -> double',
      (mean = '', deviation = '', value = '') => `tr_${name}(${mean}, ${deviation}, ${value})`,
      { fails: true },
    );
  }
  const trials = failure('INVALID_FUNCTION_ARGUMENT', 'number of trials must be positive');
  const successes = failure('INVALID_FUNCTION_ARGUMENT', 'number of successes must be between 0 and the number of trials');
  const score = failure('INVALID_FUNCTION_ARGUMENT', 'z-score must not be negative');
  const wilson =
    (sign: string) =>
    (s = '', n = '', z = '') =>
      once(
        [`CAST(${s} AS DOUBLE)`, `CAST(${n} AS DOUBLE)`, z],
        ([p = '', q = '', c = '']) =>
          `(CASE WHEN ${q} <= 0 THEN ${trials} WHEN ${p} < 0 OR ${p} > ${q} THEN ${successes} WHEN ${c} < 0 THEN ${score} ELSE (${p} / ${q} + ${c} * ${c} / (2 * ${q}) ${sign} ${c} * sqrt((${p} / ${q} * (1 - ${p} / ${q}) + ${c} * ${c} / (4 * ${q})) / ${q})) / (1 + ${c} * ${c} / ${q}) END)`,
      );
  table.sql('wilson_interval_lower', 'bigint, bigint, double -> double', wilson('-'), { fails: true });
  table.sql('wilson_interval_upper', 'bigint, bigint, double -> double', wilson('+'), { fails: true });
  const unsorted = failure('INVALID_FUNCTION_ARGUMENT', 'Bin values must be given, in ascending order');
  table.sql(
    'width_bucket',
    'double, array(double) -> bigint',
    (x = '', bins = '') =>
      `(CASE WHEN len(${bins}) = 0 OR list_sort(${bins}) <> ${bins} THEN ${unsorted} ELSE len(list_filter(${bins}, lambda w_: w_ <= ${x})) END)`,
    { fails: true },
  );
  const few = failure('INVALID_FUNCTION_ARGUMENT', 'bucketCount must be greater than 0');
  table.sql(
    'width_bucket',
    'double, double, double, bigint -> bigint',
    (x = '', low = '', high = '', n = '') =>
      once(
        [x, low, high, n],
        ([v = '', a = '', b = '', c = '']) =>
          `(CASE WHEN ${c} <= 0 THEN ${few} WHEN ${a} <= ${b} THEN (CASE WHEN ${v} < ${a} THEN 0 WHEN ${v} >= ${b} THEN ${c} + 1 ELSE CAST(floor(${c} * (${v} - ${a}) / (${b} - ${a})) AS BIGINT) + 1 END) ELSE (CASE WHEN ${v} > ${a} THEN 0 WHEN ${v} <= ${b} THEN ${c} + 1 ELSE CAST(floor(${c} * (${a} - ${v}) / (${a} - ${b})) AS BIGINT) + 1 END) END)`,
      ),
    { fails: true },
  );
  table.sql('from_base', 'varchar, bigint -> bigint', (x = '', n = '') => `tr_from_base(${x}, ${n})`, { fails: true });
  table.sql('to_base', 'bigint, bigint -> varchar', (x = '', n = '') => `tr_to_base(${x}, ${n})`, { fails: true });
  const earth = (a = '', b = '', c = '', d = '') =>
    once([a, b, c, d], ([la = '', lo = '', lb = '', lp = '']) => {
      const bad = failure('INVALID_FUNCTION_ARGUMENT', 'Latitude must be between -90 and 90');
      const wrong = failure('INVALID_FUNCTION_ARGUMENT', 'Longitude must be between -180 and 180');
      const [p, q, r] = [`radians(${la})`, `radians(${lb})`, `(radians(${lo}) - radians(${lp}))`];
      const t1 = `cos(${q}) * sin(${r})`;
      const t2 = `cos(${p}) * sin(${q}) - sin(${p}) * cos(${q}) * cos(${r})`;
      return `(CASE WHEN abs(${la}) > 90 OR abs(${lb}) > 90 THEN ${bad} WHEN abs(${lo}) > 180 OR abs(${lp}) > 180 THEN ${wrong} ELSE 6371.01::DOUBLE * atan2(sqrt(${t1} * ${t1} + pow(${t2}, 2)), sin(${p}) * sin(${q}) + cos(${p}) * cos(${q}) * cos(${r})) END)`;
    });
  table.sql('great_circle_distance', 'double, double, double, double -> double', earth, { fails: true });
}
