import type { Glossary } from '../glossary/glossary-schema.ts';
import { collect } from './collect.ts';
import { cover } from './cover.ts';
import { frontExclusions } from './front-exclusions.ts';
import { type Parts, said } from './parts.ts';
import type { Token } from './tokenise.ts';
import type { Words } from './words.ts';

/**
 * Tokens → what was said. The glossary's ambiguous phrases («top products») count only where the question is not whole
 * without them: «top products by revenue» is no question back.
 */
export function understand(tokens: readonly Token[], words: Words, glossary: Glossary): Parts {
  const plain = collect(frontExclusions(cover(tokens, words, false)), glossary);
  const hasMeasure =
    plain.metrics.length > 0 || plain.chain !== undefined || plain.funnel !== undefined || said(plain, 'bestseller');
  if (plain.unknown.length === 0 && hasMeasure) return plain;
  const open = collect(frontExclusions(cover(tokens, words, true)), glossary);
  if (open.ambiguous.length === 0) return plain;
  const hasScope = plain.dimensions.length > 0 || plain.values.length > 0 || plain.bots !== undefined || said(plain, 'share');
  return open.ambiguous.every((id) => id === 'traffic') && plain.unknown.length === 0 && hasScope ? plain : open;
}
