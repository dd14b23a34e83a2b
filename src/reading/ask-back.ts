import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading, DataReading, DeclineReading, MetricReading } from '../glossary/reading.ts';
import { withMade } from '../glossary/with-made.ts';
import { laterKinds } from './later-kinds.ts';
import { listOf } from './list-of.ts';
import type { Problem } from './problem.ts';
import { askReading, sayReading } from './say-reading.ts';
import { reaches } from './within-reach.ts';

type Choice = ClarifyReading['choices'][number];

/** Three whole questions that every glossary with these metrics answers, for who asked nothing or nothing that was understood. */
export function examples(glossary: Glossary): Choice[] {
  const all: readonly (readonly [string, string, string])[] = [
    ['conversion_rate', 'Conversion rate by device', 'conversion rate by device last 28 days'],
    ['revenue', 'Revenue by day', 'revenue by day last 28 days'],
    ['sessions', 'Sessions by country', 'sessions by country last 28 days'],
    ['orders', 'Orders by channel', 'orders by channel last 28 days'],
  ];
  const fit = all.filter(([metric]) => metric in glossary.metrics).map(([, label, question]) => ({ label, question }));
  const others = Object.values(glossary.metrics)
    .filter((m) => !m.hidden)
    .map((m) => ({ label: short(m.label), question: `${m.label} last 28 days` }));
  return (fit.length >= 2 ? fit : others).slice(0, 3);
}

/** An empty question back, with three whole questions to press. */
export function nothingAsked(glossary: Glossary): ClarifyReading {
  return {
    kind: 'clarify',
    about: 'nothing_asked',
    question: 'What would you like to know about the shop?',
    choices: examples(glossary),
  };
}

/** «I didn't understand “colour of fridays”. The rest I read as: sessions.» */
export function notUnderstood(
  words: readonly string[],
  rest: DataReading | undefined,
  others: readonly Choice[],
  glossary: Glossary,
): ClarifyReading {
  const quoted = listOf([...new Set(words)].slice(0, 4).map((w) => `“${w.slice(0, 60)}”`));
  const said = rest && sayReading(rest, glossary);
  const question = said
    ? `I didn't understand ${quoted}. The rest I read as: ${said}.`
    : `I didn't understand ${quoted}. What would you like to see?`;
  const own = rest ? [{ label: short(`Only: ${said}`), question: askReading(rest, glossary) }] : [];
  const choices = distinct([...own, ...others, ...variants(rest, glossary), ...examples(glossary)]).slice(0, rest ? 3 : 4);
  return { kind: 'clarify', about: 'words', question, choices, words: [...new Set(words)].slice(0, 8) };
}

/** The same measure over time and over another breakdown: nearer to what was asked than any example. */
function variants(rest: DataReading | undefined, glossary: Glossary): Choice[] {
  if (rest?.kind !== 'metric') return [];
  const { order: _o, limit: _l, within: _w, picture: _p, ...plain } = rest;
  const known = withMade(rest, glossary);
  const free = ['channel', 'device', 'category', 'page', 'country'].find(
    (d) => d in glossary.dimensions && !rest.dimensions.includes(d) && rest.metrics.every((id) => reaches(id, d, known)),
  );
  const made: MetricReading[] = [
    ...(rest.grain ? [] : [{ ...plain, dimensions: [], having: [], share: false, grain: 'day' as const }]),
    ...(free ? [{ ...plain, dimensions: [free] }] : []),
  ];
  return made.map(({ share, ...reading }) => {
    const offered = { ...reading, ...(share ? { share } : {}) };
    return { label: short(sayReading(offered, glossary)), question: askReading(offered, glossary) };
  });
}

/** A problem of building → a question back or a decline; `rest` is the Reading without the troubling part. */
export function askAbout(
  problem: Exclude<Problem, { about: 'measure' }>,
  rest: DataReading | undefined,
  glossary: Glossary,
): ClarifyReading | DeclineReading {
  switch (problem.about) {
    case 'average':
      return askAverage(problem.metric, glossary);
    case 'before':
      return askBefore(rest, glossary);
    case 'ratio':
      return unsupported(problem.subject, undefined, glossary);
    case 'bound':
      return unsupported(
        `a bound on ${glossary.metrics[problem.metric]?.label ?? problem.metric} without a breakdown`,
        rest && { ...rest, ...(rest.kind === 'metric' ? { having: [] } : {}) },
        glossary,
      );
    case 'unsupported':
      return unsupported(problem.subject, rest, glossary);
  }
}

function askAverage(metric: string, glossary: Glossary): ClarifyReading {
  const label = glossary.metrics[metric]?.label ?? metric;
  const per =
    metric === 'revenue' && 'aov' in glossary.metrics
      ? [{ label: 'Per order (average order value)', question: 'average order value last 28 days' }]
      : [];
  const choices = [
    ...per,
    { label: 'Per day', question: `average daily ${label} last 28 days` },
    { label: 'Per week', question: `average weekly ${label} last 12 weeks` },
  ];
  return { kind: 'clarify', about: 'meaning', question: `The average of ${label} per what?`, choices };
}

function askBefore(rest: DataReading | undefined, glossary: Glossary): ClarifyReading {
  const base = rest ? { ...rest } : undefined;
  if (base) delete base.compare;
  const said = base ? askReading(base, glossary) : 'conversion rate';
  return {
    kind: 'clarify',
    about: 'period',
    question: 'Compared with which time?',
    choices: [
      { label: 'The 28 days before', question: `${said}, last 28 days vs the 28 days before` },
      { label: 'The same days last year', question: `${said}, last 28 days vs the same period last year` },
      { label: 'Last week with the week before', question: `${said}, last week vs the week before` },
    ],
  };
}

/** Declined by name: something that this house does not do. */
function unsupported(subject: string, rest: DataReading | undefined, glossary: Glossary): DeclineReading {
  const nearest = rest
    ? { label: short(sayReading(rest, glossary)), question: askReading(rest, glossary) }
    : examples(glossary)[0];
  return { kind: 'decline', reason: 'not_supported', subject, ...(nearest ? { nearest } : {}) };
}

/** Declined: a kind of question that is not built yet. */
export function notYet(id: string): DeclineReading {
  const kind = laterKinds[id]!;
  return { kind: 'decline', reason: 'not_yet', subject: kind.subject, nearest: kind.nearest };
}

/** A value that the data do not hold: the nearest ones to choose from, else declined by name. */
export function unknownValue(
  dimension: string,
  value: string,
  near: readonly string[],
  ask: (value: string) => string,
  glossary: Glossary,
  rest?: DataReading,
): ClarifyReading | DeclineReading {
  const label = glossary.dimensions[dimension]?.label ?? dimension;
  const choices = near.slice(0, 4).map((v) => ({ label: short(v), question: ask(v) }));
  if (choices.length >= 2)
    return {
      kind: 'clarify',
      about: 'value',
      question: `The data hold no ${label} “${value.slice(0, 60)}”. Which one do you mean?`,
      choices,
      words: [value],
    };
  const whole = rest && { label: short(sayReading(rest, glossary)), question: askReading(rest, glossary) };
  const nearest = choices[0] ?? whole ?? examples(glossary)[0];
  return {
    kind: 'decline',
    reason: 'unknown_value',
    subject: `${label} “${value.slice(0, 60)}”`,
    ...(nearest ? { nearest } : {}),
  };
}

/** A label as a button can hold it: at most 75 characters, with a capital. */
export function short(label: string): string {
  const one = upper(label);
  return one.length <= 75 ? one : `${one.slice(0, 74)}…`;
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function distinct(choices: readonly Choice[]): Choice[] {
  return choices.filter((c, i) => choices.findIndex((o) => o.question === c.question || o.label === c.label) === i);
}
