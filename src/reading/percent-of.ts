import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Parts } from './parts.ts';

/** 50 of «median», 90 of «p90»; undefined where no percentile is asked that a metric does not have by itself. */
export function percentOf(parts: Parts, glossary: Glossary): number | undefined {
  const said = parts.later.find((l) => l.id === 'spread');
  if (!said || parts.metrics.some((m) => /median/iu.test(glossary.metrics[m.id]?.definition ?? ''))) return undefined;
  if (/^median$/iu.test(said.text)) return 50;
  const percent = Number(/^p(\d\d)$|^(\d\d)th percentile$/iu.exec(said.text)?.slice(1).find(Boolean));
  return percent > 0 ? percent : undefined;
}
