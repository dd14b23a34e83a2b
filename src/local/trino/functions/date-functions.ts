import { toPrecision } from '../cast.ts';
import { once } from '../expression.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { rebuildLocal } from '../interval-arithmetic.ts';
import { refuse, unsupported } from '../refusal.ts';
import type { TrinoType } from '../trino-type.ts';
import { instantOf, localOf } from '../zone.ts';

type Zoned = TrinoType & { kind: 'timestamptz' };

/** Dates, times and time zones. */
export function dateFunctions(table: FunctionTableBuilder): void {
  parts(table);
  intervalParts(table);
  truncation(table);
  addition(table);
  differences(table);
}

/** The clock time of a date, timestamp or zoned timestamp. */
function clock(type: TrinoType | undefined, sql: string): string {
  return type?.kind === 'timestamptz' ? localOf(type, sql).local : sql;
}

const PARTS: readonly (readonly [string, (x: string) => string])[] = [
  ['year', (x) => `year(${x})`],
  ['quarter', (x) => `quarter(${x})`],
  ['month', (x) => `month(${x})`],
  ['week week_of_year', (x) => `weekofyear(${x})`],
  ['year_of_week yow', (x) => `isoyear(${x})`],
  ['day day_of_month', (x) => `day(${x})`],
  ['day_of_week dow', (x) => `isodow(${x})`],
  ['day_of_year doy', (x) => `dayofyear(${x})`],
];

const CLOCK_PARTS: readonly (readonly [string, (x: string) => string])[] = [
  ['hour', (x) => `hour(${x})`],
  ['minute', (x) => `minute(${x})`],
  ['second', (x) => `second(${x})`],
  ['millisecond', (x) => `(millisecond(${x}) % 1000)`],
];

function parts(table: FunctionTableBuilder): void {
  for (const [names, write] of [...PARTS, ...CLOCK_PARTS]) {
    for (const kind of ['date', 'timestamp', 'timestamptz']) {
      if (kind === 'date' && CLOCK_PARTS.some(([name]) => name === names)) continue;
      table.call(names, `${kind} -> bigint`, ({ sqls: [x = ''], args }) => `CAST(${write(clock(args[0]?.type, x))} AS BIGINT)`);
    }
  }
  for (const [name, write] of CLOCK_PARTS)
    table.sql(name, 'time -> bigint', (x = '') => `CAST(${write(`(DATE '1970-01-01' + ${x})`)} AS BIGINT)`);
  for (const kind of ['date', 'timestamp', 'timestamptz']) {
    table.call('last_day_of_month', `${kind} -> date`, ({ sqls: [x = ''], args }) => `last_day(${clock(args[0]?.type, x)})`);
  }
  table.call('date', 'timestamp -> date', ({ sqls: [x = ''] }) => `CAST(${x} AS DATE)`);
  table.call('date', 'timestamptz -> date', ({ sqls: [x = ''], args }) => `CAST(${clock(args[0]?.type, x)} AS DATE)`);
  table.sql('date', 'date -> date', (x = '') => x);
  table.sql('date', 'varchar -> date', (x = '') => `(DATE '1970-01-01' + tr_text_to_date(${x}, false))`, { fails: true });
}

function intervalParts(table: FunctionTableBuilder): void {
  table.sql('day day_of_month', 'interval_day -> bigint', (x = '') => `(${x} // 86400000)`);
  table.sql('hour', 'interval_day -> bigint', (x = '') => `((${x} // 3600000) % 24)`);
  table.sql('minute', 'interval_day -> bigint', (x = '') => `((${x} // 60000) % 60)`);
  table.sql('second', 'interval_day -> bigint', (x = '') => `((${x} // 1000) % 60)`);
  table.sql('millisecond', 'interval_day -> bigint', (x = '') => `(${x} % 1000)`);
  table
    .sql('year', 'interval_year -> bigint', (x = '') => `(${x} // 12)`)
    .sql('month', 'interval_year -> bigint', (x = '') => `(${x} % 12)`);
  table.sql('to_milliseconds', 'interval_day -> bigint', (x = '') => x);
  table.sql('parse_duration', 'varchar -> interval_day', (x = '') => `tr_parse_duration(${x})`, { fails: true });
}

const DATE_UNITS = ['day', 'week', 'month', 'quarter', 'year'];

const TIME_UNITS = ['millisecond', 'second', 'minute', 'hour'];

/** The literal unit of a call, lower-case; refuses units that Trino does not know for the type. */
function unitOf(call: Call, type: TrinoType | undefined): string {
  const [unit] = call.args;
  if (typeof unit?.constant !== 'string') return unsupported('a date unit that is not a literal', call.place);
  const name = unit.constant.toLowerCase();
  const known = type?.kind === 'time' ? TIME_UNITS : type?.kind === 'date' ? DATE_UNITS : [...TIME_UNITS, ...DATE_UNITS];
  if (!known.includes(name)) {
    const shown = type?.kind === 'date' ? 'DATE' : type?.kind === 'time' ? 'TIME' : 'TIMESTAMP';
    refuse('INVALID_FUNCTION_ARGUMENT', `'${unit.constant}' is not a valid ${shown} field`, unit.place ?? call.place);
  }
  return name;
}

function truncation(table: FunctionTableBuilder): void {
  table.call(
    'date_trunc',
    'varchar, date -> date',
    (call) => `CAST(date_trunc('${unitOf(call, call.type)}', ${call.sqls[1]}) AS DATE)`,
    { fails: true, ambiguous: [1] },
  );
  table.call(
    'date_trunc',
    'varchar, timestamp -> timestamp',
    (call) => `date_trunc('${unitOf(call, call.type)}', ${call.sqls[1]})`,
    { fails: true, ambiguous: [1] },
  );
  table.call(
    'date_trunc',
    'varchar, timestamptz -> timestamptz',
    (call) => {
      const type = call.type as Zoned;
      const [, x = ''] = call.sqls;
      return once([x], ([v = '']) => rebuildLocal(type, v, `date_trunc('${unitOf(call, type)}', ${localOf(type, v).local})`));
    },
    { fails: true, type: ([, x]) => x?.type ?? { kind: 'timestamptz', precision: 3 } },
  );
  table.call(
    'date_trunc',
    'varchar, time -> time',
    (call) => `CAST(date_trunc('${unitOf(call, call.type)}', DATE '1970-01-01' + ${call.sqls[1]}) AS TIME)`,
  );
}

function amount(unit: string, n: string): string {
  const whole = `CAST(${n} AS INTEGER)`;
  if (unit === 'week') return `to_days(7 * ${whole})`;
  if (unit === 'quarter') return `to_months(3 * ${whole})`;
  if (unit === 'day' || unit === 'month' || unit === 'year') return `to_${unit}s(${whole})`;
  return `to_${unit}s(${n})`;
}

function addition(table: FunctionTableBuilder): void {
  table.call(
    'date_add',
    'varchar, bigint, date -> date',
    (call) => `CAST(${call.sqls[2]} + ${amount(unitOf(call, call.type), call.sqls[1] ?? '')} AS DATE)`,
    { fails: true, ambiguous: [2] },
  );
  table.call(
    'date_add',
    'varchar, bigint, timestamp -> timestamp',
    (call) => {
      const unit = unitOf(call, call.type);
      const sum = `(${call.sqls[2]} + ${amount(unit, call.sqls[1] ?? '')})`;
      return unit === 'millisecond' && call.type.kind === 'timestamp' ? toPrecision(sum, 3, call.type.precision) : sum;
    },
    { fails: true, ambiguous: [2] },
  );
  table.call(
    'date_add',
    'varchar, bigint, timestamptz -> timestamptz',
    (call) => {
      const type = call.type as Zoned;
      const unit = unitOf(call, type);
      const [, n = '', x = ''] = call.sqls;
      return once([x], ([v = '']) => {
        if (TIME_UNITS.includes(unit)) {
          const sum = `(${instantOf(type, v)} + ${amount(unit, n)})`;
          const moved = unit === 'millisecond' ? toPrecision(sum, 3, type.precision) : sum;
          return type.zone === undefined ? `{'t': ${moved}, 'z': (${v}).z}` : moved;
        }
        return rebuildLocal(type, v, `(${localOf(type, v).local} + ${amount(unit, n)})`);
      });
    },
    { fails: true, type: ([, , x]) => x?.type ?? { kind: 'timestamptz', precision: 3 } },
  );
  table.call(
    'date_add',
    'varchar, bigint, time -> time',
    (call) => {
      const unit = unitOf(call, call.type);
      const sum = `((DATE '1970-01-01' + ${call.sqls[2]}) + ${amount(unit, call.sqls[1] ?? '')})`;
      const rounded = unit === 'millisecond' && call.type.kind === 'time' ? toPrecision(sum, 3, call.type.precision) : sum;
      return `CAST(${rounded} AS TIME)`;
    },
    { fails: true },
  );
}

function differences(table: FunctionTableBuilder): void {
  table.call(
    'date_diff',
    'varchar, date, date -> bigint',
    (call) => complete(unitOf(call, { kind: 'date' }), call.sqls[1] ?? '', call.sqls[2] ?? ''),
    { fails: true },
  );
  table.call(
    'date_diff',
    'varchar, timestamp, timestamp -> bigint',
    (call) => complete(unitOf(call, call.args[1]?.type), call.sqls[1] ?? '', call.sqls[2] ?? ''),
    { fails: true },
  );
  table.call(
    'date_diff',
    'varchar, timestamptz, timestamptz -> bigint',
    (call) => {
      const unit = unitOf(call, call.args[1]?.type);
      const [, x = '', y = ''] = call.sqls;
      const [a, b] = [call.args[1]?.type, call.args[2]?.type] as [Zoned, Zoned];
      if (TIME_UNITS.includes(unit)) return complete(unit, instantOf(a, x), instantOf(b, y));
      // Days and longer are counted on the clock of the first value's zone.
      const { local, zone } = localOf(a, x);
      const other =
        a.zone === undefined
          ? `make_timestamp(tr_local_micros(epoch_us(${instantOf(b, y)}), ${zone}))`
          : localOf({ ...b, zone: a.zone }, instantOf(b, y)).local;
      return complete(unit, local, other);
    },
    { fails: true },
  );
  table.call(
    'date_diff',
    'varchar, time, time -> bigint',
    (call) =>
      complete(
        unitOf(call, call.args[1]?.type),
        `(DATE '1970-01-01' + ${call.sqls[1]})`,
        `(DATE '1970-01-01' + ${call.sqls[2]})`,
      ),
    { fails: true },
  );
}

/** Complete units between two clock times, as Joda counts them: the end of a short month completes a month. */
function complete(unit: string, x: string, y: string): string {
  const size = {
    millisecond: 1000,
    second: 1_000_000,
    minute: 60_000_000,
    hour: 3_600_000_000,
    day: 86_400_000_000,
    week: 604_800_000_000,
  }[unit];
  if (size !== undefined) return `((epoch_us(CAST(${y} AS TIMESTAMP)) - epoch_us(CAST(${x} AS TIMESTAMP))) // ${size})`;
  const months = { month: 1, quarter: 3, year: 12 }[unit as 'month'];
  return once([`CAST(${x} AS TIMESTAMP)`, `CAST(${y} AS TIMESTAMP)`], ([a = '', b = '']) => {
    // Backwards is forwards with the sign turned, so that the ends of months count the same both ways.
    const forward = (from: string, to: string) => {
      const raw = `((year(${to}) - year(${from})) * 12 + month(${to}) - month(${from}))`;
      return `(${raw} - (CASE WHEN ${from} + to_months(CAST(${raw} AS INTEGER)) > ${to} THEN 1 ELSE 0 END))`;
    };
    return `((CASE WHEN ${b} >= ${a} THEN ${forward(a, b)} ELSE -${forward(b, a)} END) // ${months})`;
  });
}
