import type { ShownChannel } from '../page-state.ts';
import { h } from './dom.ts';
import { logo } from './icons.ts';
import { avatar } from './message.ts';
import { dayOf, type Page, timeOf } from './page.ts';
import { openRecorder } from './recorder.ts';

/** Channels with unread counts, direct messages, the app; below what runs, and the faults that can be switched on. */
export function drawSidebar(page: Page): HTMLElement[] {
  const { state } = page;
  const direct = state.channels.filter((one) => one.kind === 'im' && one.other !== state.bot);
  const app = state.channels.find((one) => one.id === state.appChannel);
  const onApp = page.place.channel === state.appChannel;
  const appLine = h('button', {
    type: 'button',
    class: `ch${onApp ? ' on' : ''}${(app?.unread ?? 0) > 0 && !onApp ? ' new' : ''}`,
    'aria-current': onApp ? 'page' : undefined,
    onclick: () => page.go({ channel: state.appChannel, tab: 'home' }),
  });
  appLine.append(logo(18), state.people[state.bot]?.name ?? '');
  if ((app?.unread ?? 0) > 0 && !onApp) appLine.append(h('u', {}, String(app?.unread)));
  return [
    h('div', { class: 'ws' }, state.workspace.name),
    h('h5', {}, 'Channels'),
    ...state.channels.filter((one) => one.kind !== 'im').map((one) => channelLine(page, one, [`# ${one.name}`])),
    ...(direct.length === 0 ? [] : [h('h5', {}, 'Direct messages')]),
    ...direct.map((one) =>
      channelLine(page, one, [avatar(state, one.other ?? '', 18), state.people[one.other ?? '']?.name ?? '']),
    ),
    h('h5', {}, 'Apps'),
    appLine,
    simulation(page),
  ];
}

function channelLine(page: Page, channel: ShownChannel, name: (Node | string)[]): HTMLElement {
  const on = page.place.channel === channel.id;
  const unread = channel.unread > 0 && !on;
  const line = h('button', {
    type: 'button',
    class: `ch${on ? ' on' : ''}${unread ? ' new' : ''}`,
    'aria-current': on ? 'page' : undefined,
    onclick: () => page.go({ channel: channel.id }),
  });
  line.append(...name);
  if (channel.external) line.append(h('em', {}, 'external'));
  if (unread) line.append(h('u', { 'aria-label': `${channel.unread} unread` }, String(channel.unread)));
  return line;
}

function simulation(page: Page): HTMLElement {
  const { state } = page;
  const fact = (name: string, value: string) => h('div', {}, h('span', {}, name), h('b', {}, value));
  const recorder = h(
    'button',
    { type: 'button', class: 'fact', onclick: () => openRecorder(page) },
    h('span', {}, 'Slack calls'),
    h('b', {}, `${state.calls}, ${state.refusedCalls} refused`),
  );
  return h(
    'div',
    { class: 'sim' },
    h('h5', {}, 'Simulation'),
    fact('Clock', `${dayOf(page, state.clock)}, ${timeOf(page, state.clock)}`),
    fact('Zone', state.zone),
    state.facts.engine !== '' && fact('Engine', state.facts.engine),
    fact('Events over', state.facts.transport),
    recorder,
    toggle('Slow network', state.switches.slowNetwork, (on) => page.act('switch', { name: 'slowNetwork', on })),
    toggle('Rate limits', state.switches.rateLimits, (on) => page.act('switch', { name: 'rateLimits', on })),
    toggle('Lose the next reply', state.switches.loseNextReply, (on) => page.act('switch', { name: 'loseNextReply', on })),
    toggle('Dark theme', document.documentElement.classList.contains('dark'), (on) => {
      document.documentElement.classList.toggle('dark', on);
      document.documentElement.classList.toggle('light', !on);
      localStorage.setItem('theme', on ? 'dark' : 'light');
      page.draw();
    }),
  );
}

function toggle(name: string, on: boolean, flip: (on: boolean) => unknown): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'fact sw', role: 'switch', 'aria-checked': String(on), onclick: () => flip(!on) },
    h('span', {}, name),
    h('i', { 'aria-hidden': 'true' }),
  );
}
