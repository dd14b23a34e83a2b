import type { Glossary } from '../glossary/glossary-schema.ts';
import { averageOfCount } from './average-of-count.ts';
import { choose, sceneOf, startsList } from './choose-meaning.ts';
import { invertedAmount, leadsToAmount } from './inverted-amount.ts';
import { listOfValue } from './list-of-value.ts';
import { lostBreakdowns } from './lost-breakdowns.ts';
import type { Item, Role } from './meaning.ts';
import { emptyParts, type Parts } from './parts.ts';
import { percentOfChange } from './percent-change.ts';
import { setAgainst } from './set-against.ts';
import { note, takeMeaning } from './take-meaning.ts';
import { takeSense } from './take-sense.ts';

/** Items in their order → what was said, sorted. Every word with several meanings gets the one that its company asks for. */
export function collect(items: readonly Item[], glossary: Glossary): Parts {
  const parts = emptyParts();
  const scene = sceneOf(items, glossary);
  let role: Role | undefined;
  let roleText = '';
  let negated = false;
  let taken = false;
  let single = false;
  let amountEnd = -1;
  let inverted = false;
  let before = '';
  for (const [i, item] of items.entries()) {
    if (item.type === 'unknown' && /^who$/iu.test(item.text) && i > 0) {
      before = 'who';
      continue;
    }
    if (item.type !== 'term') {
      if (item.type === 'filter' && role === 'by')
        parts.dimensions.push({ id: item.cue, at: item.from, by: true, text: item.text });
      if (item.type === 'period' && role === 'before') parts.unknown.push({ text: `before ${item.text}`, at: item.from });
      takeSense(parts, item.type === 'amount' && inverted ? invertedAmount(item) : item, negated);
      if (item.type === 'amount') inverted = false;
      if (item.type === 'amount') amountEnd = item.to;
      if (item.type !== 'filter') negated = false;
      role = item.type === 'limit' ? 'high' : undefined;
      continue;
    }
    // «orders per new customer» is a ratio of two measures.
    const per = role === 'by' && roleText === 'per' ? item.meanings.find((m) => m.as === 'metric') : undefined;
    const meaning = per ?? choose(item, role, scene, parts, startsList(items, i));
    if (meaning.as === 'word') {
      if (meaning.role === 'noise' || meaning.role === 'the' || meaning.role === 'how_many') before = item.text.toLowerCase();
      if (meaning.role === 'noise' || meaning.role === 'the') continue;
      if (meaning.role === 'where' && parts.content > 0) continue;
      note(parts, meaning.role, item);
      if (meaning.role === 'only' && negated) keepLast(parts, items[i - 1], items[i - 2]);
      if (meaning.role === 'not') {
        negated = true;
        taken = false;
        single = /^non$/iu.test(item.text);
      } else if (['only', 'versus', 'by', 'which', 'include'].includes(meaning.role)) negated = false;
      // «excl. direct and email for victoria»: a new place or time is in.
      else if (meaning.role === 'in' && taken && role === undefined) negated = false;
      if (meaning.role !== 'population' && !(meaning.role === 'in' && role === 'by')) {
        role = meaning.role;
        roleText = item.text.toLowerCase();
      }
      continue;
    }
    // «AOV of orders with a coupon»: what a ratio is made of says nothing new.
    if (meaning.as === 'metric' && (role === 'in' || role === 'of') && isMadeOf(parts.metrics.at(-1)?.id, meaning.id, glossary))
      continue;
    parts.content++;
    // «hide brands below 20 units» keeps those above.
    const bounds = negated && meaning.as === 'dimension' && leadsToAmount(items, i);
    if (bounds) inverted = true;
    if ((taken && meaning.as !== 'value') || bounds) negated = false;
    // «orders with more than 3 items»
    const isGoods = meaning.as === 'dimension' && meaning.id === 'product' && parts.metrics.at(-1)?.id === 'orders';
    if (isGoods && item.from === amountEnd && 'units_sold' in glossary.metrics) {
      takeMeaning(parts, item, { as: 'metric', id: 'units_sold' }, { role, roleText, negated, related: false, counted: false });
      continue;
    }
    if (meaning.as === 'dimension' && item.from === amountEnd)
      parts.unknown.push({ text: `${parts.amounts.at(-1)?.text ?? ''} ${item.text}`.trim(), at: item.from });
    takeMeaning(parts, item, meaning, {
      role,
      roleText,
      negated,
      related: before === 'that' || before === 'who' || before === 'which',
      counted: /^(?:how many|how many of our|number of|total number of|count of|nr of|no of|num of|amount of)$/u.test(before),
    });
    before = '';
    // «excluding direct and email» goes on over a list, «non-mobile conversion rate» ends at its value.
    if (meaning.as !== 'value' || single) negated = false;
    else if (negated) taken = true;
    single = false;
    // «revenue per mobile order»: the value stands between the word and its measure.
    const goesOn = role === 'by' && roleText === 'per' && meaning.as === 'value' && isMetric(items[i + 1]);
    if (!goesOn) role = undefined;
  }
  parts.unknown.push(...lostBreakdowns(items));
  bareNot(parts);
  sideBySide(parts, glossary);
  settleTwofold(parts);
  listOfValue(parts, items);
  averageOfCount(parts, glossary);
  setAgainst(parts, glossary);
  percentOfChange(parts);
  if (parts.schedule && parts.assumed.includes('at 9:00') && parts.schedule.hour + parts.schedule.minute !== 9)
    parts.assumed = parts.assumed.filter((a) => a !== 'at 9:00');
  if (parts.clock && !parts.schedule)
    parts.unknown.push({ text: `at ${parts.clock.hour}:${String(parts.clock.minute).padStart(2, '0')}`, at: 0 });
  return parts;
}

function isMetric(item: Item | undefined): boolean {
  return item?.type === 'term' && item.meanings.some((m) => m.as === 'metric');
}

/** «without germany, returning only»: what stands before «only» is no part of the list that is left out. */
function keepLast(parts: Parts, value: Item | undefined, link: Item | undefined): void {
  const [before, last] = parts.values.slice(-2);
  if (!before || !last || last.at !== value?.from || last.filter.op !== 'is_not' || before.filter.op !== 'is_not') return;
  if (before.filter.dimension === last.filter.dimension && link?.text !== ',') return;
  parts.values[parts.values.length - 1] = { ...last, filter: { ...last.filter, op: 'is' } };
}

function isMadeOf(metric: string | undefined, part: string, glossary: Glossary): boolean {
  const over = glossary.metrics[metric ?? '']?.ratio?.over;
  return over !== undefined && (over === part || glossary.metrics[over]?.label === glossary.metrics[part]?.label);
}

/** «category phones vs tablets»: beside a value of one dimension, a word of two is of that one. */
function settleTwofold(parts: Parts): void {
  const sure = new Set([
    ...parts.values.filter((v) => v.others.length === 0).map((v) => v.filter.dimension),
    ...parts.dimensions.map((d) => d.id),
  ]);
  parts.values = parts.values.map((v) => {
    // «samsung phones»: behind a brand, a word of two is a category.
    const isGoods = parts.values.some((b) => b.filter.dimension === 'brand' && b.at + b.text.split(/[\s-]+/u).length === v.at);
    const other = sure.has(v.filter.dimension)
      ? undefined
      : v.others.find((o) => sure.has(o.dimension) || (isGoods && /^category/u.test(o.dimension)));
    return other ? { ...v, others: [], filter: { ...v.filter, dimension: other.dimension, values: [other.value] } } : v;
  });
}

/** «hiking boots» as Hiking and Boots: two values of one dimension with nothing between them are another name. */
function sideBySide(parts: Parts, glossary: Glossary): void {
  for (const [i, b] of parts.values.entries()) {
    const a = parts.values[i - 1];
    if (!a || a.at + a.text.split(/[\s-]+/u).length !== b.at || a.filter.dimension !== b.filter.dimension) continue;
    const isPlace = ['country', 'region', 'city'].includes(glossary.dimensions[a.filter.dimension]?.role ?? '');
    const isParted = [...parts.versus, ...parts.joins.map((j) => j.at)].some((at) => at > a.at && at < b.at);
    if (isParted || a.text.startsWith('/') || a.filter.op !== b.filter.op || a.group || b.group || isPlace) continue;
    parts.unknown.push({ text: `${a.text} ${b.text}`, at: a.at });
  }
}

/** «sessions with an error vs not»: a «not» that takes nothing out stands for all the others. */
function bareNot(parts: Parts): void {
  const last = parts.roles.get('not')?.at(-1);
  const cut = parts.versus.at(-1);
  if (!last || cut === undefined || last.at < cut || parts.values.some((v) => v.at > last.at)) return;
  parts.roles.delete('not');
  parts.complement.push(last.at);
}
