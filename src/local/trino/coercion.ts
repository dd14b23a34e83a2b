import type { TrinoType } from './trino-type.ts';
import { asDecimal, decimal, isInteger, isNumeric, sameType, simple, varchar } from './trino-type.ts';

/** The one type that both sides are silently turned into (Trino's common super type), or undefined where there is none. */
export function commonType(left: TrinoType, right: TrinoType): TrinoType | undefined {
  if (left.kind === 'unknown') return right;
  if (right.kind === 'unknown') return left;
  if (left.kind === right.kind) return commonOfKind(left, right);
  if (isNumeric(left) && isNumeric(right)) return commonNumber(left, right);
  if (isTemporal(left) && isTemporal(right)) return commonTemporal(left, right);
  if (left.kind === 'char' && right.kind === 'varchar') return charWith(left, right);
  if (right.kind === 'char' && left.kind === 'varchar') return charWith(right, left);
  return undefined;
}

/** Whether Trino turns a value of `from` into `to` without being asked. */
export function canCoerce(from: TrinoType, to: TrinoType): boolean {
  if (from.kind === 'char' && to.kind === 'varchar') return to.length === undefined || to.length >= from.length;
  if (from.kind === 'timestamptz' && to.kind === 'timestamptz') return from.precision <= to.precision;
  const common = commonType(from, to);
  return common !== undefined && sameType(common, to);
}

/** The common type of many, or undefined; of none at all it is `unknown`. */
export function commonOfAll(types: readonly TrinoType[]): TrinoType | undefined {
  return types.reduce<TrinoType | undefined>((all, type) => all && commonType(all, type), simple('unknown'));
}

/** Types that `=` takes: all but functions and geometry. */
export function isComparable(type: TrinoType): boolean {
  if (type.kind === 'array') return isComparable(type.element);
  if (type.kind === 'map') return isComparable(type.key) && isComparable(type.value);
  if (type.kind === 'row') return type.fields.every((field) => isComparable(field.type));
  return type.kind !== 'function' && type.kind !== 'geometry' && type.kind !== 'geography';
}

/** Types that `<` and ORDER BY take: no maps, no json. */
export function isOrderable(type: TrinoType): boolean {
  if (type.kind === 'array') return isOrderable(type.element);
  if (type.kind === 'row') return type.fields.every((field) => isOrderable(field.type));
  return type.kind !== 'map' && type.kind !== 'json' && isComparable(type);
}

function commonOfKind(left: TrinoType, right: TrinoType): TrinoType | undefined {
  if (left.kind === 'decimal' && right.kind === 'decimal') return commonNumber(left, right);
  if (left.kind === 'varchar' && right.kind === 'varchar') {
    const bounded = left.length !== undefined && right.length !== undefined;
    return bounded ? varchar(Math.max(left.length ?? 0, right.length ?? 0)) : varchar();
  }
  if (left.kind === 'char' && right.kind === 'char') return { kind: 'char', length: Math.max(left.length, right.length) };
  if (left.kind === 'time' && right.kind === 'time') return left.precision >= right.precision ? left : right;
  if (isTemporal(left) && isTemporal(right)) return commonTemporal(left, right);
  if (left.kind === 'array' && right.kind === 'array') {
    const element = commonType(left.element, right.element);
    return element && { kind: 'array', element };
  }
  if (left.kind === 'map' && right.kind === 'map') {
    const key = commonType(left.key, right.key);
    const value = commonType(left.value, right.value);
    return key && value && { kind: 'map', key, value };
  }
  if (left.kind === 'row' && right.kind === 'row') return commonRow(left, right);
  return left;
}

function commonRow(left: Extract<TrinoType, { kind: 'row' }>, right: Extract<TrinoType, { kind: 'row' }>): TrinoType | undefined {
  if (left.fields.length !== right.fields.length) return undefined;
  const fields = [];
  for (const [index, field] of left.fields.entries()) {
    const other = right.fields[index];
    const type = other && commonType(field.type, other.type);
    if (!type) return undefined;
    fields.push(field.name === other.name && field.name !== undefined ? { name: field.name, type } : { type });
  }
  return { kind: 'row', fields };
}

function commonNumber(left: TrinoType, right: TrinoType): TrinoType {
  if (left.kind === 'double' || right.kind === 'double') return simple('double');
  if (left.kind === 'real' || right.kind === 'real') return simple('real');
  if (isInteger(left) && isInteger(right)) return rank(left) >= rank(right) ? left : right;
  const a = asDecimal(left) ?? { precision: 38, scale: 0 };
  const b = asDecimal(right) ?? { precision: 38, scale: 0 };
  const scale = Math.max(a.scale, b.scale);
  return decimal(Math.max(a.precision - a.scale, b.precision - b.scale) + scale, scale);
}

function rank(type: TrinoType): number {
  return ['tinyint', 'smallint', 'integer', 'bigint'].indexOf(type.kind);
}

type Temporal = Extract<TrinoType, { kind: 'timestamp' | 'timestamptz' }> | { readonly kind: 'date' };

function isTemporal(type: TrinoType): type is Temporal & TrinoType {
  return type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'timestamptz';
}

function commonTemporal(left: Temporal, right: Temporal): TrinoType {
  const precision = Math.max('precision' in left ? left.precision : 0, 'precision' in right ? right.precision : 0);
  if (left.kind === 'timestamptz' && right.kind === 'timestamptz') {
    return { kind: 'timestamptz', precision, zone: left.zone === right.zone ? left.zone : undefined };
  }
  const zoned = left.kind === 'timestamptz' ? left : right.kind === 'timestamptz' ? right : undefined;
  if (zoned) return { kind: 'timestamptz', precision, zone: zoned.zone === 'UTC' ? 'UTC' : undefined };
  return left.kind === 'date' && right.kind === 'date' ? simple('date') : { kind: 'timestamp', precision };
}

function charWith(char: Extract<TrinoType, { kind: 'char' }>, text: Extract<TrinoType, { kind: 'varchar' }>): TrinoType {
  return { kind: 'char', length: Math.max(char.length, text.length ?? 65_536) };
}
