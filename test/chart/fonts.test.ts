import { beforeAll, describe, expect, test } from '@jest/globals';
import { createCanvas } from '@napi-rs/canvas';
import { fontFamily } from '../../src/chart/font-family.ts';
import { registerFonts } from '../../src/chart/fonts.ts';

beforeAll(() => registerFonts());

/** The pixels of one text drawn with the fonts of the pictures. */
function drawn(text: string): string {
  const canvas = createCanvas(80, 40);
  const context = canvas.getContext('2d');
  context.font = `24px ${fontFamily}`;
  context.fillText(text, 6, 30);
  return Buffer.from(context.getImageData(0, 0, 80, 40).data.buffer).toString('base64');
}

describe('the fonts of the pictures', () => {
  const scripts: readonly (readonly [string, string])[] = [
    ['Latin', 'ä'],
    ['Vietnamese', 'ữ'],
    ['Cyrillic', 'Ж'],
    ['Greek', 'Ω'],
    ['Arabic', 'ع'],
    ['Hebrew', 'ש'],
    ['Devanagari', 'क'],
    ['Bengali', 'ক'],
    ['Tamil', 'க'],
    ['Thai', 'ก'],
    ['Japanese', 'あ'],
    ['Han', '東'],
    ['simplified Chinese', '东'],
    ['traditional Chinese', '麵'],
    ['Korean', '한'],
    ['emoji', '🍳'],
    ['true minus', '−'],
    ['ellipsis', '…'],
    ['middle dot', '·'],
    ['euro', '€'],
  ];
  test.each(scripts)('draw %s, neither nothing nor a box', (_, glyph) => {
    const pixels = drawn(glyph);
    expect(pixels).not.toBe(drawn(' '));
    expect(pixels).not.toBe(drawn('\u{e0ff}'));
  });

  test('the heavy weight differs from the light one', () => {
    const canvas = createCanvas(8, 8).getContext('2d');
    const wide = (weight: number) => {
      canvas.font = `${weight} 20px ${fontFamily}`;
      return canvas.measureText('Conversion').width;
    };
    expect(wide(600)).toBeGreaterThan(wide(400) * 1.02);
  });
});
