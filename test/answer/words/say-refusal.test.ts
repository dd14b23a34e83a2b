import { expect, test } from '@jest/globals';
import { refusalSentence } from '../../../src/answer/words/say-refusal.ts';

const refusal = { kind: 'refusal', code: 'query_failed', message: '/ by zero.', scannedBytes: 0 } as const;

test.each([
  [refusal, '/ by zero. Nothing was read and nothing was billed.'],
  [{ ...refusal, scannedBytes: 557 }, '/ by zero. 557 B had been read by then.'],
  [{ ...refusal, code: 'unsupported_locally' } as const, '/ by zero. Nothing ran and nothing was billed.'],
])('never says that nothing ran where an engine had begun (%#)', (said, sentence) => {
  expect(refusalSentence({ kind: 'engine', refusal: said, estimatedBytes: 0 }, 'UTC')).toBe(sentence);
});
