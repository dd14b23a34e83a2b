import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { checkReading } from '../glossary/check-reading.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Reading } from '../glossary/reading.ts';
import { questionKey, type Verification, type VerifiedQuestion } from '../glossary/verified-question.ts';
import type { Memory } from '../services/memory.ts';

/** Questions that a person approved: files that come with the house, and what editors approved in Slack. */
export interface VerifiedQuestions {
  /** The approved question that has these words; a memory that can't be read is a fault, for another reader might read it otherwise. */
  find(text: string): Promise<VerifiedQuestion | undefined>;
  /** Who approved exactly this Reading for these words. */
  verificationOf(text: string, reading: Reading): Promise<Verification | undefined>;
  /** All that can be asked, in order of their words. */
  list(): Promise<readonly ListedQuestion[]>;
  /** Approves a question; answers with the one that stood before, which stays. */
  approve(question: VerifiedQuestion): Promise<VerifiedQuestion | undefined>;
  /** Takes an approval of an editor back, by its key; files are changed where they lie. */
  withdraw(key: string): Promise<void>;
}

export interface ListedQuestion extends VerifiedQuestion {
  /** Names it for `withdraw`; absent where it is a file's. */
  readonly key?: string;
}

export interface VerifiedWorld {
  readonly files: readonly VerifiedQuestion[];
  /** Absent: only files. */
  readonly memory?: Memory;
  readonly glossary: Glossary;
  readonly report: (fault: unknown, what: string) => void;
}

const kind = 'verified';

/** A file's approval comes first: it was looked at by more than one. */
export function openVerified({ files, memory, glossary, report }: VerifiedWorld): VerifiedQuestions {
  const byWords = new Map(
    files.flatMap((file) => [file.question, ...(file.also ?? [])].map((text) => [questionKey(text), file])),
  );
  // The glossary may have changed since: an id that is gone must not reach the metrics.
  const usable = (kept: VerifiedQuestion): VerifiedQuestion | undefined => {
    const checked = checkReading(kept.reading, glossary);
    if (checked.ok) return { ...kept, reading: checked.reading as VerifiedQuestion['reading'] };
    const { by, on } = kept.approved;
    report(new Error(`One that ${by} approved on ${on} can't be used: ${checked.message}`), 'a verified question');
    return undefined;
  };
  const find = async (text: string) => {
    const words = questionKey(text);
    const file = byWords.get(words);
    if (file || !memory || words === '') return file;
    const kept = (await memory.get<VerifiedQuestion>(kind, keyOf(words)))?.value;
    return kept && usable(kept);
  };
  return {
    find,
    async verificationOf(text, reading) {
      const found = await find(text);
      return found && isDeepStrictEqual(found.reading, reading) ? found.approved : undefined;
    },
    async list() {
      const kept = (await memory?.list<VerifiedQuestion>(kind)) ?? [];
      const own = kept
        .filter(({ value }) => !byWords.has(questionKey(value.question)))
        .flatMap(({ id, value }): ListedQuestion[] => {
          const one = usable(value);
          return one ? [{ ...one, key: id }] : [];
        });
      return [...files, ...own].toSorted((a, b) => a.question.localeCompare(b.question, 'en'));
    },
    async approve(question) {
      if (!memory) throw new Error('Nothing here can keep an approval.');
      const before = await find(question.question);
      if (before) return before;
      // What can't be used any more gives way; two editors at once can't both have the words.
      const key = keyOf(questionKey(question.question));
      const unusable = await memory.get<VerifiedQuestion>(kind, key);
      return (await memory.put(kind, key, question, { if: unusable?.version ?? 'absent' })) ? undefined : find(question.question);
    },
    withdraw: async (key) => memory?.delete(kind, key),
  };
}

/** Words may be longer than a key of DynamoDB. */
function keyOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}
