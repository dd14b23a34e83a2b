import type { Json } from '../shapes.ts';

/** Collects what Slack would refuse, each with the JSON pointer that Slack's errors carry. */
export interface Faults {
  list: string[];
  add(message: string, path: string): void;
}

/** One rule: looks at a value and reports what is wrong with it at that path. */
export type Check = (value: unknown, path: string, faults: Faults) => void;

/** An empty collector; messages read like Slack's: `must be less than 151 characters [json-pointer:/blocks/0/text]`. */
export function collectFaults(): Faults {
  const list: string[] = [];
  return { list, add: (message, path) => list.push(`${message} [json-pointer:${path === '' ? '/' : path}]`) };
}

/** Length as Slack counts it, in code points. */
export function size(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** True for a plain JSON object. */
export function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A string of `min` to `max` code points. */
export function text(min: number, max: number): Check {
  return (value, path, faults) => {
    if (typeof value !== 'string') return faults.add('must be a string', path);
    const length = size(value);
    if (length < min) faults.add(min === 1 ? 'must be more than 0 characters' : `must be at least ${min} characters`, path);
    if (length > max) faults.add(`must be less than ${max + 1} characters`, path);
  };
}

/** A string that a pattern describes; `what` completes "must be …". */
export function pattern(form: RegExp, what: string): Check {
  return (value, path, faults) => {
    if (typeof value !== 'string' || !form.test(value)) faults.add(`must be ${what}`, path);
  };
}

/** A boolean. */
export const flag: Check = (value, path, faults) => {
  if (typeof value !== 'boolean') faults.add('must be a boolean', path);
};

/** A finite number between two bounds, inclusive. */
export function number(min: number, max: number, whole = false): Check {
  return (value, path, faults) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return faults.add('must be a number', path);
    if (whole && !Number.isInteger(value)) faults.add('must be an integer', path);
    if (value < min || value > max) faults.add(`must be between ${min} and ${max}`, path);
  };
}

/** One of a few words. */
export function oneOf(...words: string[]): Check {
  return (value, path, faults) => {
    if (typeof value !== 'string' || !words.includes(value)) faults.add(`must be a valid enum value (${words.join(', ')})`, path);
  };
}

/** A list of `min` to `max` entries that all pass one rule. */
export function list(entry: Check, min: number, max: number): Check {
  return (value, path, faults) => {
    if (!Array.isArray(value)) return faults.add('must be an array', path);
    if (value.length < min) faults.add(`no fewer than ${min} items allowed`, path);
    if (value.length > max) faults.add(`no more than ${max} items allowed`, path);
    value.forEach((item, index) => {
      entry(item, `${path}/${index}`, faults);
    });
  };
}

/** An object with exactly these fields; `type` is implied by who picked the rule and always allowed. */
export function fields(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, path, faults) => {
    if (!isObject(value)) return faults.add('must be an object', path);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) faults.add(`missing required field: ${name}`, path);
    }
    for (const [name, entry] of Object.entries(value)) {
      if (name === 'type') continue;
      const rule = Object.hasOwn(required, name) ? required[name] : Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (rule === undefined) faults.add(`invalid additional property: ${name}`, path);
      else if (entry !== undefined) rule(entry, `${path}/${name}`, faults);
    }
  };
}

/** An object whose `type` picks its rule; any other type is refused by name. */
export function byType(rules: () => Record<string, Check>): Check {
  return (value, path, faults) => {
    if (!isObject(value)) return faults.add('must be an object', path);
    const type = value.type;
    const known = rules();
    const rule = typeof type === 'string' && Object.hasOwn(known, type) ? known[type] : undefined;
    if (rule === undefined) return faults.add(`unsupported type: ${String(type)}`, `${path}/type`);
    rule(value, path, faults);
  };
}

/** Several rules on the same value. */
export function both(...rules: Check[]): Check {
  return (value, path, faults) => {
    for (const rule of rules) rule(value, path, faults);
  };
}

/** A rule of its own on an object: returns the sentence of the fault, or nothing. */
export function law(find: (value: Json) => string | undefined): Check {
  return (value, path, faults) => {
    const fault = isObject(value) ? find(value) : undefined;
    if (fault !== undefined) faults.add(fault, path);
  };
}
