import { h } from './dom.ts';

/** One line of a menu. */
export interface MenuItem {
  nodes: Node[];
  more?: string | undefined;
  pick(): void;
}

/** Opens a menu at its button: arrows move, Enter picks, Escape closes and gives the focus back. */
export function openMenu(button: HTMLElement, items: MenuItem[]): void {
  document.querySelector('.menu')?.remove();
  const list = h('div', { class: 'menu', role: 'menu' });
  const close = (back: boolean) => {
    list.remove();
    document.removeEventListener('pointerdown', outside, true);
    button.setAttribute('aria-expanded', 'false');
    if (back) button.focus();
  };
  const outside = (event: Event) => {
    if (!list.contains(event.target as Node)) close(false);
  };
  for (const item of items) {
    const line = h(
      'button',
      { type: 'button', role: 'menuitem', tabindex: -1 },
      item.nodes,
      item.more !== undefined && h('small', {}, item.more),
    );
    line.addEventListener('click', () => {
      close(true);
      item.pick();
    });
    list.append(line);
  }
  list.addEventListener('keydown', (event) => {
    const lines = [...list.children] as HTMLElement[];
    const at = lines.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    lines[(next + lines.length) % lines.length]?.focus();
  });
  document.body.append(list);
  placeAt(list, button);
  button.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  (list.firstElementChild as HTMLElement | null)?.focus();
}

/** Below its button where there is room, else above; never outside the window. */
function placeAt(list: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = at.bottom + height + 8 < window.innerHeight;
  list.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
  list.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`;
}
