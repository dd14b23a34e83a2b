import { quote } from '../expression.ts';
import type { Call, FunctionTableBuilder } from '../function-table.ts';
import { canonicalZone } from '../natives/date-texts.ts';
import { refuse, unsupported } from '../refusal.ts';
import type { TrinoType } from '../trino-type.ts';
import { instantOf, isZone, localOf, toInstant, zoned } from '../zone.ts';

type Zoned = TrinoType & { kind: 'timestamptz' };

/** Texts of dates and times, Unix time and time zones. */
export function dateTextFunctions(table: FunctionTableBuilder): void {
  formatting(table);
  unixTime(table);
  zones(table);
}

/** The clock time of a date, timestamp or zoned timestamp. */
function clock(type: TrinoType | undefined, sql: string): string {
  return type?.kind === 'timestamptz' ? localOf(type, sql).local : sql;
}

function formatting(table: FunctionTableBuilder): void {
  const text = { fails: true, type: () => ({ kind: 'varchar' }) as TrinoType };
  for (const kind of ['timestamp', 'timestamptz']) {
    table.call(
      'date_format',
      `${kind}, varchar -> varchar`,
      ({ sqls: [x = '', p = ''], args }) => `tr_date_format(epoch_us(${clock(args[0]?.type, x)}), ${p})`,
      text,
    );
    table.call(
      'format_datetime',
      `${kind}, varchar -> varchar`,
      ({ sqls: [x = '', p = ''], args }) => {
        const type = args[0]?.type;
        if (type?.kind !== 'timestamptz') return `tr_format_datetime(epoch_us(${x}), ${p}, '')`;
        return `tr_format_datetime(epoch_us(${instantOf(type, x)}), ${p}, ${localOf(type, x).zone})`;
      },
      text,
    );
    table.call(
      'to_iso8601',
      `${kind} -> varchar`,
      ({ sqls: [x = ''], args }) => {
        const type = args[0]?.type;
        if (type?.kind === 'timestamptz')
          return `tr_to_iso(epoch_us(${instantOf(type, x)}), ${type.precision}, ${localOf(type, x).zone})`;
        return `tr_to_iso(epoch_us(${x}), ${type?.kind === 'timestamp' ? type.precision : 0}, '')`;
      },
      { type: text.type },
    );
  }
  table.sql('to_iso8601', 'date -> varchar', (x = '') => `CAST(${x} AS VARCHAR)`);
  table.sql('date_parse', 'varchar, varchar -> timestamp', (x = '', p = '') => `make_timestamp(tr_date_parse(${x}, ${p}))`, {
    fails: true,
    type: () => ({ kind: 'timestamp', precision: 3 }),
  });
  const own = { fails: true, type: (): Zoned => ({ kind: 'timestamptz', precision: 3 }) };
  table.call(
    'parse_datetime',
    'varchar, varchar -> timestamptz',
    ({ sqls: [x = '', p = ''], type }) => zoned(`tr_parse_datetime(${x}, ${p})`, type as Zoned),
    own,
  );
  table.call(
    'from_iso8601_timestamp',
    'varchar -> timestamptz',
    ({ sqls: [x = ''], type }) => zoned(`tr_iso_timestamp(${x})`, type as Zoned),
    own,
  );
  table.sql('from_iso8601_date', 'varchar -> date', (x = '') => `(DATE '1970-01-01' + tr_iso_date(${x}))`, { fails: true });
}

function unixTime(table: FunctionTableBuilder): void {
  const at = (x: string) => `make_timestamp(tr_unix_micros(${x}))`;
  table.sql('from_unixtime', 'double -> timestamptz', (x = '') => at(x), {
    type: () => ({ kind: 'timestamptz', precision: 3, zone: 'UTC' }),
  });
  table.call(
    'from_unixtime',
    'double, varchar -> timestamptz',
    ({ sqls: [x = '', z = ''], type }) => withZone(type as Zoned, at(x), z),
    {
      fails: true,
      type: ([, zone], place) => ({ kind: 'timestamptz', precision: 3, zone: zoneConstant(zone?.constant, place) }),
    },
  );
  table.call('from_unixtime', 'double, bigint, bigint -> timestamptz', ({ sqls: [x = ''] }) => at(x), {
    type: ([, hours, minutes], place) => {
      if (typeof hours?.constant !== 'bigint' || typeof minutes?.constant !== 'bigint')
        return unsupported('from_unixtime with an offset that is not a literal', place);
      const total = Number(hours.constant) * 60 + Number(minutes.constant);
      const two = (value: number) => String(value).padStart(2, '0');
      const size = Math.abs(total);
      return {
        kind: 'timestamptz',
        precision: 3,
        zone: canonicalZone(`${total < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`),
      };
    },
  });
  table.call(
    'to_unixtime',
    'timestamptz -> double',
    ({ sqls: [x = ''], args }) => `(epoch_us(${instantOf(args[0]?.type as Zoned, x)}) / 1e6)`,
  );
}

function zoneConstant(value: unknown, place: Call['place']): string | undefined {
  if (typeof value !== 'string') return undefined;
  const zone = canonicalZone(value);
  if (!isZone(zone)) refuse('INVALID_FUNCTION_ARGUMENT', `'${value}' is not a valid time zone`, place);
  return zone;
}

function withZone(type: Zoned, instant: string, zone: string): string {
  return type.zone === undefined ? `{'t': ${instant}, 'z': tr_zone(${zone})}` : instant;
}

function zones(table: FunctionTableBuilder): void {
  const type = (args: readonly { type: TrinoType; constant?: unknown }[], place: Call['place']): Zoned => ({
    kind: 'timestamptz',
    precision: args[0] && 'precision' in args[0].type && args[0].type.kind !== 'decimal' ? args[0].type.precision : 3,
    zone: zoneConstant(args[1]?.constant, place),
  });
  table.call(
    'at_timezone',
    'timestamptz, varchar -> timestamptz',
    ({ sqls: [x = '', z = ''], args, type: to }) => withZone(to as Zoned, instantOf(args[0]?.type as Zoned, x), z),
    { fails: true, type },
  );
  table.call(
    'with_timezone',
    'timestamp, varchar -> timestamptz',
    ({ sqls: [x = '', z = ''], type: to }) => {
      const zone = (to as Zoned).zone;
      return zone === undefined
        ? `{'t': make_timestamp(tr_utc_micros(epoch_us(${x}), ${z})), 'z': tr_zone(${z})}`
        : toInstant(x, zone);
    },
    { fails: true, type },
  );
  table.call('timezone', 'timestamptz -> varchar', ({ sqls: [x = ''], args }) => {
    const { zone } = localOf(args[0]?.type as Zoned, x);
    return `(CASE WHEN ${x} IS NOT NULL THEN ${zone} END)`;
  });
  table.call('timezone_hour', 'timestamptz -> bigint', (call) => `(${offset(call)} // 60)`);
  table.call('timezone_minute', 'timestamptz -> bigint', (call) => `(${offset(call)} % 60)`);
  table.sql('current_timezone', '-> varchar', () => quote('UTC'));
}

function offset({ sqls: [x = ''], args }: Call): string {
  const type = args[0]?.type as Zoned;
  return `tr_offset_minutes(epoch_us(${instantOf(type, x)}), ${localOf(type, x).zone})`;
}
