import type { DataReading } from '../glossary/reading.ts';
import { lookUpSpan } from './look-up.ts';
import { after } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import type { Words } from './words.ts';

/** «drop the mobile filter», «remove the country filter»: the last Reading without it, or undefined where no such thing is said. */
export function dropFilter(tokens: readonly Token[], last: DataReading, words: Words): DataReading | undefined {
  const lead = after(tokens, 0, 'and', 'now', 'please', 'ok', 'pls', 'then') ?? 0;
  const verb = after(
    tokens,
    lead,
    'drop',
    'remove',
    'clear',
    'lose',
    'undo',
    'take out',
    'take off',
    'take away',
    'get rid of',
    'without',
    'ditch',
    'skip',
  );
  const start = verb && (after(tokens, verb, 'the', 'that', 'this', 'my') ?? verb);
  const end = tokens.findIndex((t) => /^(?:filters?|restriction|condition|limitation)$/u.test(t.text));
  if (
    !start ||
    end <= start ||
    tokens.slice(end + 1).some((t) => t.kind !== 'sign' && !/^(?:again|please|pls|now)$/u.test(t.text))
  )
    return undefined;
  const named = (lookUpSpan(tokens, start, end, words)?.meanings ?? []).flatMap((m) =>
    m.as === 'value' ? [m.dimension] : m.as === 'dimension' ? [m.id] : [],
  );
  const filters = last.filters.filter((f) => !named.includes(f.dimension));
  return filters.length < last.filters.length ? { ...last, filters } : undefined;
}
