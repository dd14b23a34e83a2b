import { keyOf, wordsOf } from './word-forms.ts';

/** «/blog/best-of-2026» lies in the folder «/blog/»: key of its name → its path, of all pages that have one. */
export function foldersOf(paths: readonly string[]): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const path of paths) {
    const name = /^\/(\p{L}[\p{L}-]*)\/./u.exec(path)?.[1];
    if (name !== undefined) folders.set(keyOf(wordsOf(name)), `/${name}/`);
  }
  return folders;
}

/** «/pages/size-guide» is called «size guide»: the words of its last part, where they are several. */
export function nameOfPage(path: string): readonly string[] | undefined {
  const words = wordsOf(/^\/(?:.*\/)?([^/]+)$/u.exec(path)?.[1] ?? '');
  return words.length >= 2 && words.every((w) => /^\p{L}{3}/u.test(w)) ? words : undefined;
}
