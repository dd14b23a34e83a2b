import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Chart } from './chart-table.ts';

/** Draws charts in a thread of its own, which starts with the first picture or with `warmUp`. */
export interface Painter {
  /** An opaque PNG, 1000 px wide. Throws after `timeoutMs` or when the drawing fails; the next picture is drawn by a new thread. */
  paint(chart: Chart): Promise<Buffer>;
  /** Starts the thread in the background, so that the first picture needs not wait for it. */
  warmUp(): void;
  close(): Promise<void>;
}

export interface PainterOptions {
  /** Milliseconds for one picture, waiting included; 5,000 where not said. */
  readonly timeoutMs?: number;
  /** A module that exports `paintChart`; the drawing itself where not said. */
  readonly worker?: URL;
}

/** A painter with one worker thread, which is stopped hard at the timeout. */
export function openPainter(options: PainterOptions = {}): Painter {
  const timeoutMs = options.timeoutMs ?? 5000;
  let pool: Piscina | undefined;
  const open = () => {
    pool ??= new Piscina({
      filename: fileURLToPath(options.worker ?? new URL('./paint-chart.ts', import.meta.url)),
      name: 'paintChart',
      minThreads: 1,
      maxThreads: 1,
      maxQueue: 50,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    return pool;
  };
  return {
    async paint(chart) {
      try {
        const bytes: Uint8Array = await open().run(chart, { signal: AbortSignal.timeout(timeoutMs) });
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      } catch (cause) {
        throw new Error(`The picture ${chart.type} (${chart.rule}) could not be drawn.`, { cause });
      }
    },
    warmUp() {
      open();
    },
    async close() {
      await pool?.destroy();
    },
  };
}
