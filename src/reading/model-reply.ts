import { checkReading } from '../glossary/check-reading.ts';
import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading, DataReading, DeclineReading, Reading } from '../glossary/reading.ts';
import { modelDoubt } from './model-doubt.ts';
import { firstUntracked } from './not-tracked.ts';

const LONGEST_TEXT = 200;
const MOST_ASSUMED = 5;

/** Reasons that no glossary changes and a model may give. */
const OWN_REASONS = new Set(['not_supported', 'not_tracked']);

/**
 * What a model called the tool with → a Reading that the house can trust: checked by the schema, the glossary and what the
 * data hold, with its free texts short and without addresses; or one sentence for the model about what is wrong with it. SQL
 * is not looked at here.
 */
export function readModelReply(
  input: unknown,
  glossary: Glossary,
  facts: DataFacts,
): { readonly ok: true; readonly reading: Reading } | { readonly ok: false; readonly message: string } {
  const given = input !== null && typeof input === 'object' && 'reading' in input ? input.reading : input;
  const checked = checkReading(unescaped(given), glossary);
  if (!checked.ok) return checked;
  const { reading } = checked;
  if (reading.kind === 'clarify') return { ok: true, reading: plainClarify(reading) };
  if (reading.kind === 'decline') return plainDecline(reading, glossary);
  if (reading.kind === 'sql') return { ok: true, reading: { ...reading, says: plain(reading.says) || 'not said' } };
  const doubt = modelDoubt(reading, glossary, facts);
  if (doubt) return { ok: false, message: doubt };
  return { ok: true, reading: firstUntracked(reading, [], glossary, facts) ?? plainData(reading) };
}

/** Values come back as they were shown within their fence. */
function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  if (Array.isArray(value)) return value.map(unescaped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unescaped(part)]));
}

function plainData(reading: DataReading): DataReading {
  const { assumed, ...rest } = reading;
  const said = (assumed ?? []).map(plain).filter((text) => text !== '');
  const read = ['read with the help of a model'];
  return { ...rest, assumed: [...said.slice(0, MOST_ASSUMED), ...read] };
}

function plainClarify(reading: ClarifyReading): ClarifyReading {
  const choices = reading.choices.map(({ label, question }) => ({ label: plain(label).slice(0, 75), question: plain(question) }));
  const words = reading.words?.map(plain);
  return { kind: 'clarify', about: reading.about, question: plain(reading.question), choices, ...(words ? { words } : {}) };
}

function plainDecline(reading: DeclineReading, glossary: Glossary): ReturnType<typeof readModelReply> {
  if (!Object.hasOwn(glossary.reasons, reading.reason) && !OWN_REASONS.has(reading.reason))
    return { ok: false, message: `There is no reason ${plain(reading.reason)}.` };
  const nearest = reading.nearest ?? glossary.reasons[reading.reason]?.nearest;
  const shown = nearest ? { nearest: { label: plain(nearest.label).slice(0, 75), question: plain(nearest.question) } } : {};
  return { ok: true, reading: { kind: 'decline', reason: reading.reason, subject: plain(reading.subject), ...shown } };
}

/** Addresses with or without a scheme, and mail; a page's path alone («/checkout») is none. */
const ADDRESS =
  /\b[a-z][a-z0-9+.-]*:\/\/\S+|\b(?:www\.|mailto:|tel:)\S+|\S+@\S+\.\S+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/\S*|(?=[\s)\]]|$))/gi;

/** One line, no address to click and nobody called, not long. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cf}]+/gu, '')
    .replace(ADDRESS, '')
    .replace(/[\p{Cc}<>@]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_TEXT);
}
