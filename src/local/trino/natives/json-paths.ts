import { jsonString } from './json-scan.ts';
import { javaDouble } from './numbers.ts';

/** A JSON value that keeps the digits of its numbers and the order of its members. */
export type PathValue =
  | string
  | boolean
  | null
  | { readonly digits: string }
  | readonly PathValue[]
  | { readonly members: readonly (readonly [string, PathValue])[] };

/** One step of an SQL/JSON path. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'members' }
  | { readonly kind: 'elements' }
  | { readonly kind: 'element'; readonly from: number | 'last'; readonly to: number | 'last' };

/** A path in its two modes: `strict` raises where a step does not fit, lax goes on. */
export interface SqlPath {
  readonly strict: boolean;
  readonly steps: readonly PathStep[];
}

/** Reads `lax $.a[0]."b c"[*]`; undefined where the path holds what this engine does not evaluate (filters, methods, arithmetic). */
export function readSqlPath(path: string): SqlPath | undefined {
  const head = /^\s*(lax|strict)\s*\$/.exec(path);
  if (!head) return undefined;
  const steps: PathStep[] = [];
  const shape =
    /\s*(?:\.\s*(?:([A-Za-z_$][\w$]*)|"((?:[^"]|"")*)"|(\*))|\[\s*(?:(\*)|(\d+|last)(?:\s+to\s+(\d+|last))?)\s*\])\s*/y;
  shape.lastIndex = head[0].length;
  while (shape.lastIndex < path.length) {
    const found = shape.exec(path);
    if (!found) return undefined;
    const [, name, quoted, members, elements, from, to] = found;
    if (path[shape.lastIndex] === '(') return undefined;
    if (name !== undefined || quoted !== undefined)
      steps.push({ kind: 'member', name: name ?? (quoted ?? '').replaceAll('""', '"') });
    else if (members) steps.push({ kind: 'members' });
    else if (elements) steps.push({ kind: 'elements' });
    else steps.push({ kind: 'element', from: position(from ?? '0'), to: position(to ?? from ?? '0') });
  }
  return { strict: head[1] === 'strict', steps };
}

function position(text: string): number | 'last' {
  return /^last$/i.test(text) ? 'last' : Number(text);
}

/** Thrown where a strict path does not fit the value. */
export class PathFault extends Error {}

/** The values that a path finds, in order. */
export function evaluatePath(path: SqlPath, root: PathValue): readonly PathValue[] {
  return path.steps.reduce<readonly PathValue[]>(
    (values, step) => values.flatMap((value) => follow(step, value, path.strict)),
    [root],
  );
}

function follow(step: PathStep, value: PathValue, strict: boolean): readonly PathValue[] {
  if (step.kind === 'member' || step.kind === 'members') {
    if (isList(value) && !strict) return value.flatMap((element) => (isList(element) ? [] : follow(step, element, strict)));
    const members = membersOf(value);
    if (!members) return missing(strict);
    if (step.kind === 'members') return members.map(([, member]) => member);
    const found = members.find(([name]) => name === step.name);
    return found ? [found[1]] : missing(strict);
  }
  if (!isList(value) && strict) throw new PathFault();
  const list = isList(value) ? value : [value];
  if (step.kind === 'elements') return list;
  const at = (end: number | 'last') => (end === 'last' ? list.length - 1 : end);
  const [from, to] = [at(step.from), at(step.to)];
  if (strict && (from > to || to >= list.length)) throw new PathFault();
  return list.slice(Math.max(from, 0), to + 1);
}

function missing(strict: boolean): readonly PathValue[] {
  if (strict) throw new PathFault();
  return [];
}

export function isList(value: PathValue): value is readonly PathValue[] {
  return Array.isArray(value);
}

export function membersOf(value: PathValue): readonly (readonly [string, PathValue])[] | undefined {
  return value !== null && typeof value === 'object' && 'members' in value ? value.members : undefined;
}

/** The value as JSON text, numbers as Trino writes them. */
export function writeValue(value: PathValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return jsonString(value);
  if (isList(value)) return `[${value.map(writeValue).join(',')}]`;
  if ('digits' in value) return /^-?\d+$/.test(value.digits) ? value.digits : javaDouble(Number(value.digits));
  return `{${(membersOf(value) ?? []).map(([name, member]) => `${jsonString(name)}:${writeValue(member)}`).join(',')}}`;
}
