import { setImmediate } from 'node:timers/promises';
import { createCanvas } from '@napi-rs/canvas';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { buildSpec } from './build-spec.ts';
import type { Chart } from './chart-table.ts';
import { encodePng } from './encode-png.ts';
import { fontFamily } from './font-family.ts';
import { registerFonts } from './fonts.ts';
import { type Measure, pixelRatio } from './theme.ts';

/** The worker's job: a chart as the bytes of an opaque PNG, 1000 px wide. Nothing outside the specification is ever loaded. */
export async function paintChart(chart: Chart): Promise<Uint8Array> {
  const { spec } = compile(buildSpec(chart, measure) as unknown as TopLevelSpec, { logger: quiet });
  const view = new View(parse(spec), { renderer: 'none', loader: blocked, logger: quiet });
  try {
    const canvas = (await view.toCanvas(pixelRatio)) as unknown as ReturnType<typeof createCanvas>;
    drawBorder(canvas);
    return encodePng(canvas.width, canvas.height, canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data);
  } finally {
    view.finalize();
    // Canvases are freed in a turn of the event loop, and the worker makes none between two pictures of its own accord.
    await setImmediate();
  }
}

// A worker serves one purpose for its whole life: the fonts are loaded as it starts.
registerFonts();
const ruler = createCanvas(8, 8).getContext('2d');

const measure: Measure = (text, fontSize, weight = 400) => {
  ruler.font = `${weight} ${fontSize}px ${fontFamily}`;
  return ruler.measureText(text).width;
};

function drawBorder(canvas: ReturnType<typeof createCanvas>): void {
  const context = canvas.getContext('2d');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.strokeStyle = '#d5d5d7';
  context.lineWidth = 2;
  context.strokeRect(1, 1, canvas.width - 2, canvas.height - 2);
}

async function refuse(): Promise<never> {
  throw new Error('A picture loads nothing.');
}
// Vega's own loader reads local files and addresses that a specification names.
const blocked = { load: refuse, sanitize: refuse, http: refuse, file: refuse, options: {} } as unknown as NonNullable<
  ConstructorParameters<typeof View>[1]
>['loader'] &
  object;

const quiet = {
  level: () => quiet,
  error: (...what: readonly unknown[]): never => {
    throw new Error('Vega reported an error.', { cause: what });
  },
  warn: () => quiet,
  info: () => quiet,
  debug: () => quiet,
} as never;
