import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readManifest } from '../../src/playground/manifest.ts';
import { escapeText, typedText } from '../../src/playground/send/typed-text.ts';
import { validateMessage } from '../../src/playground/validate/validate-message.ts';
import { createWorld } from '../../src/playground/world.ts';
import { handClock, MANIFEST } from './with-bolt.ts';

const world = createWorld({ clock: handClock(), manifest: readManifest(MANIFEST), zone: 'UTC' });
const typed = (text: string) => typedText(world, text);

describe('typed text as an app receives it', () => {
  test.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['@Askstream top products', '<@U0ASKSTRM1> top products'],
    ['@askstream, hi', '<@U0ASKSTRM1>, hi'],
    ['see #growth', 'see <#C0GROWTH001|>'],
    ['@here look', '<!here> look'],
    ['mail me@nobody', 'mail me@nobody'],
    ['https://a.example/?x=1&y=2 now', '<https://a.example/?x=1&amp;y=2> now'],
    ['from shop.events.com', 'from <http://shop.events.com|shop.events.com>'],
    ['*bold* and _it_ and `a<b`', '*bold* and _it_ and `a&lt;b`'],
    ['```SELECT 1\nWHERE a < 2```', '```SELECT 1\nWHERE a &lt; 2```'],
    ['@Askstream ```SELECT 1```', '<@U0ASKSTRM1> \n```SELECT 1```'],
  ])('%j becomes %j', (from, to) => {
    expect(typed(from).text).toBe(to);
  });

  test('a fenced block holds the raw text, entities unescaped', () => {
    expect(typed('```\nSELECT a FROM t WHERE a < 2 AND b > 1\n```').blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_preformatted',
            border: 0,
            elements: [{ type: 'text', text: 'SELECT a FROM t WHERE a < 2 AND b > 1' }],
          },
        ],
      },
    ]);
  });

  test('whatever is typed, the blocks are ones that Slack accepts and no raw angle bracket survives outside tokens', () => {
    const known = { file: () => 'unknown' as const };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        const { blocks, text: sent } = typed(text);
        if (blocks.length > 0) expect(validateMessage({ text: 'x', blocks }, known)).toBeUndefined();
        expect(sent.replace(/<(@U|#C|!|https?:)[^<>]*>/g, '')).not.toMatch(/[<>]/);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('escaping touches three characters only', () => {
    expect(escapeText(`<a href="x">'&amp;`)).toBe(`&lt;a href="x"&gt;'&amp;amp;`);
  });
});
