import type { Term } from './choose-meaning.ts';
import { productDimensions } from './chosen-metrics.ts';
import type { Item, Meaning, Role } from './meaning.ts';
import { type Parts, said } from './parts.ts';

interface Context {
  readonly role: Role | undefined;
  readonly roleText: string;
  readonly negated: boolean;
  readonly counted: boolean;
  /** «… that»: what follows tells of whom came before. */
  readonly related: boolean;
}

/** Puts a term into the parts by its chosen meaning. */
export function takeMeaning(parts: Parts, item: Term, meaning: Meaning, context: Context): void {
  const at = item.from;
  switch (meaning.as) {
    case 'metric':
      takeMetric(parts, item, meaning.id, context);
      return;
    case 'dimension':
      if (isNounOf(parts, meaning.id, item, context)) {
        parts.goods = true;
        return;
      }
      if (context.negated) parts.unknown.push({ text: item.text, at });
      parts.dimensions.push({
        id: meaning.id,
        at,
        by: context.role === 'by' || context.role === 'also',
        text: item.text,
        word: context.roleText === 'per' ? 'per' : /\b(?:each|every)$/u.test(context.roleText) ? 'each' : 'by',
      });
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
  if (context.negated) {
    parts.absent.push({ id, text: item.text });
    return;
  }
  const population = item.meanings.some((m) => m.as === 'word' && m.role === 'population');
  // «which products were viewed …»: the measure's own noun is what is asked for.
  if (context.role === 'which' && /^(?:products?|items?)\b/iu.test(item.text))
    parts.dimensions.push({ id: 'product', at: item.from, by: false, text: item.text });
  if (context.role === 'order_by') parts.orderBy = id;
  const per = context.role === 'by' && /^(?:per|each|every|for each|for every)$/u.test(context.roleText);
  if (context.role === 'by' && !per) parts.orderBy = id;
  if (/\b(?:slowest|slower)\b/iu.test(item.text)) parts.ranks.push({ way: 'worst', text: 'slowest', at: item.from });
  if (/\b(?:fastest|faster)\b/iu.test(item.text)) parts.ranks.push({ way: 'best', text: 'fastest', at: item.from });
  // «conversion rate for first orders»: a measure behind «for» narrows the other, and this one is no value.
  if (context.role === 'in' && !population && parts.metrics.some((m) => !m.population))
    parts.unknown.push({ text: item.text, at: item.from });
  const last = parts.metrics.at(-1);
  // «customers outside the uk, revenue by month»: whose revenue, no second measure.
  const isWhose =
    last?.population === true &&
    last.id !== 'sessions' &&
    !last.counted &&
    !population &&
    context.roleText === ',' &&
    parts.values.some((v) => v.at > last.at);
  const joined =
    last !== undefined && !isWhose && (context.role === 'and' || context.role === 'with' || context.role === 'versus');
  const link =
    parts.metrics.at(-1)?.population === true && !population
      ? context.related
        ? 'that'
        : context.role === 'with'
          ? 'with'
          : undefined
      : undefined;
  parts.metrics.push({
    id,
    at: item.from,
    text: item.text,
    population,
    counted: context.counted,
    ...(link ? { link } : {}),
    joined,
    per,
    sorts: context.role === 'order_by',
  });
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

/** Bots as they were said: in, out, alone or apart. */
export function takeBots(parts: Parts, value: string, negated: boolean): void {
  const wanted =
    value === 'bot' ? (negated ? 'left_out' : said(parts, 'include') ? 'include' : 'only') : negated ? 'only' : 'left_out';
  parts.bots = parts.bots !== undefined && parts.bots !== wanted ? 'apart' : wanted;
}

/** Keeps a function word with its place, and what it cuts, joins or ranks. */
export function note(parts: Parts, role: Role, item: Item): void {
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
