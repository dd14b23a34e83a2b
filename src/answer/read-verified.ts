import { isDeepStrictEqual } from 'node:util';
import type { VerifiedQuestions } from './open-verified.ts';
import type { Reader, ReaderInput } from './read.ts';

/**
 * The first reader: a question that a person approved is read as approved, before grammar and model. Words that a thread changes
 * («only mobile») are a reply to it and not that question.
 */
export function withVerified(next: Reader, verified: Pick<VerifiedQuestions, 'find'>, grammar: Reader): Reader {
  return {
    async read(input) {
      const found = await verified.find(input.text);
      if (!found || (await isReply(input, grammar))) return next.read(input);
      return { reading: found.reading, corrected: [], verified: found.approved };
    },
  };
}

async function isReply(input: ReaderInput, grammar: Reader): Promise<boolean> {
  const { last, answered, ...alone } = input;
  if (!last && !answered) return false;
  const [inThread, byItself] = [await grammar.read(input), await grammar.read(alone)];
  return !isDeepStrictEqual(inThread.reading, byItself.reading);
}
