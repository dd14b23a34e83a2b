import { isZone } from '../zone.ts';
import { zoneOffset } from '../zone-offset.ts';
import { canonicalZone } from './date-texts.ts';
import type { Native } from './native.ts';
import { invalid, native } from './native.ts';

/** Clock time and UTC of zones, in microseconds since 1970. */
export const zoneNatives: Readonly<Record<string, Native>> = {
  tr_local_micros: native(
    ['BIGINT', 'VARCHAR'],
    'BIGINT',
    (micros: bigint, zone: string) => micros + offset(zone, micros, 'utc'),
  ),
  tr_utc_micros: native(
    ['BIGINT', 'VARCHAR'],
    'BIGINT',
    (micros: bigint, zone: string) => micros - offset(zone, micros, 'local'),
  ),
  tr_offset_minutes: native(
    ['BIGINT', 'VARCHAR'],
    'BIGINT',
    (micros: bigint, zone: string) => offset(zone, micros, 'utc') / 60_000_000n,
  ),
  tr_zone: native(['VARCHAR'], 'VARCHAR', (zone: string) => {
    const name = canonicalZone(zone);
    if (!isZone(name)) invalid(`'${zone}' is not a valid time zone`);
    return name;
  }),
};

function offset(zone: string, micros: bigint, given: 'utc' | 'local'): bigint {
  return zoneOffset(canonicalZone(zone), micros, given) ?? invalid(`'${zone}' is not a valid time zone`);
}
