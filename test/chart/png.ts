import { inflateSync } from 'node:zlib';

/** A decoded opaque picture: 8-bit RGB without row filters, as the painter writes it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Share of pixels that are not white. */
  readonly ink: number;
  readonly at: (x: number, y: number) => readonly [number, number, number];
}

/** Reads what the painter wrote; throws for any other kind of PNG. */
export function readPng(png: Buffer): Pixels {
  if (png.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('This is no PNG.');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const length = png.readUInt32BE(33);
  const raw = inflateSync(png.subarray(41, 41 + length));
  const line = width * 3 + 1;
  let inked = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) if (raw[y * line + 1 + x * 3]! < 250 || raw[y * line + 3 + x * 3]! < 250) inked += 1;
  }
  const at = (x: number, y: number) => {
    const from = y * line + 1 + x * 3;
    return [raw[from]!, raw[from + 1]!, raw[from + 2]!] as const;
  };
  return { width, height, ink: inked / (width * height), at };
}
