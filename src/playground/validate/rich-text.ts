import { byType, type Check, fields, flag, list, number, oneOf, pattern, text } from './check.ts';
import { link } from './objects.ts';

const style: Check = fields({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag });
const styled = { style };

const words: Check = fields({ text: text(1, 3000) }, styled);
const richLink: Check = fields({ url: link }, { text: text(0, 3000), unsafe: flag, ...styled });

const INLINE: Record<string, Check> = {
  text: words,
  link: richLink,
  emoji: fields({ name: text(1, 100) }, { unicode: text(1, 100), url: link, ...styled }),
  user: fields({ user_id: pattern(/^[UW][A-Z0-9]{2,}$/, 'a valid user id') }, styled),
  usergroup: fields({ usergroup_id: pattern(/^S[A-Z0-9]{2,}$/, 'a valid user group id') }, styled),
  channel: fields({ channel_id: pattern(/^[CGD][A-Z0-9]{2,}$/, 'a valid channel id') }, styled),
  team: fields({ team_id: pattern(/^[TE][A-Z0-9]{2,}$/, 'a valid team id') }, styled),
  broadcast: fields({ range: oneOf('here', 'channel', 'everyone') }, styled),
  color: fields({ value: text(1, 20) }, styled),
  date: fields({ timestamp: number(0, 1e11, true), format: text(1, 200) }, { url: link, fallback: text(1, 200), ...styled }),
};

const inline: Check = byType(() => INLINE);
const section: Check = fields({ elements: list(inline, 1, 1000) });
const bordered = { border: number(0, 1, true) };

const PARTS: Record<string, Check> = {
  rich_text_section: section,
  rich_text_quote: fields({ elements: list(inline, 1, 1000) }, bordered),
  rich_text_preformatted: fields(
    {
      elements: list(
        byType(() => ({ text: words, link: richLink })),
        1,
        1000,
      ),
    },
    { ...bordered, language: text(1, 50) },
  ),
  rich_text_list: fields(
    {
      style: oneOf('bullet', 'ordered'),
      elements: list(
        byType(() => ({ rich_text_section: section })),
        1,
        1000,
      ),
    },
    { ...bordered, indent: number(0, 8, true), offset: number(0, 1e6, true) },
  ),
};

/** The fields of a `rich_text` block: sections, lists, quotes, preformatted text, and their inline elements. */
export const richTextFields: Record<string, Check> = {
  elements: list(
    byType(() => PARTS),
    1,
    1000,
  ),
};

/** A whole `rich_text` object where another block holds one (details of a task, title of a container, table cell). */
export const richText: Check = byType(() => ({
  rich_text: fields(richTextFields, { block_id: text(1, 255) }),
}));
