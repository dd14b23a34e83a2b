import { z } from 'zod';
import { readingSchema } from './reading.ts';

/** JSON Schema as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * The Reading union as the input schema of a model's tool: an object with the one property `reading`, since a union may not
 * stand at the top. In the subset that strict tools take: every object closed, `anyOf` for unions, shared parts once under
 * `$defs`; bounds and defaults are left out, because `checkReading` holds a reply to them anyway. The same bytes every time.
 */
export function readingJsonSchema(): JsonSchema {
  const { $defs, $schema: _, ...reading } = z.toJSONSchema(readingSchema, { io: 'input', reused: 'ref' });
  return {
    type: 'object',
    properties: { reading: strict(reading) },
    required: ['reading'],
    additionalProperties: false,
    ...($defs ? { $defs: Object.fromEntries(Object.entries($defs).map(([name, schema]) => [name, strict(schema)])) } : {}),
  };
}

const KEPT = new Set([
  'type',
  'enum',
  'const',
  'anyOf',
  'items',
  'properties',
  'required',
  'additionalProperties',
  '$ref',
  'description',
]);

function strict(schema: unknown): unknown {
  if (schema === null || typeof schema !== 'object') return schema;
  const { oneOf, ...rest } = schema as Record<string, unknown>;
  const whole: Record<string, unknown> = oneOf === undefined ? rest : { ...rest, anyOf: oneOf };
  return Object.fromEntries(
    Object.entries(whole).flatMap(([key, value]) => (KEPT.has(key) ? [[key, strictPart(key, value)]] : [])),
  );
}

function strictPart(key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as object).flatMap(([name, part]) => (name === 'made' ? [] : [[name, strict(part)]])),
    );
  if (key === 'items') return strict(value);
  if (key === 'anyOf') return (value as unknown[]).map(strict);
  return value;
}
