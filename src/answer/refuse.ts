import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading, DeclineReading } from '../glossary/reading.ts';
import type { NotComposable } from '../metrics/reach-check.ts';
import type { NotFetched } from './fetch.ts';
import type { Clarify, Decline, Failed, Question, Refused, Times } from './stations.ts';
import { declineSentence, notComposableSentence } from './words/say-decline.ts';
import { sayReads } from './words/say-reads.ts';
import { refusalSentence } from './words/say-refusal.ts';

/** The ends of the line that are no answer: each a value with one clear sentence. */
export function clarify(reading: ClarifyReading, question: Question, ms: Times): Clarify {
  return { kind: 'clarify', id: question.id, question: question.text, reading, ms };
}

export function decline(reading: DeclineReading, question: Question, glossary: Glossary, facts: DataFacts, ms: Times): Decline {
  const reason = glossary.reasons[reading.reason];
  const nearest = reading.nearest ?? reason?.nearest;
  return {
    kind: 'decline',
    id: question.id,
    question: question.text,
    reading,
    sentence: declineSentence(reading, glossary, facts),
    ...(reason?.how ? { how: reason.how } : {}),
    ...(nearest ? { nearest } : {}),
    ms,
  };
}

/** A Reading that names what the tables cannot bring together. */
export function declineComposition(not: NotComposable, question: Question, ms: Times): Decline {
  const subject = String(not.facts.metric_label ?? not.facts.label ?? question.text);
  return {
    kind: 'decline',
    id: question.id,
    question: question.text,
    reading: { kind: 'decline', reason: not.code, subject },
    sentence: notComposableSentence(not),
    ms,
  };
}

export function refuse(
  not: NotFetched,
  about: { id: string; question: string; sql: string },
  { zone }: { readonly zone: string },
  ms: Times,
): Refused {
  const place = not.kind === 'guard' || not.kind === 'engine' ? { line: not.refusal.line, column: not.refusal.column } : {};
  return {
    kind: 'refused',
    ...about,
    code: codeOf(not),
    sentence: refusalSentence(not, zone),
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
    ...(not.kind === 'guard' ? { guard: not.refusal } : {}),
    ...(not.kind === 'engine' && not.refusal.construct ? { construct: not.refusal.construct } : {}),
    ...(not.kind === 'engine' && not.refusal.error ? { error: not.refusal.error } : {}),
    ...(not.kind === 'needs_approval' || not.kind === 'no_bound' ? { approval: approvalOf(not), reads: sayReads(not.sql) } : {}),
    scannedBytes: not.kind === 'engine' ? not.refusal.scannedBytes : 0,
    ms,
  };
}

function approvalOf(not: Extract<NotFetched, { kind: 'needs_approval' | 'no_bound' }>): NonNullable<Refused['approval']> {
  const unknown = not.kind === 'needs_approval' && not.unknown ? { unknown: not.unknown } : {};
  const partition = not.kind === 'no_bound' ? { partition: not.partition } : {};
  return { bytes: not.bytes, usd: not.usd, ...unknown, ...partition };
}

export function fail(id: string, question: string, reference: string, ms: Times): Failed {
  return {
    kind: 'failed',
    id,
    question,
    reference,
    sentence: `I'm sorry, that went wrong on my side. The question is kept; reference ${reference}.`,
    ms,
  };
}

function codeOf(not: NotFetched): string {
  return not.kind === 'guard' || not.kind === 'engine' ? not.refusal.code : not.kind;
}
