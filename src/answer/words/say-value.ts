import type { DraftColumn } from '../../metrics/draft.ts';
import type { Cell } from '../../services/warehouse.ts';

/** What a value needs beside itself to be written: its unit, its currency, and how fine the column's rates are. */
export interface ValueForm {
  readonly unit: DraftColumn['unit'];
  readonly currency?: string | undefined;
  /** Digits after the point of percentages. */
  readonly rateDigits?: number;
  /** How NULL is called; a dash where nothing is known of it. */
  readonly unknown?: string | undefined;
}

/** A cell as people read it: 1,742 · 2.19% · €233,648.70 · 2:11 min · – (faces.md §1 «Numbers»). True minus sign. */
export function sayValue(value: Cell, form: ValueForm): string {
  if (value === null || value === '') return form.unknown ?? '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'string') return form.unit === 'date' ? sayDay(value) : value;
  return minus(sayNumber(value, form));
}

/** With its sign, for changes: +0.28 · −62 · 0. */
export function saySigned(value: number, form: ValueForm): string {
  const shown = sayValue(Math.abs(value), form);
  const zero = !/[1-9]/.test(shown);
  return zero ? shown : `${value < 0 ? '−' : '+'}${shown}`;
}

/** A change of an amount in percent of its base: 2.5%, 83%. NULL where there is no base. */
export function sayPercentChange(from: number, to: number): string | undefined {
  if (!from) return undefined;
  const share = Math.abs(to / from - 1) * 100;
  return `${share >= 10 ? group(share, 0) : share.toFixed(1)}%`;
}

/** Two digits where the column's rates stay under 10 %, one above: conversion 2.19%, bounce 45.3%. */
export function rateDigits(values: readonly Cell[]): number {
  const numbers = values.filter((v): v is number => typeof v === 'number' && Number.isFinite(v));
  return numbers.length > 0 && numbers.every((v) => Math.abs(v) < 0.1) ? 2 : 1;
}

/** 41 MB, 342 GB: decimal, as Athena bills them. */
export function sayBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** power;
  return `${power === 0 || scaled >= 10 ? group(scaled, 0) : scaled.toFixed(1)} ${units[power]}`;
}

/** under $0.01 · $0.59. */
export function sayUsd(usd: number): string {
  return usd < 0.01 ? 'under $0.01' : `$${usd.toFixed(2)}`;
}

/** 1.3 s · 2:11 min, from milliseconds. */
export function sayDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} h`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-23` → `Mon 23 Nov`; a time of day is kept as 24 h. */
export function sayDay(text: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(text);
  if (!found) return text;
  const [, year, month, day, time] = found;
  const weekday = weekdays[new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()];
  const date = `${weekday} ${Number(day)} ${months[Number(month) - 1]}`;
  return time && text.length > 10 ? `${date}, ${time}` : date;
}

function sayNumber(value: number, { unit, currency, rateDigits: digits = 1 }: ValueForm): string {
  if (!Number.isFinite(value)) return '–';
  if (unit === 'rate' || unit === 'share') return `${group(value * 100, unit === 'share' ? 1 : digits)}%`;
  if (unit === 'points') return group(value * 100, digits);
  if (unit === 'money') return money(value, currency);
  if (unit === 'seconds') return value < 60 ? `${value < 10 ? value.toFixed(1) : group(value, 0)} s` : sayDuration(value * 1000);
  if (unit === 'milliseconds') return value < 1000 ? `${group(value, 0)} ms` : `${(value / 1000).toFixed(1)} s`;
  if (unit === 'days') return `${Number.isInteger(value) ? group(value, 0) : value.toFixed(1)} ${value === 1 ? 'day' : 'days'}`;
  if (Number.isInteger(value)) return group(value, 0);
  return unit === 'count' ? group(value, 0) : group(value, Math.abs(value) >= 100 ? 1 : 2);
}

function money(value: number, currency: string | undefined): string {
  if (!currency) return group(value, 2);
  const options = { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  try {
    return new Intl.NumberFormat('en', options).format(value).replace(/\u00a0/g, ' ');
  } catch {
    return `${currency} ${group(value, 2)}`;
  }
}

function group(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function minus(text: string): string {
  return text.replace(/^-/, '−').replace(/^(\D)-/, '−$1');
}
