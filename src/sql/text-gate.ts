import type { Grounds } from './refusals.ts';

/** Most bytes of a statement, by Athena's own limit. */
export const MAX_BYTES = 262_144;

/** What is wrong with a text before anybody reads it as SQL; undefined where nothing is. */
export function textFault(text: string): Grounds | undefined {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MAX_BYTES) return { code: 'text_too_long', name: '', facts: { bytes } };
  if (text.trim() === '') return { code: 'text_empty', name: '' };
  const found = FORBIDDEN.exec(text);
  if (!found) return undefined;
  const before = text.slice(0, found.index);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  return { code: 'control_character', line, column, name: unicodeName(found[0]) };
}

// Control characters but tab, line feed and carriage return; halves of surrogate pairs; signs that turn the direction of
// writing, by which a text can look like another one.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** `U+00A0` for a character. */
export function unicodeName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
