import type { Period } from '../glossary/period.ts';
import { lastUnits } from './parse-last-units.ts';
import { type Point, parsePoint } from './parse-point.ts';
import { sure } from './sure-point.ts';
import { after, type Found, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «since jan», «since last monday», «until 3 nov». */
export function since(tokens: readonly Token[], at: number, today: string): Found<Period> | undefined {
  const open = after(
    tokens,
    at,
    'ever since',
    'since the',
    'since',
    'starting from',
    'starting',
    'beginning with',
    'as of',
    'from the start of',
  );
  if (open) {
    const begin = after(tokens, open, 'the beginning of', 'the start of', 'beginning of', 'start of', 'early') ?? open;
    const counted = lastUnits(tokens, open);
    if (counted) return counted;
    const yearStart = after(tokens, open, 'the beginning', 'the start', 'ever', 'forever');
    const point = sure(parsePoint(tokens, begin, today)) ?? bareYearStart(tokens, begin);
    if (point) return { value: { type: 'range', from: point.value }, to: point.to };
    return yearStart ? { value: { type: 'all' }, to: yearStart } : undefined;
  }
  // «the run up to christmas» begins somewhere.
  if (/^(?:run|lead|leading|build|running|weeks|days)$/u.test(wordAt(tokens, at - 1))) return undefined;
  const shut = after(tokens, at, 'until the end of', 'up to', 'up until', 'until', 'till');
  const point = shut ? sure(parsePoint(tokens, shut, today)) : undefined;
  return point ? { value: { type: 'range', to: point.value }, to: point.to } : undefined;
}

function bareYearStart(tokens: readonly Token[], at: number): Found<Point> | undefined {
  const to = after(tokens, at, 'the year', 'year');
  return to ? { value: { type: 'current', unit: 'year' }, to } : undefined;
}
