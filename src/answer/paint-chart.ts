import type { Chart } from '../chart/chart-table.ts';
import type { Painter } from '../chart/open-painter.ts';
import type { Mark } from './stations.ts';
import { timed } from './timed.ts';
import { markNoPicture } from './words/say-marks.ts';

export interface PaintWorld {
  readonly painter: Painter;
  readonly onFault: (fault: unknown, what: string) => void;
}

/** A chart with its picture; a picture that fails costs a mark, never the answer. */
export async function paintChart(
  chart: Chart,
  { painter, onFault }: PaintWorld,
  times: Record<string, number>,
): Promise<{ readonly chart?: Chart; readonly png?: Buffer; readonly mark?: Mark }> {
  try {
    return { chart, png: await timed(times, 'chart', () => painter.paint(chart)) };
  } catch (fault) {
    onFault(fault, 'picture');
    return { mark: markNoPicture() };
  }
}
