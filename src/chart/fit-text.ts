import type { Measure } from './theme.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const longest = 200;

/** Labels cut to a width in logical pixels; labels that a cut would make equal are cut in the middle instead. */
export function fitLabels(labels: readonly string[], width: number, fontSize: number, measure: Measure): string[] {
  const cut = labels.map((label) => fitText(label, width, fontSize, measure));
  const seen = new Map<string, number>();
  for (const label of cut) seen.set(label, (seen.get(label) ?? 0) + 1);
  return cut.map((label, at) => (seen.get(label)! > 1 ? fitMiddle(labels[at]!, width, fontSize, measure) : label));
}

/** A text cut at its end to a width in logical pixels, between graphemes, with «…». */
export function fitText(text: string, width: number, fontSize: number, measure: Measure, weight: 400 | 600 = 400): string {
  if (measure(text, fontSize, weight) <= width) return text;
  const parts = split(text);
  return longestThatFits(
    parts.length,
    (count) => `${parts.slice(0, count).join('').trimEnd()}…`,
    width,
    (t) => measure(t, fontSize, weight),
  );
}

/** A text broken between words into at most `lines` lines of a width; the last line is cut. */
export function wrapText(
  text: string,
  width: number,
  lines: number,
  fontSize: number,
  measure: Measure,
  weight: 400 | 600 = 400,
): string[] {
  const done: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || done.length === lines - 1 || measure(longer, fontSize, weight) <= width) {
      line = longer;
    } else {
      done.push(line);
      line = word;
    }
  }
  return [...done, line].filter((part) => part !== '').map((part) => fitText(part, width, fontSize, measure, weight));
}

/** Text of the data made fit to draw: no control characters, no direction overrides, one line, at most 200 characters. */
export function cleanText(text: string): string {
  const flat = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');
  const parts = flat.length > longest ? split(flat.slice(0, longest * 4)).slice(0, longest) : undefined;
  return (parts === undefined ? flat : parts.join('')).trim();
}

function fitMiddle(text: string, width: number, fontSize: number, measure: Measure): string {
  const parts = split(text);
  const middle = (count: number) => {
    const head = Math.ceil(count / 2);
    return `${parts.slice(0, head).join('')}…${parts.slice(parts.length - (count - head)).join('')}`;
  };
  return longestThatFits(parts.length, middle, width, (t) => measure(t, fontSize));
}

function longestThatFits(
  most: number,
  make: (count: number) => string,
  width: number,
  measured: (text: string) => number,
): string {
  let [low, high] = [1, Math.max(1, most - 1)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measured(make(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return make(low);
}

function split(text: string): string[] {
  return Array.from(graphemes.segment(text.slice(0, longest * 4)), (part) => part.segment);
}
