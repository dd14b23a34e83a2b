import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

/** Loads the fonts of this folder into the canvas; throws where one is missing, since a canvas draws no text without a word. */
export function registerFonts(): void {
  for (const [file, family] of files) {
    const path = fileURLToPath(new URL(`./fonts/${file}`, import.meta.url));
    if (GlobalFonts.registerFromPath(path, family) === null)
      throw new Error(`The font file src/chart/fonts/${file} is missing or broken.`);
  }
}

// From a path, not a buffer: the canvas does not keep a buffer alive.
const files: readonly (readonly [string, string])[] = [
  ['inter-400.ttf', 'Inter'],
  ['inter-600.ttf', 'Inter'],
  ['noto-sans-arabic.woff2', 'Ask Arabic'],
  ['noto-sans-hebrew.woff2', 'Ask Hebrew'],
  ['noto-sans-devanagari.woff2', 'Ask Devanagari'],
  ['noto-sans-bengali.woff2', 'Ask Bengali'],
  ['noto-sans-tamil.woff2', 'Ask Tamil'],
  ['noto-sans-thai.woff2', 'Ask Thai'],
  ['noto-sans-jp.woff2', 'Ask JP'],
  ['noto-sans-sc.woff2', 'Ask SC'],
  ['noto-sans-tc.woff2', 'Ask TC'],
  ['noto-sans-kr.woff2', 'Ask KR'],
  ['twemoji.woff2', 'Ask Emoji'],
];
