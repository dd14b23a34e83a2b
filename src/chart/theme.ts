/** Up to six series, in this order: the farthest apart also for colour-blind eyes (smallest OKLab distance 17). */
export const seriesColors = ['#094a8e', '#e6711f', '#419fb4', '#9b30ff', '#a43f06', '#2f251f'] as const;

/** Dash patterns beside the colours, so that lines differ without colour too. */
export const seriesDashes: readonly (readonly number[])[] = [[], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [1, 3]];

/** Light to dark, for classes and heat. */
export const sequence = ['#c3daf6', '#93bbec', '#5b93dc', '#2a66ba', '#103a7a'] as const;

/** Every other colour of the pictures; the ground is opaque white, since nobody knows the reader's theme. */
export const ink = {
  single: '#2566bf',
  before: '#b9c9e0',
  negative: '#b3261e',
  other: '#b5b5b8',
  otherLine: '#7d7d82',
  noData: '#eeeeef',
  text: '#1d1c1d',
  muted: '#55565a',
  grid: '#e1e1e3',
  border: '#c4c4c8',
  zero: '#8a8a8e',
  ground: '#ffffff',
} as const;

/** Font sizes in logical pixels; a picture of 500 logical pixels is 1000 px wide, and 13.5 stays readable on a phone. */
export const size = { title: 16.5, subtitle: 13.5, label: 13.5, small: 12.5 } as const;

/** Width of every picture in logical pixels. */
export const pictureWidth = 500;

/** Pixels for one logical pixel. */
export const pixelRatio = 2;

/** Width of a text in logical pixels, as the painter's fonts will draw it. */
export type Measure = (text: string, fontSize: number, weight?: 400 | 600) => number;

/** A colour moved towards white: `share` 0 keeps it, 1 is white. */
export function paler(hex: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `#${parts.map((part) => toHex(part + (255 - part) * share)).join('')}`;
}

/** The colour at `share` (0 to 1) of the sequence, light to dark. */
export function onSequence(share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (sequence.length - 1);
  const low = Math.min(sequence.length - 2, Math.floor(place));
  const [from, to] = [sequence[low]!, sequence[low + 1]!];
  const mix = [1, 3, 5].map((at) => {
    const [a, b] = [Number.parseInt(from.slice(at, at + 2), 16), Number.parseInt(to.slice(at, at + 2), 16)];
    return toHex(a + (b - a) * (place - low));
  });
  return `#${mix.join('')}`;
}

/** Black or white, whichever reads better on the colour (relative luminance of WCAG 2). */
export function textOn(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return 1.05 / (luminance + 0.05) >= 4 ? ink.ground : ink.text;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function toHex(channel: number): string {
  return Math.round(channel).toString(16).padStart(2, '0');
}
