import type { PageState } from '../page-state.ts';
import type { Message, Piece } from '../shapes.ts';
import type { Persona } from '../workspace.ts';

/** Where the page stands: channel, thread, or the app's tab. */
export interface Place {
  channel?: string | undefined;
  thread?: string | undefined;
  tab?: 'home' | 'messages' | 'about' | undefined;
  /** On a phone: the list of channels lies over all. */
  list?: boolean | undefined;
}

/** What every part of the page is handed: what the person sees, where they are, and what they can do. */
export interface Page {
  state: PageState;
  as: Persona;
  place: Place;
  /** Remembers folds, sorting and pages over redraws. */
  memory: Map<string, unknown>;
  go(place: Place): void;
  /** The place within the workspace that an address names; undefined = somewhere else. */
  placeOf(url: string): Place | undefined;
  /** «Person did X»; shows the sentence when it could not be done. */
  act(verb: string, body: Record<string, unknown>): Promise<Record<string, unknown>>;
  say(sentence: string): void;
  draw(): void;
  /** On a phone: back to the list of channels. */
  showChannels(): void;
  become(who: Persona): void;
}

/** Where blocks stand: decides what a press is sent for, and under which key their state is remembered. */
export interface Around {
  where: { channel: string; ts: string } | 'home' | 'modal';
  key: string;
  message?: Message;
  /** Collects what is filled in, inside modals only. */
  values?: Record<string, Record<string, unknown>>;
  /** Sentences at inputs, by block_id. */
  errors?: Record<string, string>;
}

/** Hears each new value of a field. */
export type Changed = (value: unknown) => void;

/** One element to fill in: what was filled, and who hears of changes. */
export interface Field {
  page: Page;
  element: Piece;
  filled: unknown;
  changed: Changed;
  keep: Changed;
  where: Around['where'];
  name: string;
}

/** HH:mm of a Slack timestamp or ISO instant in the shop's zone. */
export function timeOf(page: Page, ts: string): string {
  const date = ts.includes('-') ? new Date(ts) : new Date(Number(ts) * 1000);
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: page.state.zone }).format(date);
}

/** Tue 24 Nov, in the shop's zone. */
export function dayOf(page: Page, ts: string): string {
  const date = ts.includes('-') ? new Date(ts) : new Date(Number(ts) * 1000);
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: page.state.zone,
  }).formatToParts(date);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')}`;
}
