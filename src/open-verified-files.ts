import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Glossary } from './glossary/glossary-schema.ts';
import { loadVerified } from './glossary/load-verified.ts';
import { questionKey, type VerifiedQuestion } from './glossary/verified-question.ts';

/** Every `*.yml` of a folder → the questions that it approves, or the first fault as a sentence that names the file; no folder, no questions. */
export function openVerifiedFiles(
  folder: string,
  glossary: Glossary,
): { readonly ok: true; readonly questions: readonly VerifiedQuestion[] } | { readonly ok: false; readonly message: string } {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
  const questions: VerifiedQuestion[] = [];
  const fileOf = new Map<string, string>();
  for (const name of names.toSorted()) {
    const loaded = loadVerified(readFileSync(join(folder, name), 'utf8'), glossary);
    if (!loaded.ok) return { ok: false, message: `${join(folder, name)}: ${loaded.message}` };
    const { verified } = loaded;
    for (const text of [verified.question, ...(verified.also ?? [])]) {
      const before = fileOf.get(questionKey(text));
      if (before !== undefined)
        return {
          ok: false,
          message: `${join(folder, name)}: “${text}” is approved in ${before} already. Leave it in one place.`,
        };
      fileOf.set(questionKey(text), name);
    }
    questions.push(verified);
  }
  return { ok: true, questions };
}
