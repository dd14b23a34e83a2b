import type { Glossary } from '../glossary/glossary-schema.ts';
import { productDimensions } from './choose-metrics.ts';
import type { Item, Meaning, Role } from './meaning.ts';
import { emptyParts, type Parts, said } from './parts.ts';

type Term = Item & { type: 'term' };

/** Items in their order → what was said, sorted. Every word with several meanings gets the one that its company asks for. */
export function collect(items: readonly Item[], glossary: Glossary): Parts {
  const parts = emptyParts();
  const scene = sceneOf(items, glossary);
  let role: Role | undefined;
  let roleText = '';
  let negated = false;
  let taken = false;
  let amountEnd = -1;
  let before = '';
  for (const [i, item] of items.entries()) {
    if (item.type !== 'term') {
      if (item.type === 'filter' && role === 'by')
        parts.dimensions.push({ id: item.cue, at: item.from, by: true, text: item.text });
      if (item.type === 'period' && role === 'before') parts.unknown.push({ text: `before ${item.text}`, at: item.from });
      takeSense(parts, item, negated);
      if (item.type === 'amount') amountEnd = item.to;
      if (item.type !== 'filter') negated = false;
      role = item.type === 'limit' ? 'high' : undefined;
      continue;
    }
    const meaning = choose(item, role, scene, parts, startsList(items, i));
    if (meaning.as === 'word') {
      if (meaning.role === 'noise' || meaning.role === 'the' || meaning.role === 'how_many') before = item.text.toLowerCase();
      if (meaning.role === 'noise' || meaning.role === 'the') continue;
      if (meaning.role === 'where' && parts.content > 0) continue;
      note(parts, meaning.role, item);
      if (meaning.role === 'not') {
        negated = true;
        taken = false;
      } else if (['only', 'versus', 'by', 'which', 'include'].includes(meaning.role)) negated = false;
      if (meaning.role !== 'population' && !(meaning.role === 'in' && role === 'by')) {
        role = meaning.role;
        roleText = item.text.toLowerCase();
      }
      continue;
    }
    parts.content++;
    if (taken && meaning.as !== 'value') negated = false;
    if (meaning.as === 'dimension' && item.from === amountEnd)
      parts.unknown.push({ text: `${parts.amounts.at(-1)?.text ?? ''} ${item.text}`.trim(), at: item.from });
    takeMeaning(parts, item, meaning, {
      role,
      roleText,
      negated,
      counted: /^(?:how many|how many of our|number of|total number of|count of|nr of|no of|num of|amount of)$/u.test(before),
    });
    before = '';
    // «excluding direct and email» goes on over a list, «non-mobile conversion rate» ends at its value.
    if (meaning.as !== 'value') negated = false;
    else if (negated) taken = true;
    role = undefined;
  }
  bareNot(parts);
  settleTwofold(parts);
  if (parts.schedule && parts.assumed.includes('at 9:00') && parts.schedule.hour + parts.schedule.minute !== 9)
    parts.assumed = parts.assumed.filter((a) => a !== 'at 9:00');
  if (parts.clock && !parts.schedule)
    parts.unknown.push({ text: `at ${parts.clock.hour}:${String(parts.clock.minute).padStart(2, '0')}`, at: 0 });
  return parts;
}

/** «category phones vs tablets»: beside a value of one dimension, a word of two is of that one. */
function settleTwofold(parts: Parts): void {
  const sure = new Set([
    ...parts.values.filter((v) => v.others.length === 0).map((v) => v.filter.dimension),
    ...parts.dimensions.map((d) => d.id),
  ]);
  parts.values = parts.values.map((v) => {
    const other = sure.has(v.filter.dimension) ? undefined : v.others.find((o) => sure.has(o.dimension));
    return other ? { ...v, others: [], filter: { ...v.filter, dimension: other.dimension, values: [other.value] } } : v;
  });
}

/** «sessions with an error vs not»: a «not» that takes nothing out stands for all the others. */
function bareNot(parts: Parts): void {
  const last = parts.roles.get('not')?.at(-1);
  const cut = parts.versus.at(-1);
  if (!last || cut === undefined || last.at < cut || parts.values.some((v) => v.at > last.at)) return;
  parts.roles.delete('not');
  parts.complement.push(last.at);
}

interface Scene {
  readonly hasMetric: boolean;
  /** «sessions», «users»: a measure, unless it only says whose number another measure is. */
  readonly hasPopulation: boolean;
  readonly funnel: boolean;
  readonly glossary: Glossary;
}

interface Context {
  readonly role: Role | undefined;
  readonly roleText: string;
  readonly negated: boolean;
  readonly counted: boolean;
}

function sceneOf(items: readonly Item[], glossary: Glossary): Scene {
  const terms = items.filter((i): i is Term => i.type === 'term');
  const has = (item: Term, as: Meaning['as']) => item.meanings.some((m) => m.as === as);
  const isPopulation = (item: Term) => item.meanings.some((m) => m.as === 'word' && m.role === 'population');
  return {
    hasMetric:
      terms.some((t) => has(t, 'metric') && !has(t, 'value') && !isPopulation(t)) || terms.some((t) => roleOf(t) === 'doing'),
    hasPopulation: terms.some((t) => has(t, 'metric') && isPopulation(t)),
    funnel: items.some((i) => i.type === 'chain') || terms.some((t) => has(t, 'funnel')),
    glossary,
  };
}

function roleOf(item: Term): Role | undefined {
  const word = item.meanings.length === 1 ? item.meanings[0] : undefined;
  return word?.as === 'word' ? word.role : undefined;
}

/** Which meaning of a term counts here. */
function choose(item: Term, role: Role | undefined, scene: Scene, parts: Parts, isListed: boolean): Meaning {
  const by = (as: Meaning['as']) => item.meanings.find((m) => m.as === as);
  const word = (r: Role) => item.meanings.find((m) => m.as === 'word' && m.role === r);
  const [first] = item.meanings;
  if (item.meanings.length === 1) return first!;
  if (
    role === 'by' ||
    role === 'which' ||
    role === 'high' ||
    role === 'low' ||
    role === 'best' ||
    role === 'worst' ||
    role === 'busy' ||
    role === 'long'
  ) {
    const dimension = by('dimension');
    if (dimension) return dimension;
  }
  if (scene.funnel && by('step') && parts.funnel !== undefined && role !== 'also') return by('step')!;
  const metric = by('metric');
  const value =
    word('population') && by('metric') ? item.meanings.find((m) => m.as === 'value' && m.dimension !== 'is_bot') : by('value');
  if (metric && value)
    return (scene.hasMetric || scene.hasPopulation || scene.funnel || parts.metrics.length > 0) &&
      !joinsMetric(parts, role) &&
      !(isListed && role !== 'in')
      ? value
      : metric;
  if (metric) return metric;
  if (by('funnel')) return by('funnel')!;
  if (value && by('dimension')) return role === 'also' ? by('dimension')! : value;
  const complement = word('complement');
  if (complement && parts.values.length > 0 && (parts.versus.length > 0 || role === 'better_than') && word('not'))
    return complement;
  return value ?? by('dimension') ?? by('reason') ?? by('later') ?? by('ambiguous') ?? by('step') ?? pickWord(item, parts);
}

/** «buyers and revenue»: the next thing in a list is a measure. */
function startsList(items: readonly Item[], i: number): boolean {
  const [link, next] = [items[i + 1], items[i + 2]];
  const isLink = link?.type === 'term' && link.meanings.some((m) => m.as === 'word' && m.role === 'and');
  return isLink && next?.type === 'term' && next.meanings.some((m) => m.as === 'metric');
}

function joinsMetric(parts: Parts, role: Role | undefined): boolean {
  return (role === 'and' || role === 'with') && parts.metrics.length > 0 && parts.values.length === 0;
}

/** Function words with two works: the one that the question has a use for. */
function pickWord(item: Term, parts: Parts): Meaning {
  const roles = item.meanings.flatMap((m) => (m.as === 'word' ? [m] : []));
  const prefers = parts.content === 0 ? (['about', 'instead', 'also'] as Role[]) : [];
  return (
    roles.find((m) => prefers.includes(m.role)) ?? roles.find((m) => m.role !== 'noise' && m.role !== 'complement') ?? roles[0]!
  );
}

function note(parts: Parts, role: Role, item: Item): void {
  const entry = { at: item.from, text: item.text };
  const list = parts.roles.get(role);
  if (list) list.push(entry);
  else parts.roles.set(role, [entry]);
  if (role === 'versus' || role === 'better_than') parts.versus.push(item.from);
  if (role === 'complement') parts.complement.push(item.from);
  if (role === 'and' || role === 'or') parts.joins.push({ at: item.from, or: role === 'or', text: item.text });
  if (role === 'best' || role === 'worst' || role === 'high' || role === 'low' || role === 'long' || role === 'busy')
    parts.ranks.push({ way: role, text: item.text.toLowerCase(), at: item.from });
}

function takeMeaning(parts: Parts, item: Term, meaning: Meaning, context: Context): void {
  const at = item.from;
  switch (meaning.as) {
    case 'metric':
      takeMetric(parts, item, meaning.id, context);
      return;
    case 'dimension':
      if (isNounOf(parts, meaning.id, item, context)) return;
      if (context.negated) parts.unknown.push({ text: item.text, at });
      parts.dimensions.push({ id: meaning.id, at, by: context.role === 'by' || context.role === 'also', text: item.text });
      return;
    case 'value':
      takeValue(parts, item, meaning, context);
      return;
    case 'step':
      parts.steps.push({ id: meaning.id, at });
      return;
    case 'funnel':
      parts.funnel = meaning.id;
      return;
    case 'ambiguous':
      parts.ambiguous.push(meaning.id);
      return;
    case 'reason':
      parts.reasons.push({ id: meaning.id, text: item.text });
      return;
    case 'later':
      parts.later.push({ id: meaning.id, text: item.text });
      return;
    case 'word':
      return;
  }
}

/** «apple products»: the noun of a value before it, no breakdown. */
function isNounOf(parts: Parts, dimension: string, item: Item, context: Context): boolean {
  const value = parts.values.at(-1);
  const beside = value !== undefined && context.role === undefined && item.from === value.at + value.text.split(/\s+/u).length;
  return (
    beside &&
    dimension === 'product' &&
    productDimensions.includes(value.filter.dimension) &&
    parts.ranks.length === 0 &&
    !parts.roles.has('which')
  );
}

function takeMetric(parts: Parts, item: Term, id: string, context: Context): void {
  if (context.negated) parts.unknown.push({ text: item.text, at: item.from });
  const population = item.meanings.some((m) => m.as === 'word' && m.role === 'population');
  if (context.role === 'order_by') parts.orderBy = id;
  const per = context.role === 'by' && /^(?:per|each|every|for each|for every)$/u.test(context.roleText);
  if (context.role === 'by' && !per) parts.orderBy = id;
  if (/\b(?:slowest|slower)\b/iu.test(item.text)) parts.ranks.push({ way: 'worst', text: 'slowest', at: item.from });
  if (/\b(?:fastest|faster)\b/iu.test(item.text)) parts.ranks.push({ way: 'best', text: 'fastest', at: item.from });
  // «conversion rate for first orders»: a measure behind «for» narrows the other, and this one is no value.
  if (context.role === 'in' && !population && parts.metrics.some((m) => !m.population))
    parts.unknown.push({ text: item.text, at: item.from });
  const joined = parts.metrics.length > 0 && (context.role === 'and' || context.role === 'with' || context.role === 'versus');
  parts.metrics.push({ id, at: item.from, text: item.text, population, counted: context.counted, joined, per });
}

function takeValue(parts: Parts, item: Term, meaning: Meaning & { as: 'value' }, { negated, role }: Context): void {
  if (meaning.dimension === 'is_bot') {
    if (role === 'with') note(parts, 'include', item);
    takeBots(parts, meaning.value, negated);
    return;
  }
  const others = item.meanings.flatMap((m) =>
    m.as === 'value' && m.dimension !== meaning.dimension && (m.learned || meaning.learned)
      ? [{ dimension: m.dimension, value: m.value }]
      : [],
  );
  parts.values.push({
    at: item.from,
    text: item.text,
    filter: { dimension: meaning.dimension, op: negated ? 'is_not' : 'is', values: [meaning.value] },
    group: meaning.group === true,
    others,
  });
}

function takeBots(parts: Parts, value: string, negated: boolean): void {
  const wanted =
    value === 'bot' ? (negated ? 'left_out' : said(parts, 'include') ? 'include' : 'only') : negated ? 'only' : 'left_out';
  parts.bots = parts.bots !== undefined && parts.bots !== wanted ? 'apart' : wanted;
}

function takeSense(parts: Parts, item: Exclude<Item, Term>, negated: boolean): void {
  const at = item.from;
  parts.content++;
  switch (item.type) {
    case 'filter': {
      if (item.filter.dimension === 'is_bot') {
        takeBots(parts, item.filter.values[0]!, negated !== (item.filter.op === 'is_not'));
        return;
      }
      const op = negated
        ? (({ is: 'is_not', contains: 'not_contains' } as const)[item.filter.op as 'is'] ?? item.filter.op)
        : item.filter.op;
      parts.values.push({ at, text: item.text, filter: { ...item.filter, op }, group: false, others: [] });
      return;
    }
    case 'period':
      parts.periods.push({ period: item.period, at });
      return;
    case 'either_period':
      parts.eitherPeriod = item.periods;
      parts.eitherPeriodText = item.text;
      return;
    case 'compare':
      if (parts.compare) parts.unknown.push({ text: item.text, at });
      parts.compare = item.compare;
      parts.compareCount = item.count;
      parts.compareUnit = item.unit;
      return;
    case 'grain':
      parts.grains.push({ grain: item.grain, way: item.way, at });
      return;
    case 'moving_average':
      parts.moving = { buckets: item.buckets, ...(item.unit ? { unit: item.unit } : {}) };
      return;
    case 'limit':
      parts.limit = item.count;
      parts.ranks.push({ way: item.way, text: item.text.toLowerCase(), at });
      return;
    case 'amount':
      parts.amounts.push({ at, text: item.text, op: item.op, value: item.value, mark: item.mark });
      return;
    case 'hours':
      if (parts.hours) parts.unknown.push({ text: item.text, at });
      parts.hours = item.values;
      return;
    case 'chain':
      if (parts.chain) parts.unknown.push({ text: item.text, at });
      parts.chain = item.steps;
      return;
    case 'window':
      parts.window = item.minutes;
      return;
    case 'clock':
      if (parts.schedule) parts.schedule = { ...parts.schedule, hour: item.hour, minute: item.minute };
      else parts.clock = { hour: item.hour, minute: item.minute };
      return;
    case 'schedule':
      parts.schedule = { ...item.schedule, ...parts.clock };
      if (item.assumed && !parts.clock) parts.assumed.push(item.assumed);
      return;
    case 'unknown_value':
      parts.unknownValues.push({ dimension: item.dimension, value: item.value });
      return;
    case 'unknown':
      parts.content--;
      parts.unknown.push({ text: item.text, at });
      return;
  }
}
