import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, Reading } from '../glossary/reading.ts';
import { withUnsold } from './absent-measures.ts';
import { askAbout, notUnderstood, notYet, unknownValue } from './ask-back.ts';
import { askMeasure } from './ask-measure.ts';
import { asksForFunnel, buildFunnel } from './build-funnel.ts';
import { buildMetric } from './build-metric.ts';
import { textOf } from './cover.ts';
import type { Speller } from './fix-spelling.ts';
import { otherLanguage } from './languages.ts';
import { nearQuestion } from './near-question.ts';
import { nearValues } from './near-values.ts';
import { firstUntracked } from './not-tracked.ts';
import type { Parts } from './parts.ts';
import type { Token } from './tokenise.ts';
import { bothEnds, twoAsks } from './two-asks.ts';
import type { Words } from './words.ts';

/** What was said → the one Reading that it gives: data, a question back or a decline. `patched` is a follow-up's Reading. */
export function outcomeOf(
  tokens: readonly Token[],
  said: Parts,
  words: Words,
  glossary: Glossary,
  facts: DataFacts,
  speller: Speller,
  patched?: DataReading,
): Reading {
  const parts = withUnsold(said, glossary);
  const declined = declineByName(parts, glossary) ?? laterAsked(parts, glossary);
  if (declined?.kind === 'decline' && declined.nearest)
    return { ...declined, nearest: nearQuestion(declined.nearest, parts, words, glossary) };
  if (declined) return declined;
  if (parts.ambiguous.some((id) => id !== 'traffic') && !patched) return askMeasure(parts, undefined, words, glossary);
  const asked = askAboutWords(tokens, parts, words, glossary, speller);
  if (asked) return asked;
  const two = patched ? undefined : twoAsks(tokens, parts);
  if (two) return two;
  const built = patched
    ? { reading: patched, unused: [...parts.unknown.map((u) => u.text), ...unresolved(parts, patched)] }
    : asksForFunnel(parts, glossary)
      ? buildFunnel(parts, glossary)
      : buildMetric(parts, glossary);
  const untracked =
    built.reading &&
    firstUntracked(
      built.reading,
      parts.absent.map(({ id }) => id),
      glossary,
      facts,
    );
  if (untracked) return untracked;
  const ends = patched || built.unused.length === 0 ? undefined : bothEnds(parts, built.reading, glossary);
  if (ends) return ends;
  if (built.unused.length > 0) return notUnderstood(built.unused, built.reading, [], glossary);
  if ('problem' in built && built.problem) {
    if (built.problem.about === 'measure') return askMeasure(parts, built.problem.dimension, words, glossary);
    return askAbout(built.problem, built.reading, glossary);
  }
  return built.reading!;
}

/** «… saw them» where the last number counts no one event. */
function unresolved(parts: Parts, patched: DataReading): string[] {
  return patched.filters.some((f) => f.dimension === 'event_name') ? [] : (parts.roles.get('anaphora')?.map((x) => x.text) ?? []);
}

function declineByName(parts: Parts, glossary: Glossary): Reading | undefined {
  const [reason] = [...parts.reasons].sort((a, b) => gravity(b.id) - gravity(a.id));
  if (reason) {
    const nearest = glossary.reasons[reason.id]?.nearest;
    return { kind: 'decline', reason: reason.id, subject: reason.text, ...(nearest ? { nearest } : {}) };
  }
  return undefined;
}

/** A kind that is not built yet; an extra wish beside a whole question («… and anything odd») leaves that question as an offer. */
function laterAsked(parts: Parts, glossary: Glossary): Reading | undefined {
  if (parts.later.length === 0) return undefined;
  const isMedian = parts.metrics.some((m) => /median/iu.test(glossary.metrics[m.id]?.definition ?? ''));
  const isMade = buildMetric(parts, glossary).reading?.made?.some((m) => m.type === 'percentile') ?? false;
  const [later] = parts.later.filter((l) => !(l.id === 'spread' && ((isMedian && /median/iu.test(l.text)) || isMade)));
  if (!later) return undefined;
  if (later.id !== 'anomalies' || parts.metrics.length === 0 || parts.unknown.length > 0) return notYet(later.id);
  const { reading, unused, problem } = buildMetric(parts, glossary);
  return reading && unused.length === 0 && !problem ? notUnderstood([later.text], reading, [], glossary) : notYet(later.id);
}

/** What is refused on principle is named before what is only missing. */
function gravity(reason: string): number {
  return { write: 3, secret: 2, personal: 1 }[reason] ?? 0;
}

/** Words that can mean two things, or nothing that is known. */
function askAboutWords(
  tokens: readonly Token[],
  parts: Parts,
  words: Words,
  glossary: Glossary,
  speller: Speller,
): Reading | undefined {
  const replaced = (at: number, count: number, by: string) =>
    [textOf(tokens, 0, at), by, textOf(tokens, at + count, tokens.length)].filter((x) => x !== '').join(' ');
  if (parts.eitherPeriod) {
    const whole = textOf(tokens, 0, tokens.length);
    const choices = parts.eitherPeriod.map((p) => ({ label: p.label, question: whole.replace(parts.eitherPeriodText, p.text) }));
    return {
      kind: 'clarify',
      about: 'period',
      question: `Which ${/ to /u.test(choices[0]?.label ?? '') ? 'dates are' : 'day is'} “${parts.eitherPeriodText}”?`,
      choices,
    };
  }
  const settled = (d: string) =>
    parts.dimensions.some((x) => x.id === d) || parts.values.some((w) => w.others.length === 0 && w.filter.dimension === d);
  const twofold = parts.values.find((v) => v.others.length > 0 && !settled(v.filter.dimension));
  if (twofold) return askDimension(twofold, glossary, (by) => replaced(twofold.at, twofold.text.split(/\s+/u).length, by));
  const [lost] = parts.unknownValues;
  if (lost) {
    const near = nearValues(lost.dimension, lost.value, words);
    return unknownValue(
      lost.dimension,
      lost.value,
      near,
      (v) => textOf(tokens, 0, tokens.length).replace(lost.value, quoteIfOdd(v)),
      glossary,
      broken(parts, lost.dimension, glossary),
    );
  }
  if (parts.unknown.length === 0) return undefined;
  const language = otherLanguage(tokens);
  if (language)
    return {
      kind: 'decline',
      reason: 'language',
      subject: language,
      nearest: { label: 'Revenue last week', question: 'revenue last week' },
    };
  return nearWords(tokens, parts, words, glossary, speller, replaced);
}

function askDimension(value: Parts['values'][number], glossary: Glossary, question: (by: string) => string): Reading {
  const dimensions = [value.filter.dimension, ...value.others.map((o) => o.dimension)].slice(0, 4);
  const label = (d: string) => glossary.dimensions[d]?.label ?? d;
  const choices = dimensions.map((d) => ({
    label: `${label(d)} ${value.text}`.slice(0, 75),
    question: question(`${label(d)} ${value.text}`),
  }));
  return {
    kind: 'clarify',
    about: 'value',
    question: `“${value.text}” is a ${dimensions.map(label).join(' and a ')}. Which do you mean?`,
    choices,
    words: [value.text],
  };
}

/** An unknown word beside a dimension is a value that the data do not hold; alone it may be a slip of several words. */
function nearWords(
  tokens: readonly Token[],
  parts: Parts,
  words: Words,
  glossary: Glossary,
  speller: Speller,
  replaced: (at: number, count: number, by: string) => string,
): Reading | undefined {
  const [unknown, ...more] = parts.unknown;
  if (!unknown || more.some((m, i) => m.at !== unknown.at + i + 1)) return undefined;
  const count = more.length + 1;
  const text = textOf(tokens, unknown.at, unknown.at + count);
  const beside = parts.dimensions.find(
    (d) =>
      (unknown.at > d.at && unknown.at - d.at <= 1 + d.text.split(/\s+/u).length) ||
      (d.at === unknown.at + count && !/s$/iu.test(d.text)),
  );
  if (beside && glossary.dimensions[beside.id]?.learn) {
    const near = nearValues(beside.id, text, words);
    return unknownValue(
      beside.id,
      text,
      near,
      (v) => replaced(unknown.at, count, quoteIfOdd(v)),
      glossary,
      broken({ ...parts, unknown: [] }, beside.id, glossary),
    );
  }
  const slips =
    count === 1
      ? speller
          .near(text.toLowerCase())
          .filter((c) => c.sure || c.word[0] === text[0]?.toLowerCase())
          .map((c) => c.word)
          .filter((w) => w !== text.toLowerCase())
      : [];
  const named = (/\p{L}{3}/u.test(text) ? ['product', 'campaign', 'brand', 'category', 'city', 'source'] : []).flatMap((d) =>
    nearValues(d, text, words)
      .slice(0, 2)
      .map((v) => `${glossary.dimensions[d]?.label ?? d} ${quoteIfOdd(v)}`),
  );
  const options = [...new Set([...slips, ...named])].slice(0, 4);
  if (options.length === 0) return undefined;
  const choices = options.map((o) => ({ label: o.slice(0, 75), question: replaced(unknown.at, count, o) }));
  const rest = options.length === 1 ? restOf(tokens, unknown.at, count) : undefined;
  const all = rest ? [...choices, { label: `Without “${text}”`.slice(0, 75), question: rest }] : choices;
  if (all.length < 2) return undefined;
  return {
    kind: 'clarify',
    about: 'words',
    question: `I didn't understand “${text.slice(0, 60)}”. Do you mean one of these?`,
    choices: all,
    words: [text],
  };
}

/** The same question over all values of the dimension, where the one that was named is none of them. */
function broken(parts: Parts, dimension: string, glossary: Glossary): DataReading | undefined {
  const isNamed = parts.dimensions.some((d) => d.id === dimension);
  const dimensions = isNamed ? parts.dimensions : [...parts.dimensions, { id: dimension, at: -1, by: true, text: dimension }];
  const { reading, unused, problem } = buildMetric({ ...parts, unknownValues: [], dimensions }, glossary);
  return unused.length === 0 && !problem ? reading : undefined;
}

function restOf(tokens: readonly Token[], at: number, count: number): string | undefined {
  const rest = [textOf(tokens, 0, at), textOf(tokens, at + count, tokens.length)].filter((x) => x !== '').join(' ');
  return rest === '' ? undefined : rest;
}

function quoteIfOdd(value: string): string {
  return /^[\p{L}\p{N} _&-]+$/u.test(value) || value.startsWith('/') ? value : `"${value}"`;
}
