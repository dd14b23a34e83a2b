import { h } from './dom.ts';
import { icon, logo } from './icons.ts';
import { avatar } from './message.ts';
import type { Page, Place } from './page.ts';

/** The banner that says what this is, and who one is. */
export function drawBanner(page: Page, box: HTMLElement): void {
  const buttons = page.state.personas.map(({ name, id }) => {
    const button = h('button', {
      type: 'button',
      class: name === page.as ? 'on' : '',
      'aria-pressed': String(name === page.as),
      onclick: () => page.become(name),
    });
    button.append(avatar(page.state, id, 18), h('span', {}, name));
    return button;
  });
  const personas = h('div', { class: 'personas', role: 'group', 'aria-label': 'You are' }, h('em', {}, 'You are'), buttons);
  const more = 'Everything here is made up, stays on this machine and costs nothing.';
  redrawn(box, [h('b', {}, 'Local simulation, not Slack.'), h('span', { class: 'bt' }, more), personas]);
}

/** The head of the channel or of the app with its tabs. */
export function drawTop(page: Page, box: HTMLElement, tab: Place['tab']): void {
  const back = h('button', { type: 'button', class: 'back', 'aria-label': 'All channels', onclick: () => page.showChannels() });
  back.append(icon('menu'));
  const open = page.state.channels.find((one) => one.id === page.place.channel);
  const title = h('b', {});
  title.append(
    ...(tab === undefined ? [nameOf(page).replace(/^#/, '# ')] : [logo(22), page.state.people[page.state.bot]?.name ?? '']),
  );
  const shared = open?.external === true ? ' · shared with another company' : '';
  const about =
    tab === undefined
      ? h('span', {}, `${open?.members ?? 0} people${shared}`)
      : h('div', { class: 'tabs', role: 'tablist' }, tabs(page, tab));
  redrawn(box, [back, title, about]);
}

function tabs(page: Page, tab: Place['tab']): HTMLElement[] {
  const names = { home: 'Home', messages: 'Messages', about: 'About' } as const;
  return (['home', 'messages', 'about'] as const).map((one) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(one === tab),
        onclick: () => page.go({ channel: page.place.channel, tab: one }),
      },
      names[one],
    ),
  );
}

/** The head of the thread. */
export function drawThreadTop(page: Page, box: HTMLElement): void {
  const close = h('button', {
    type: 'button',
    class: 'cross',
    'aria-label': 'Close thread',
    onclick: () => page.go({ ...page.place, thread: undefined }),
  });
  close.append(icon('x'));
  redrawn(box, [h('b', {}, 'Thread'), h('span', {}, nameOf(page).replace(/^#/, '# ')), close]);
}

/** `#name` of the open channel, or the other person's name. */
export function nameOf(page: Page): string {
  const open = page.state.channels.find((one) => one.id === page.place.channel);
  if (open === undefined) return '';
  return open.kind === 'im' ? (page.state.people[open.other ?? '']?.name ?? '') : `#${open.name}`;
}

/** Draws a box anew only when it would look different, and leaves the focus on the button of the same place in it. */
function redrawn(box: HTMLElement, nodes: Node[]): void {
  const next = h('div', {});
  next.append(...nodes);
  const same =
    next.childNodes.length === box.childNodes.length &&
    [...next.childNodes].every((node, index) => node.isEqualNode(box.childNodes[index] ?? null));
  if (same) return;
  const buttons = () => [...box.querySelectorAll<HTMLElement>('button')];
  const at = buttons().indexOf(document.activeElement as HTMLElement);
  box.replaceChildren(...next.childNodes);
  if (at >= 0) buttons()[at]?.focus();
}
