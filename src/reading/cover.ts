import { eventNoun } from './event-noun.ts';
import { lookUpSpan } from './look-up.ts';
import type { Item, Meaning, Sense } from './meaning.ts';
import { findNamedValue } from './named-values.ts';
import { parseAmount } from './parse-amount.ts';
import { parseBaseline } from './parse-baseline.ts';
import { parseComparison } from './parse-comparison.ts';
import { parseDeed } from './parse-deed.ts';
import { parseGrain } from './parse-grain.ts';
import { parseHours } from './parse-hours.ts';
import { parseLimit } from './parse-limit.ts';
import { parsePeriod } from './parse-period.ts';
import { asksToSend, parseSchedule, timeAt } from './parse-schedule.ts';
import { seasonAt } from './parse-season.ts';
import { parseChain, parseWindow } from './parse-steps.ts';
import { parseWeekdays } from './parse-weekdays.ts';
import { purposeFrame, requestFrame } from './request-frame.ts';
import { type Found, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import type { Words } from './words.ts';

interface Candidate {
  readonly to: number;
  readonly cost: number;
  readonly sense: Sense;
}

/**
 * Tokens → items that together cover every token, the fewest and longest that do. What nothing covers is `unknown`. With
 * `ambiguous` false the glossary's ambiguous phrases are not known.
 */
export function cover(tokens: readonly Token[], words: Words, ambiguous: boolean): Item[] {
  const asked = asksToSend(tokens);
  const best: { cost: number; from: number; sense: Sense | undefined }[] = [{ cost: 0, from: 0, sense: undefined }];
  for (let at = 0; at < tokens.length; at++) {
    const here = best[at];
    if (!here) continue;
    for (const c of candidates(tokens, at, words, ambiguous, asked)) {
      // «card_declined» is one name, no «declined».
      const cuts = (tokens[at]!.underscored ? 1 : 0) + (tokens[c.to]?.underscored ? 1 : 0);
      const cost = here.cost + c.cost + 3 * cuts;
      if (!best[c.to] || cost < best[c.to]!.cost + 1e-9) best[c.to] = { cost, from: at, sense: c.sense };
    }
  }
  const items: Item[] = [];
  for (let to = tokens.length; to > 0; to = best[to]!.from) {
    const { from, sense } = best[to]!;
    items.unshift({ from, to, text: textOf(tokens, from, to), ...sense! });
  }
  return items;
}

/** The typed text of a stretch of tokens. */
export function textOf(tokens: readonly Token[], from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map((t, i) => (t.glued && i > 0 ? t.raw : ` ${t.raw}`))
    .join('')
    .trim();
}

function* candidates(
  tokens: readonly Token[],
  at: number,
  words: Words,
  ambiguous: boolean,
  asked: boolean,
): Generator<Candidate> {
  yield {
    to: at + 1,
    cost: unknownCost(tokens[at]!),
    sense: tokens[at]!.kind === 'sign' ? signSense(tokens[at]!.text) : { type: 'unknown' },
  };
  // «for samsung? no sorry, for mobile»: behind what was said, it takes something back.
  if (tokens[at]!.text === 'sorry' && at > 2 && at + 1 < tokens.length && tokens[at + 1]!.kind === 'sign') return;
  // «morning, could you …» is a greeting.
  if (at === 0 && /^(?:morning|afternoon|evening)$/u.test(tokens[0]!.text) && /^[,!.]$/u.test(tokens[1]?.text ?? ''))
    yield candidate(1, 0.3, { type: 'term', meanings: [{ as: 'word', role: 'noise' }] });
  // «compare orders with a coupon to orders without»
  if (tokens[at]!.text === 'to' && tokens.slice(0, at).some((t) => /^(?:compare|comparing)$/u.test(t.text)))
    yield candidate(at + 1, 0.25, { type: 'term', meanings: [{ as: 'word', role: 'versus' }] });
  const baseline = parseBaseline(tokens, at);
  if (baseline) yield candidate(baseline.to, 0.2, { type: 'baseline', of: baseline.value });
  // «are orders up?» asks what has changed.
  if (at > 0 && /^(?:up|down)$/u.test(tokens[at]!.text) && tokens.slice(at + 1).every((t) => t.kind === 'sign'))
    yield candidate(at + 1, 0.2, { type: 'term', meanings: [{ as: 'word', role: 'change' }] });
  const frame = requestFrame(tokens, at, words) ?? purposeFrame(tokens, at, words);
  if (frame) yield candidate(frame, 0.5 + 0.01 * (frame - at), { type: 'term', meanings: [{ as: 'word', role: 'noise' }] });
  const period = parsePeriod(tokens, at, words.today);
  const isPeriod = period && !tokens.slice(at + 1, period.to).some((t) => t.underscored);
  if (isPeriod) yield candidate(period.to, 0.95, periodSense(period));
  const season = seasonAt(tokens, at, words.today);
  if (season) yield candidate(season.to, 0.95, { type: 'either_period', periods: season.value });
  const compare = parseComparison(tokens, at, words.today);
  if (compare) yield candidate(compare.to, 0.94, { type: 'compare', ...compare.value });
  const schedule = parseSchedule(tokens, at, asked);
  if (schedule) yield candidate(schedule.to, 0.9, { type: 'schedule', ...schedule.value });
  for (const parse of [parseGrain, parseLimit, parseAmount, parseHours, parseWeekdays, parseWindow]) {
    const found = parse(tokens, at);
    // «days with more than 50 orders»: «days» is no «how long» there.
    const isWhich = found?.value.type === 'grain' && found.value.way === 'which';
    if (found) yield candidate(found.to, isWhich ? 0.48 : 0.93, found.value);
  }
  const clock = asked && wordAt(tokens, at) === 'at' ? timeAt(tokens, at) : undefined;
  if (clock) yield candidate(clock.to, 0.95, { type: 'clock', ...clock.value });
  // «which five brands»; «one» is seldom a number.
  const spelt = numberAt(tokens, at);
  const count = tokens[at]!.kind === 'number' ? tokens[at]!.value! : spelt?.to === at + 1 && spelt.value > 1 ? spelt.value : 0;
  const event = eventNoun(tokens, at, words);
  if (event) yield candidate(event.to, 0.9, event.value);
  if (
    Number.isInteger(count) &&
    count >= 1 &&
    count <= 100 &&
    (lookUpSpan(tokens, at + 1, at + 2, words)?.meanings.some((m) => m.as === 'dimension') ||
      /^(?:most|least|busiest|cheapest|slowest|fastest)$/u.test(wordAt(tokens, at + 1)))
  )
    yield candidate(at + 1, 0.97, { type: 'limit', count, way: 'none' });
  const chain = parseChain(tokens, at, words);
  if (chain) yield candidate(chain.to, 0.97, chain.value);
  const deed = parseDeed(tokens, at, words.lexicon.deeds);
  if (deed) yield candidate(deed.to, 0.9, deed.value);
  for (const named of findNamedValue(tokens, at, words)) yield candidate(named.to, 0.9, named.value);
  yield* terms(tokens, at, words, ambiguous);
  yield* withAndWithout(tokens, at, words);
}

/** «with and without a voucher», «with vs without errors»: both sides of a yes-or-no dimension. */
function* withAndWithout(tokens: readonly Token[], at: number, words: Words): Generator<Candidate> {
  if (!/^(?:with|w\/)$/u.test(wordAt(tokens, at)) || !/^(?:and|or|vs|versus|\/|&)$/u.test(wordAt(tokens, at + 1))) return;
  if (!/^(?:without|w\/o|wo|no)$/u.test(wordAt(tokens, at + 2))) return;
  const lead: Token = { text: 'with', raw: 'with', kind: 'word', glued: false };
  for (let to = at + 4; to <= Math.min(tokens.length, at + 8); to++) {
    const span = [lead, ...tokens.slice(at + 3, to)];
    const value = lookUpSpan(span, 0, span.length, words)?.meanings.find((m) => m.as === 'value' && !m.learned);
    if (value?.as === 'value') yield candidate(to, 0.9, { type: 'term', meanings: [{ as: 'dimension', id: value.dimension }] });
  }
}

function* terms(tokens: readonly Token[], at: number, words: Words, ambiguous: boolean): Generator<Candidate> {
  const found: Candidate[] = [];
  for (let to = at + 1; to <= Math.min(tokens.length, at + 10); to++) {
    const span = lookUpSpan(tokens, at, to, words);
    // «revenue per mobile order by channel» orders nothing.
    const isNoun = wordAt(tokens, at - 1) === 'per' || wordAt(tokens, at - 2) === 'per';
    if (!span || (isNoun && tokens[at]!.text === 'order' && wordAt(tokens, to - 1) === 'by')) continue;
    const meanings = ambiguous ? span.meanings : span.meanings.filter((m) => m.as !== 'ambiguous');
    if (meanings.length === 0) continue;
    found.push({ to, cost: costOf(meanings, to - at) + (span.exact ? 0 : 0.05), sense: { type: 'term', meanings } });
  }
  // «product views per session» has no breakdown by product in it.
  const isMeasure = ({ to, sense }: Candidate) =>
    to > at + 1 && sense.type === 'term' && sense.meanings.some((m) => m.as === 'metric');
  const heads = found.some(isMeasure) ? at + 1 : -1;
  for (const c of found) {
    const isHead =
      c.to === heads &&
      c.sense.type === 'term' &&
      c.sense.meanings.some((m) => m.as === 'dimension') &&
      !isMeasure({ ...c, to: at + 2 });
    yield isHead && !tokens[at]!.text.endsWith('s') ? { ...c, cost: c.cost + 0.6 } : c;
  }
}

function candidate(to: number, cost: number, sense: Sense): Candidate {
  return { to, cost, sense };
}

/** A phrase with a meaning costs one, a function word less and noise least, so that fewer and longer phrases win. */
function costOf(meanings: readonly Meaning[], length: number): number {
  if (meanings.every((m) => m.as === 'word' && m.role === 'noise')) return 0.05 + 0.25 * length;
  if (meanings.every((m) => m.as === 'word')) return 0.45 + 0.05 * length;
  if (meanings.some((m) => m.as === 'reason')) return length > 1 ? 0.4 : 0.85;
  return meanings.some((m) => m.as === 'later') ? (length > 1 ? 0.5 : 0.9) : 0.96;
}

function unknownCost(token: Token): number {
  return token.kind === 'sign' && !/[<>=%€$£+&→≥≤]/u.test(token.text) ? 0.1 : 6;
}

function signSense(text: string): Sense {
  if (text === ',' || text === ';' || text === '/') return { type: 'term', meanings: [{ as: 'word', role: 'and' }] };
  if (text === '=') return { type: 'term', meanings: [{ as: 'word', role: 'in' }] };
  if (text === '&' || text === '+') return { type: 'term', meanings: [{ as: 'word', role: 'and' }] };
  if (text === '%') return { type: 'term', meanings: [{ as: 'word', role: 'share' }] };
  return /[<>%€$£→≥≤]/u.test(text) ? { type: 'unknown' } : { type: 'term', meanings: [{ as: 'word', role: 'noise' }] };
}

function periodSense(found: Found<unknown>): Sense {
  const value = found.value as Parameters<typeof eitherLabels>[0] | Extract<Sense, { type: 'period' }>['period'];
  return Array.isArray(value)
    ? { type: 'either_period', periods: eitherLabels(value) }
    : { type: 'period', period: value as Extract<Sense, { type: 'period' }>['period'] };
}

/** Both dates of «11/03» in words that can be only one. */
function eitherLabels(both: readonly { year?: number; month?: number; day?: number }[]): { label: string; text: string }[] {
  return both.map((d) => {
    const text = `${d.day} ${monthNames[(d.month ?? 1) - 1]}${d.year ? ` ${d.year}` : ''}`;
    return { label: text, text };
  });
}

const monthNames: readonly string[] =
  'January,February,March,April,May,June,July,August,September,October,November,December'.split(',');
