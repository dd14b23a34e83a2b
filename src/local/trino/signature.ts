import { canCoerce, commonType } from './coercion.ts';
import type { TrinoType } from './trino-type.ts';
import { asDecimal, sameType, simple, typeName, varchar } from './trino-type.ts';

/** A parameter or result as a signature writes it: `array(T)`, `bigint`, `fn(T,U->boolean)`, `timestamp` of any precision. */
export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'function'; readonly parameters: readonly Pattern[]; readonly returns: Pattern }
  | { readonly kind: 'nested'; readonly of: 'array' | 'map' | 'row'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'plain'; readonly name: string };

/** What the variables of a signature stand for. */
export type Variables = Map<string, TrinoType>;

/** Reads `array(T), bigint -> T`; the last parameter repeats where it ends in `...`. */
export function readSignature(text: string): { parameters: readonly Pattern[]; returns: Pattern; variadic: boolean } {
  const at = text.lastIndexOf('->');
  const left = text.slice(0, at).trim();
  const variadic = left.endsWith('...');
  const parameters = splitTop(left.replace(/\.\.\.$/, '')).map(readPattern);
  return { parameters, returns: readPattern(text.slice(at + 2).trim()), variadic };
}

/** How far an argument type is from a parameter (0 = the same, 1 = coerced), binding variables on the way; undefined where it does not fit. */
export function unify(pattern: Pattern, type: TrinoType, variables: Variables): number | undefined {
  if (pattern.kind === 'function') return type.kind === 'function' ? 0 : undefined;
  if (pattern.kind === 'variable') return bindVariable(pattern.name, type, variables);
  if (type.kind === 'unknown') return 1;
  if (pattern.kind === 'plain') return unifyPlain(pattern.name, type);
  if (pattern.of !== type.kind) return undefined;
  const parts =
    type.kind === 'array'
      ? [type.element]
      : type.kind === 'map'
        ? [type.key, type.value]
        : type.kind === 'row'
          ? type.fields.map((field) => field.type)
          : [];
  if (parts.length !== pattern.parts.length) return undefined;
  let cost = 0;
  for (const [index, part] of parts.entries()) {
    const inner = pattern.parts[index];
    const step = inner && unify(inner, part, variables);
    if (step === undefined) return undefined;
    cost = Math.max(cost, step);
  }
  return cost;
}

/** The type that a parameter or result stands for once variables are bound; `given` keeps lengths and precisions. */
export function concrete(pattern: Pattern, variables: Variables, given?: TrinoType): TrinoType {
  if (pattern.kind === 'variable') return variables.get(pattern.name) ?? simple('unknown');
  if (pattern.kind === 'function') return { kind: 'function', parameters: pattern.parameters.length };
  if (pattern.kind === 'nested') return concreteNested(pattern, variables, given);
  if (pattern.name === 'any') return given ?? simple('unknown');
  if (pattern.name === 'varchar') return given?.kind === 'varchar' ? given : varchar();
  if (pattern.name === 'decimal') {
    const shape = given && asDecimal(given);
    return shape
      ? { kind: 'decimal', precision: shape.precision, scale: shape.scale }
      : { kind: 'decimal', precision: 38, scale: 0 };
  }
  const precision = given && 'precision' in given && given.kind !== 'decimal' ? given.precision : 0;
  if (pattern.name === 'time') return { kind: 'time', precision };
  if (pattern.name === 'timestamp') return { kind: 'timestamp', precision };
  if (pattern.name === 'timestamptz')
    return { kind: 'timestamptz', precision, zone: given?.kind === 'timestamptz' ? given.zone : 'UTC' };
  if (pattern.name === 'char') return given ?? { kind: 'char', length: 1 };
  return simple(pattern.name as 'bigint');
}

function concreteNested(pattern: Extract<Pattern, { kind: 'nested' }>, variables: Variables, given?: TrinoType): TrinoType {
  const inner = given?.kind === 'array' ? [given.element] : given?.kind === 'map' ? [given.key, given.value] : [];
  const parts = pattern.parts.map((part, index) => concrete(part, variables, inner[index]));
  const [first = simple('unknown'), second = simple('unknown')] = parts;
  if (pattern.of === 'array') return { kind: 'array', element: first };
  if (pattern.of === 'map') return { kind: 'map', key: first, value: second };
  return { kind: 'row', fields: parts.map((type) => ({ type })) };
}

function bindVariable(name: string, type: TrinoType, variables: Variables): number | undefined {
  if (type.kind === 'function') return undefined;
  const bound = variables.get(name);
  if (!bound) {
    variables.set(name, type);
    return 0;
  }
  const common = commonType(bound, type);
  if (!common) return undefined;
  variables.set(name, common);
  return sameType(bound, type) ? 0 : 1;
}

function unifyPlain(name: string, type: TrinoType): number | undefined {
  if (name === type.kind) return 0;
  if (name === 'varchar') return undefined;
  if (name === 'decimal') return asDecimal(type) ? 1 + distance(type, name) : undefined;
  if (name === 'timestamp') return type.kind === 'date' ? 1 : undefined;
  if (name === 'timestamptz') return type.kind === 'date' ? 2 : type.kind === 'timestamp' ? 1 : undefined;
  if (name === 'char' || name === 'time') return undefined;
  if (name === 'any') return 0;
  return canCoerce(type, simple(name as 'bigint')) ? 1 + distance(type, name) : undefined;
}

/** A nearer number type is the better choice: integer goes to bigint before it goes to double. */
function distance(type: TrinoType, name: string): number {
  const order = ['tinyint', 'smallint', 'integer', 'bigint', 'decimal', 'real', 'double'];
  return Math.max(0, order.indexOf(name) - order.indexOf(type.kind)) / 10;
}

/** Variables and their types as one text, to see whether they have changed. */
export function variablesText(variables: Variables): string {
  return [...variables].map(([name, type]) => `${name}=${typeName(type)}`).join(' ');
}

function readPattern(source: string): Pattern {
  const text = source.trim();
  const call = /^(array|map|row|fn)\((.*)\)$/.exec(text);
  if (call?.[1] === 'fn') {
    const inner = call[2] ?? '';
    const at = inner.lastIndexOf('->');
    return {
      kind: 'function',
      parameters: splitTop(inner.slice(0, at)).map(readPattern),
      returns: readPattern(inner.slice(at + 2)),
    };
  }
  if (call) return { kind: 'nested', of: call[1] as 'array', parts: splitTop(call[2] ?? '').map(readPattern) };
  return /^[A-Z]\d?$/.test(text) ? { kind: 'variable', name: text } : { kind: 'plain', name: text };
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char === '(') depth++;
    if (char === ')') depth--;
    if ((char === ',' || char === undefined) && depth === 0) {
      const part = text.slice(from, at).trim();
      if (part !== '') parts.push(part);
      from = at + 1;
    }
  }
  return parts;
}
