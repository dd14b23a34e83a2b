import type { PageState } from '../page-state.ts';
import type { Persona } from '../workspace.ts';
import { drawAbout, drawHome, drawPrompts } from './app-view.ts';
import { composer } from './composer.ts';
import { type Drawn, h, reconcile } from './dom.ts';
import { flow } from './flow.ts';
import { modalPane } from './modal.ts';
import type { Page, Place } from './page.ts';
import { drawSidebar } from './sidebar.ts';
import { drawBanner, drawThreadTop, drawTop, nameOf } from './top.ts';

const saved = new URLSearchParams(location.hash.slice(1));
let wanted = 0;
let newest: Promise<void> = Promise.resolve();
let drawnHome = '';
const drawnNav: Drawn = new Map();

const nav = h('nav', { 'aria-label': 'Channels and app' });
const banner = h('header', { class: 'banner' });
const channelTop = h('div', { class: 'top' });
const threadTop = h('div', { class: 'top' });
const channelFlow = flow('Messages');
const threadFlow = flow('Thread');
const channelBox = composer();
const threadBox = composer();
const extra = h('div', { class: 'extra' });
const main = h('main', {}, channelTop, extra, channelFlow.element, channelBox.element);
const aside = h('aside', { 'aria-label': 'Thread' }, threadTop, threadFlow.element, threadBox.element);
const toast = h('div', { class: 'toast', role: 'alert' });
toast.hidden = true;
const modal = modalPane();

const page: Page = {
  state: undefined as unknown as PageState,
  as: (saved.get('as') ?? 'analyst') as Persona,
  place: {
    channel: saved.get('channel') ?? undefined,
    thread: saved.get('thread') ?? undefined,
    tab: (saved.get('tab') ?? undefined) as Place['tab'],
  },
  memory: new Map(),
  go(place) {
    page.place = place;
    const fields = Object.entries({ as: page.as, channel: place.channel, thread: place.thread, tab: place.tab }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    history.replaceState(null, '', `#${new URLSearchParams(fields)}`);
    void visit();
  },
  placeOf(url) {
    const found = /\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?(?:.*&)?thread_ts=([\d.]+))?/.exec(url);
    if (found === null || !url.startsWith(page.state.workspace.url)) return undefined;
    const ts = found[2] === undefined ? undefined : `${found[2]}.${found[3]}`;
    const tab = found[1] === page.state.appChannel ? ('messages' as const) : undefined;
    return { channel: found[1], thread: tab === undefined ? (found[4] ?? ts) : undefined, tab };
  },
  async act(verb, body) {
    const reply = await fetch(`/play/act/${verb}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: page.as, ...body }),
    });
    const did = (await reply.json()) as Record<string, unknown>;
    const failed = ((did.acks as { ok: boolean }[] | undefined) ?? []).some((ack) => ack !== null && ack?.ok === false);
    if (did.ok === false && verb !== 'fill') page.say(String(did.error));
    else if (failed)
      page.say(`${page.state.people[page.state.bot]?.name} did not acknowledge this within 3 seconds. Is the app running?`);
    await refresh();
    return did;
  },
  say(sentence) {
    toast.textContent = sentence;
    toast.hidden = false;
    setTimeout(() => {
      toast.hidden = true;
    }, 6000);
  },
  draw: () => draw(),
  showChannels() {
    page.place = { ...page.place, list: true };
    draw();
  },
  become(who) {
    page.as = who;
    page.go({ ...page.place, thread: undefined });
  },
};

/** Opening the app tells it so, as Slack does; opening a channel marks it read. */
async function visit(): Promise<void> {
  await refresh();
  if (page.place.channel === page.state.appChannel)
    await page.act('home', { tab: page.place.tab === 'messages' ? 'messages' : 'home' });
  if (matchMedia('(min-width: 900px)').matches) (page.place.thread === undefined ? channelBox : threadBox).focus();
}

/** Asks for the state and draws it; a newer question overtakes this one, and is then waited for. */
function refresh(): Promise<void> {
  wanted += 1;
  newest = ask(wanted);
  return newest;
}

async function ask(mine: number): Promise<void> {
  const query = new URLSearchParams({
    as: page.as,
    ...(page.place.channel === undefined ? {} : { channel: page.place.channel }),
  });
  const reply = await fetch(`/play/state?${query}`);
  const state = (await reply.json()) as PageState;
  if (mine !== wanted) return newest;
  page.state = state;
  if (state.open === undefined) {
    page.place = { channel: state.channels[0]?.id };
    return refresh();
  }
  draw();
  markRead(state);
}

function markRead(state: PageState): void {
  const open = state.channels.find((one) => one.id === state.open);
  const looking = page.place.channel !== state.appChannel || page.place.tab === 'messages';
  if ((open?.unread ?? 0) === 0 || !looking || document.visibilityState !== 'visible') return;
  const body = JSON.stringify({ as: page.as, channel: state.open });
  void fetch('/play/act/read', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

function draw(): void {
  const { state, place } = page;
  const isApp = place.channel === state.appChannel;
  const tab = isApp ? (place.tab ?? 'home') : undefined;
  const inThread = place.thread !== undefined && !(isApp && tab !== 'messages');
  document.body.className = place.list === true ? 'in-nav' : inThread ? 'in-thread' : 'in-channel';
  drawBanner(page, banner);
  reconcile(nav, drawSidebar(page, drawnNav));
  drawTop(page, channelTop, tab);
  drawThreadTop(page, threadTop);
  const written = tab === undefined || tab === 'messages';
  channelFlow.element.hidden = !written;
  channelBox.element.hidden = !written;
  extra.hidden = written && !isApp;
  drawExtra(tab);
  if (written) channelFlow.show(page, isApp ? 'app' : 'channel');
  channelBox.show(page, isApp ? `Ask ${state.people[state.bot]?.name}` : `Message ${nameOf(page)}`, {
    channel: place.channel ?? '',
  });
  aside.hidden = !inThread;
  if (inThread) {
    threadFlow.show(page, 'thread');
    threadBox.show(page, 'Reply, or ask the next question', { channel: place.channel ?? '', threadTs: place.thread });
  }
  modal.show(page);
}

/** The Home tab is drawn anew only when it was published anew, so that menus in it stay open. */
function drawExtra(tab: Place['tab']): void {
  const mark = `${page.as}:${tab}:${page.state.home?.hash ?? ''}:${tab === 'messages' ? page.state.messages.length : ''}`;
  if (mark === drawnHome) return;
  drawnHome = mark;
  const nodes =
    tab === 'home' ? [drawHome(page)] : tab === 'about' ? [drawAbout(page)] : tab === 'messages' ? [drawPrompts(page)] : [];
  reconcile(
    extra,
    nodes.filter((node) => node !== undefined),
  );
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open], .menu') !== null) return;
  if (page.place.thread !== undefined) page.go({ ...page.place, thread: undefined });
});

const theme = localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.documentElement.classList.add(theme);
document.body.append(banner, h('div', { class: 'shell' }, nav, main, aside), toast);
const stream = new EventSource('/play/stream');
stream.onmessage = () => void refresh();
void visit();
