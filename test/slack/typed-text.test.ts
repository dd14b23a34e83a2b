import { describe, expect, test } from '@jest/globals';
import { asSql, readTyped, unescapeText } from '../../src/slack/typed-text.ts';

const bot = 'U0ASKSTRM1';
const section = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const said = (text: string) => ({ type: 'text', text });

describe('what a person typed', () => {
  test('is freed of the mention, and knows whether others are named', () => {
    const event = { blocks: [section({ type: 'user', user_id: bot }, said(' orders  for '), { type: 'user', user_id: 'U1' })] };
    expect(readTyped(event, bot)).toEqual({ text: 'orders  for', mentionsApp: true, mentionsOthers: true });
  });

  test('is read from blocks as typed, where the text would be escaped', () => {
    const event = { text: '&lt;b&gt; &amp;amp;', blocks: [section(said('<b> &amp;'))] };
    expect(readTyped(event, bot).text).toBe('<b> &amp;');
  });

  test('without blocks is unescaped once, with the labels of links', () => {
    expect(readTyped({ text: `<@${bot}> a &lt; b &amp;amp; <http://x.y|x.y> <#C1|shop>` }, bot)).toMatchObject({
      text: 'a < b &amp; x.y shop',
      mentionsApp: true,
    });
  });

  test('loses non-breaking and zero-width characters, and is cut at 20,000', () => {
    expect(readTyped({ text: 'a\u00a0b\u200bc' }, bot).text).toBe('a bc');
    expect(readTyped({ text: 'x'.repeat(50_000) }, bot).text).toHaveLength(20_000);
  });

  test('of only an emoji is empty', () => {
    expect(readTyped({ blocks: [section({ type: 'emoji', name: 'fire' })] }, bot).text).toBe('');
  });
});

describe('SQL', () => {
  const code = (text: string) => ({
    blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [said(text)] }] }],
  });

  test('in a code block is SQL with every character kept', () => {
    expect(asSql(readTyped(code("SELECT 'a' <> “b”\nFROM t"), bot))).toBe("SELECT 'a' <> “b”\nFROM t");
    expect(asSql(readTyped({ text: '```sql\nselect a &lt; b from t```' }, bot))).toBe('select a < b from t');
  });

  test('also when it writes: the guard refuses it by name', () => {
    expect(asSql(readTyped(code('DROP TABLE sessions'), bot))).toBe('DROP TABLE sessions');
  });

  test('typed without a block needs its signs, so a sentence stays a question', () => {
    expect(asSql({ text: 'select count(*) from sessions', mentionsApp: true, mentionsOthers: false })).toBeDefined();
    for (const text of ['with which channel did most orders come from', 'select the best products from germany', 'show revenue'])
      expect(asSql({ text, mentionsApp: true, mentionsOthers: false })).toBeUndefined();
    expect(asSql(readTyped(code('some log line'), bot))).toBeUndefined();
  });

  test('of a slash command is unescaped, ampersand last', () => {
    expect(unescapeText("select '&amp;lt;' where a &lt; b")).toBe("select '&lt;' where a < b");
  });
});
