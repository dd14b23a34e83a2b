import { fitText } from '../fit-text.ts';
import { type Measure, pictureWidth, size } from '../theme.ts';
import { edge, type Json, marks, painted, pixel, words } from './layers.ts';

/** A legend of swatches above the plot: its layers and its height in logical pixels. */
export interface Legend {
  readonly layers: readonly Json[];
  readonly height: number;
}

/** Swatches in rows that never run off the picture; `left` is the plot's left edge, and the legend ends `above` pixels over the plot. */
export function legendAbove(
  entries: readonly { readonly name: string; readonly color: string }[],
  left: number,
  above: number,
  measure: Measure,
): Legend {
  const room = pictureWidth - 2 * edge;
  const names = entries.map((entry) => fitText(entry.name, 180, size.label, measure));
  let [x, row] = [0, 0];
  const placed = entries.map((entry, at) => {
    const wide = 20 + measure(names[at]!, size.label) + 18;
    if (x > 0 && x + wide - 18 > room) [x, row] = [0, row + 1];
    const here = { color: entry.color, text: names[at]!, x, row };
    x += wide;
    return here;
  });
  const height = (row + 1) * 21;
  const set = (shift: number) =>
    placed.map((one) => ({ ...one, x: edge - left + one.x + shift, y: -above - height + 10 + one.row * 21 }));
  const at = { x: pixel('x'), y: pixel('y') };
  return {
    height,
    layers: [
      marks(set(6), { type: 'square', filled: true, size: 120, opacity: 1 }, { ...at, color: painted() }),
      words(set(18), at, { align: 'left' }),
    ],
  };
}
