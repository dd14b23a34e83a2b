import { arithmetic } from '../arithmetic.ts';
import { comparisonText } from '../comparison.ts';
import { duckType } from '../duck-type.ts';
import { once } from '../expression.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import type { TrinoType } from '../trino-type.ts';
import { decimal, simple } from '../trino-type.ts';

const NUMBERS = ['tinyint', 'smallint', 'integer', 'bigint', 'real', 'double'] as const;

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint'] as const;

/** Numbers: rounding, powers, logarithms, extremes of a few values. */
export function mathFunctions(table: FunctionTableBuilder): void {
  signs(table);
  rounding(table);
  powers(table);
  extremes(table);
}

function signs(table: FunctionTableBuilder): void {
  for (const kind of INTEGERS) {
    const duck = duckType(simple(kind));
    table.sql('abs', `${kind} -> ${kind}`, (x = '') => `abs(${x})`, { fails: true });
    table.sql('sign', `${kind} -> ${kind}`, (x = '') => `CAST(sign(${x}) AS ${duck})`);
  }
  for (const kind of ['real', 'double']) {
    table.sql('abs', `${kind} -> ${kind}`, (x = '') => `abs(${x})`);
    table.sql('sign', `${kind} -> ${kind}`, (x = '') =>
      once(
        [x],
        ([v = '']) => `(CASE WHEN isnan(${v}) THEN ${v} ELSE CAST(sign(${v}) AS ${kind === 'real' ? 'FLOAT' : 'DOUBLE'}) END)`,
      ),
    );
  }
  table.sql('abs', 'decimal -> decimal', (x = '') => `abs(${x})`);
  table.sql('sign', 'decimal -> decimal', (x = '') => `CAST(sign(${x}) AS DECIMAL(1,0))`, { type: () => decimal(1, 0) });
}

function rounding(table: FunctionTableBuilder): void {
  for (const kind of INTEGERS) {
    const duck = duckType(simple(kind));
    table.sql('round ceil ceiling floor', `${kind} -> ${kind}`, (x = '') => x);
    table.sql(
      'round',
      `${kind}, integer -> ${kind}`,
      (x = '', n = '') => `CAST(round(CAST(${x} AS DECIMAL(38,0)), ${n}) AS ${duck})`.replace('round(CAST', 'round(CAST'),
      { fails: true },
    );
  }
  for (const kind of ['real', 'double']) {
    const duck = kind === 'real' ? 'FLOAT' : 'DOUBLE';
    table.sql('round', `${kind} -> ${kind}`, (x = '') => `CAST(round(${x}) AS ${duck})`);
    table.sql('round', `${kind}, integer -> ${kind}`, (x = '', n = '') => `CAST(${roundDouble(x, n)} AS ${duck})`);
    table.sql('ceil ceiling', `${kind} -> ${kind}`, (x = '') => `ceil(${x})`);
    table.sql('floor', `${kind} -> ${kind}`, (x = '') => `floor(${x})`);
    table.sql('truncate', `${kind} -> ${kind}`, (x = '') => `trunc(${x})`);
  }
  const whole = (type: TrinoType | undefined): TrinoType => {
    const { precision, scale } = type?.kind === 'decimal' ? type : { precision: 38, scale: 0 };
    return decimal(precision - scale + Math.min(scale, 1), 0);
  };
  for (const [names, duck] of [
    ['round', 'round'],
    ['ceil ceiling', 'ceil'],
    ['floor', 'floor'],
  ] as const) {
    table.call(
      names,
      'decimal -> decimal',
      ({ sqls: [x = ''], type }) => `CAST(${duck === 'round' ? `round(${x}, 0)` : `${duck}(${x})`} AS ${duckType(type)})`,
      { type: ([x]) => whole(x?.type) },
    );
  }
  table.call('round', 'decimal, integer -> decimal', roundDecimal, {
    fails: true,
    type: ([x]) => (x?.type.kind === 'decimal' ? decimal(x.type.precision + 1, x.type.scale) : decimal(38, 0)),
  });
  table.call('truncate', 'decimal -> decimal', ({ sqls: [x = ''], type }) => `CAST(trunc(${x}) AS ${duckType(type)})`, {
    type: ([x]) => (x?.type.kind === 'decimal' ? decimal(Math.max(x.type.precision - x.type.scale, 1), 0) : decimal(38, 0)),
  });
  table.call('truncate', 'decimal, integer -> decimal', truncateDecimal, { fails: true });
}

/** Trino rounds the product with the power of ten half away from zero (MathFunctions.round). */
function roundDouble(x: string, n: string): string {
  return once([x, n], ([v = '', d = '']) => {
    const factor = `pow(10::DOUBLE, ${d})`;
    return `(CASE WHEN ${d} IS NULL THEN NULL WHEN NOT isfinite(${v}) THEN ${v} WHEN isfinite(${v} * ${factor}) THEN round(${v} * ${factor}) / ${factor} ELSE ${v} END)`;
  });
}

function roundDecimal({ sqls: [x = '', n = ''], type, args }: Call): string {
  const from = args[0]?.type;
  const scale = from?.kind === 'decimal' ? from.scale : 0;
  return once(
    [x, n],
    ([v = '', d = '']) =>
      `(CASE WHEN ${d} IS NULL THEN NULL WHEN ${d} >= ${scale} THEN CAST(${v} AS ${duckType(type)}) ELSE ${stepped('half', v, d, scale, type)} END)`,
  );
}

function truncateDecimal({ sqls: [x = '', n = ''], type }: Call): string {
  const scale = type.kind === 'decimal' ? type.scale : 0;
  return once(
    [x, n],
    ([v = '', d = '']) =>
      `(CASE WHEN ${d} IS NULL THEN NULL WHEN ${d} >= ${scale} THEN ${v} ELSE ${stepped('down', v, d, scale, type)} END)`,
  );
}

/** Rounds the digits to a multiple of a power of ten, on whole numbers. */
function stepped(way: 'half' | 'down', v: string, d: string, scale: number, type: TrinoType): string {
  const unit = `CAST(pow(10::DOUBLE, least(${scale} - ${d}, 37)) AS HUGEINT)`;
  const digits = `CAST(CAST(${v} AS DECIMAL(38,${scale})) * 1${'0'.repeat(scale)} AS HUGEINT)`;
  const quotient =
    way === 'half' ? `((abs(${digits}) * 2 + ${unit}) // (${unit} * 2)) * sign(${digits})` : `(${digits} // ${unit})`;
  const back = `CAST(${quotient} * ${unit} AS DECIMAL(38,0))`;
  if (scale === 0) return `CAST(${back} AS ${duckType(type)})`;
  return `CAST(${back} * CAST('0.${'0'.repeat(scale - 1)}1' AS DECIMAL(${scale},${scale})) AS ${duckType(type)})`;
}

function powers(table: FunctionTableBuilder): void {
  const one = (names: string, write: (x: string) => string) => table.sql(names, 'double -> double', (x = '') => write(x));
  const guarded = (write: (x: string) => string, domain: (x: string) => string, zero?: string) => (x: string) =>
    once(
      [x],
      ([v = '']) =>
        `(CASE ${zero ? `WHEN ${v} = 0 THEN ${zero} ` : ''}WHEN ${domain(v)} THEN ${write(v)} WHEN ${v} IS NULL THEN NULL ELSE 'nan'::DOUBLE END)`,
    );
  one(
    'sqrt',
    guarded(
      (x) => `sqrt(${x})`,
      (x) => `${x} >= 0`,
    ),
  );
  for (const [name, duck] of [
    ['ln', 'ln'],
    ['log2', 'log2'],
    ['log10', 'log10'],
  ] as const) {
    one(
      name,
      guarded(
        (x) => `${duck}(${x})`,
        (x) => `${x} > 0`,
        "'-inf'::DOUBLE",
      ),
    );
  }
  one('cbrt', (x) => `cbrt(${x})`);
  one('exp', (x) => `exp(${x})`);
  for (const name of ['sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'tanh', 'degrees', 'radians'])
    one(
      name,
      guarded(
        (x) => `${name}(${x})`,
        (x) => `isfinite(${x})${/sinh|cosh|tanh|atan|degrees|radians/.test(name) ? ` OR isinf(${x})` : ''}`,
      ),
    );
  for (const name of ['asin', 'acos'])
    one(
      name,
      guarded(
        (x) => `${name}(${x})`,
        (x) => `${x} BETWEEN -1 AND 1`,
      ),
    );
  table.sql('atan2', 'double, double -> double', (y = '', x = '') => `atan2(${y}, ${x})`);
  table.sql('power pow', 'double, double -> double', (x = '', y = '') => `pow(${x}, ${y})`);
  table.sql('log', 'double, double -> double', (b = '', x = '') =>
    once([b, x], ([p = '', q = '']) => `(${naturalLog(q)} / ${naturalLog(p)})`),
  );
  table.sql('pi', '-> double', () => 'pi()').sql('e', '-> double', () => 'exp(1::DOUBLE)');
  table.sql('nan', '-> double', () => "'nan'::DOUBLE").sql('infinity', '-> double', () => "'inf'::DOUBLE");
  table.sql('is_nan', 'real -> boolean', (x = '') => `isnan(${x})`).sql('is_nan', 'double -> boolean', (x = '') => `isnan(${x})`);
  table
    .sql('is_infinite', 'double -> boolean', (x = '') => `isinf(${x})`)
    .sql('is_finite', 'double -> boolean', (x = '') => `isfinite(${x})`);
  for (const kind of NUMBERS) {
    table.call('mod', `${kind}, ${kind} -> ${kind}`, modulo, { fails: true });
  }
  table.call('mod', 'decimal, decimal -> decimal', modulo, {
    fails: true,
    type: ([a, b], place) => (a && b ? arithmetic('%', a, b, place).type : decimal(38, 0)),
  });
}

/** Java's Math.log. */
function naturalLog(x: string): string {
  return `(CASE WHEN ${x} > 0 THEN ln(${x}) WHEN ${x} = 0 THEN '-inf'::DOUBLE WHEN ${x} IS NOT NULL THEN 'nan'::DOUBLE END)`;
}

function modulo({ args, sqls, place }: Call): string {
  const [a, b] = args;
  if (!a || !b) return 'NULL';
  return arithmetic('%', { ...a, sql: sqls[0] ?? '' }, { ...b, sql: sqls[1] ?? '' }, place).sql;
}

function extremes(table: FunctionTableBuilder): void {
  for (const [name, operator] of [
    ['greatest', '>='],
    ['least', '<='],
  ] as const) {
    table.call(name, 'T, T... -> T', ({ sqls, type }) => {
      const [first = 'NULL', ...rest] = sqls;
      return rest.reduce((best, next) => once([best, next], ([a = '', b = '']) => better(type, operator, a, b)), first);
    });
  }
}

/** The larger (smaller) of two: NULL where one is NULL, NaN only where both are. */
function better(type: TrinoType, operator: '>=' | '<=', a: string, b: string): string {
  if (type.kind !== 'double' && type.kind !== 'real')
    return `(CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN ${comparisonText(operator, type, a, b)} THEN ${a} ELSE ${b} END)`;
  return `(CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN isnan(${a}) THEN ${b} WHEN isnan(${b}) THEN ${a} WHEN ${a} ${operator} ${b} THEN ${a} ELSE ${b} END)`;
}
