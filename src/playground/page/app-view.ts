import { drawBlocks } from './blocks.ts';
import { h } from './dom.ts';
import type { Page } from './page.ts';

/** The app's Home tab as it was published, or what stands there before. */
export function drawHome(page: Page): HTMLElement {
  const { home } = page.state;
  const name = page.state.people[page.state.bot]?.name ?? 'The app';
  if (home === undefined)
    return h('div', { class: 'homebody' }, h('p', { class: 'mute' }, `${name} has not published a Home yet.`));
  return h('div', { class: 'homebody' }, drawBlocks(page, home.view.blocks, { where: 'home', key: `home:${home.id}` }));
}

/** What this page is, for the About tab. */
export function drawAbout(page: Page): HTMLElement {
  const name = page.state.people[page.state.bot]?.name ?? 'The app';
  const lines = page.state.commands.map((one) =>
    h('li', {}, h('code', {}, `${one.command} ${one.usageHint}`), ` ${one.description}`),
  );
  return h(
    'div',
    { class: 'homebody' },
    h('h3', { class: 'header' }, `About ${name}`),
    h(
      'p',
      {},
      'This page is a local simulation of Slack. The app behind it is the real one: it gets signed events and answers through a Web API that is as strict as Slack’s.',
    ),
    h('ul', {}, lines),
  );
}

/** Ready questions above an empty conversation. */
export function drawPrompts(page: Page): HTMLElement | undefined {
  if (page.state.messages.length > 0 || page.state.prompts.length === 0) return undefined;
  const ask = (message: string) => () => page.act('say', { channel: page.state.appChannel, text: message });
  return h(
    'div',
    { class: 'prompts', role: 'group', 'aria-label': 'Suggested questions' },
    page.state.prompts.map((one) => h('button', { type: 'button', class: 'btn', onclick: ask(one.message) }, one.title)),
  );
}
