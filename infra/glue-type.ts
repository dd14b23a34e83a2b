import { SettingsFault } from './settings-fault.ts';

const plain: Readonly<Record<string, string>> = {
  varchar: 'string',
  integer: 'int',
  bigint: 'bigint',
  smallint: 'smallint',
  tinyint: 'tinyint',
  boolean: 'boolean',
  double: 'double',
  real: 'float',
  date: 'date',
  varbinary: 'binary',
};

/**
 * Athena's name of a type (`varchar`, `timestamp(3)`, `array(row(a integer))`) → the catalog's (`string`, `timestamp`,
 * `array<struct<a:int>>`). Throws a SettingsFault for a type that a Parquet table of the catalog can't have.
 */
export function glueType(athena: string): string {
  const type = athena.trim().toLowerCase();
  if (type in plain) return plain[type]!;
  if (/^timestamp(\(\d+\))?$/.test(type)) return 'timestamp';
  if (/^(decimal|char|varchar)\(\d+(\s*,\s*\d+)?\)$/.test(type)) return type.replace(/\s/g, '');
  const nested = /^(array|map|row)\((.*)\)$/.exec(type);
  if (!nested)
    throw new SettingsFault(
      `The type «${athena}» can't be a column of a Glue table. Use an Athena type such as varchar or bigint.`,
    );
  const parts = split(nested[2]!);
  if (nested[1] === 'row') return `struct<${parts.map(fieldOf).join(',')}>`;
  return `${nested[1]}<${parts.map(glueType).join(',')}>`;
}

function fieldOf(field: string): string {
  const [, name, type] = /^(\S+)\s+(.+)$/.exec(field.trim()) ?? [];
  if (!name || !type) throw new SettingsFault(`The field «${field}» of a row type has no name. Write row(name type, …).`);
  return `${name}:${glueType(type)}`;
}

/** Splits at commas outside of parentheses. */
function split(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
