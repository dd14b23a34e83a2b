import { quote } from '../expression.ts';
import { javaRegex } from '../java-regex.ts';

/**
 * The pattern in RE2's words where every part of it means the same in both engines, or undefined: plain characters, classes of
 * them, `\d`, `\w`, `.`, `^` at the start, groups, `|` and counts. It must not match an empty text, since engines count such
 * matches differently.
 */
export function plainPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string' || pattern.length > 200 || !PLAIN.test(pattern)) return undefined;
  const java = javaRegex(pattern);
  if (!java.ok || new RegExp(java.source, java.flags).test('')) return undefined;
  // Counts of counts and large counts are where engines set their own limits.
  return /\)[*+?{]|\{\d{3,}|[*+?}][*+{]/.test(pattern) ? undefined : quote(pattern);
}

const CHARACTER = '[A-Za-z0-9 _/=:;,%&@#!~<>"\'-]|\\\\[.\\\\/?+*()|^$-]|\\\\[dw]';
const CLASS = `\\[\\^?(?:[A-Za-z0-9 _/=:;,.%@#!~<>"']|[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|\\\\[.\\\\/dw-])+-?\\]`;
const COUNT = '(?:[*+?]\\??|\\{\\d+(?:,\\d*)?\\})?';
const PLAIN = new RegExp(`^\\^?(?:(?:${CHARACTER}|${CLASS}|\\.)${COUNT}|\\((?:\\?:)?|\\)|\\|)+$`);

/** How many groups a plain pattern has. */
export function groupsOf(pattern: string): number {
  return pattern.match(/(?<!\\)\((?!\?)/g)?.length ?? 0;
}

/** A constant replacement in RE2's words, or undefined: no backslashes, only `$` with a group that exists. */
export function plainReplacement(replacement: unknown, pattern: string): string | undefined {
  if (typeof replacement !== 'string' || replacement.includes('\\')) return undefined;
  const groups = pattern.includes('|') ? 0 : groupsOf(pattern);
  const left = replacement.replace(/\$(\d)(?!\d)/g, (whole, group: string) => (Number(group) <= groups ? '' : whole));
  return left.includes('$') ? undefined : quote(replacement.replace(/\$(\d)/g, '\\$1'));
}
