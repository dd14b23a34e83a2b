import type { ShownChannel } from '../page-state.ts';
import { type Drawn, h, once, reconcile } from './dom.ts';
import { avatar } from './message.ts';
import { dayOf, type Page, timeOf } from './page.ts';
import { openRecorder } from './recorder.ts';

/** Channels with unread counts, direct messages, the app; below what runs, and the faults that can be switched on. */
export function drawSidebar(page: Page, drawn: Drawn): HTMLElement[] {
  const { state } = page;
  const title = (name: string) => once(drawn, `title ${name}`, name, () => h('h5', {}, name));
  const line = (one: ShownChannel) => once(drawn, one.id, [one, page.place.channel === one.id], () => channelLine(page, one));
  const rooms = state.channels.filter((one) => one.kind !== 'im');
  const direct = state.channels.filter((one) => one.kind === 'im' && one.id !== state.appChannel);
  const app = state.channels.filter((one) => one.id === state.appChannel);
  return [
    once(drawn, 'workspace', state.workspace.name, () => h('div', { class: 'ws' }, state.workspace.name)),
    title('Channels'),
    ...rooms.map(line),
    ...(direct.length === 0 ? [] : [title('Direct messages')]),
    ...direct.map(line),
    title('Apps'),
    ...app.map(line),
    simulation(page, drawn),
  ];
}

function channelLine(page: Page, channel: ShownChannel): HTMLElement {
  const { state } = page;
  const on = page.place.channel === channel.id;
  const unread = channel.unread > 0 && !on;
  const go = () => page.go(channel.id === state.appChannel ? { channel: channel.id, tab: 'home' } : { channel: channel.id });
  const line = h('button', {
    type: 'button',
    class: `ch${on ? ' on' : ''}${unread ? ' new' : ''}`,
    'aria-current': on ? 'page' : undefined,
    onclick: go,
  });
  if (channel.other === undefined) line.append(`# ${channel.name}`);
  else line.append(avatar(state, channel.other, 18), state.people[channel.other]?.name ?? '');
  if (channel.external && channel.kind !== 'im') line.append(h('em', {}, 'external'));
  if (unread) line.append(h('u', { 'aria-label': `${channel.unread} unread` }, String(channel.unread)));
  return line;
}

/** Keyed by parts: a switch must not be drawn anew under the pointer because the clock moved on. */
function simulation(page: Page, drawn: Drawn): HTMLElement {
  const { state } = page;
  const fact = (name: string, value: string) =>
    once(drawn, name, value, () => h('div', {}, h('span', {}, name), h('b', {}, value)));
  const flip = (label: string, name: keyof typeof state.switches) =>
    once(drawn, label, state.switches[name], () => toggle(label, state.switches[name], (on) => page.act('switch', { name, on })));
  const counted = `${state.calls}, ${state.refusedCalls} refused`;
  const dark = document.documentElement.classList.contains('dark');
  const box = once(drawn, 'simulation', '', () => h('div', { class: 'sim' }));
  const calls = once(drawn, 'recorder', '', () =>
    h('button', { type: 'button', class: 'fact', onclick: () => openRecorder(page) }, h('span', {}, 'Slack calls'), h('b')),
  );
  const number = calls.querySelector('b');
  if (number !== null) number.textContent = counted;
  reconcile(box, [
    once(drawn, 'title', '', () => h('h5', {}, 'Simulation')),
    fact('Clock', `${dayOf(page, state.clock)}, ${timeOf(page, state.clock)}`),
    fact('Zone', state.zone),
    ...(state.facts.engine === '' ? [] : [fact('Engine', state.facts.engine)]),
    fact('Events over', state.facts.transport),
    calls,
    flip('Slow network', 'slowNetwork'),
    flip('Rate limits', 'rateLimits'),
    flip('Lose the next reply', 'loseNextReply'),
    once(drawn, 'dark', dark, () => toggle('Dark theme', dark, (on) => paint(page, on))),
  ]);
  return box;
}

function paint(page: Page, dark: boolean): void {
  document.documentElement.classList.toggle('dark', dark);
  document.documentElement.classList.toggle('light', !dark);
  localStorage.setItem('theme', dark ? 'dark' : 'light');
  page.draw();
}

function toggle(name: string, on: boolean, flip: (on: boolean) => unknown): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'fact sw', role: 'switch', 'aria-checked': String(on), onclick: () => flip(!on) },
    h('span', {}, name),
    h('i', { 'aria-hidden': 'true' }),
  );
}
