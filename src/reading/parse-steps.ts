import { lookUpSpan } from './look-up.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, numberAt, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import type { Words } from './words.ts';

/** «pdp > cart > checkout», «from cart to purchase», «between cart and checkout», «cart → checkout → order». */
export function parseChain(tokens: readonly Token[], at: number, words: Words): Found<Sense> | undefined {
  const between = after(tokens, at, 'in between', 'between');
  const from =
    between ??
    after(
      tokens,
      at,
      'all the way from',
      'go from',
      'goes from',
      'going from',
      'get from',
      'move from',
      'moving from',
      'make it from',
      'proceed from',
      'continue from',
      'between the',
      'from the',
      'from',
    );
  const first = stepAt(tokens, after(tokens, from ?? at, 'the', 'a') ?? from ?? at, words);
  if (!first) return undefined;
  const steps = [first.value];
  let to = first.to;
  for (;;) {
    const link = linkAt(tokens, to, between !== undefined);
    const next = link === undefined ? undefined : stepAt(tokens, after(tokens, link, 'the', 'a') ?? link, words);
    if (!next) break;
    steps.push(next.value);
    to = next.to;
  }
  const order = [...words.lexicon.steps];
  const isBackwards = steps.some((s, i) => i > 0 && order.indexOf(s) < order.indexOf(steps[i - 1]!));
  // «orders to sessions» is a ratio, no way through the shop.
  if (isBackwards && tokens.slice(0, at).some((t) => /^(?:ratio|of)$/u.test(t.text))) return undefined;
  if (steps.length < 2 || new Set(steps).size !== steps.length || steps.length > 8) return undefined;
  return { value: { type: 'chain', steps }, to };
}

/** «within 30 minutes», «in under 2 hours»: the window of a funnel in order, in minutes. */
export function parseWindow(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const lead = after(tokens, at, 'within the next', 'within', 'in under', 'in less than', 'in at most', 'inside of', 'inside');
  const count = lead ? numberAt(tokens, lead) : undefined;
  if (!count) return undefined;
  const unit = wordAt(tokens, count.to);
  const minutes = /^(?:m|min|mins|minute|minutes)$/u.test(unit) ? 1 : /^(?:h|hr|hrs|hour|hours)$/u.test(unit) ? 60 : undefined;
  return minutes && count.value > 0 ? { value: { type: 'window', minutes: count.value * minutes }, to: count.to + 1 } : undefined;
}

function linkAt(tokens: readonly Token[], at: number, between: boolean): number | undefined {
  const arrow = after(
    tokens,
    at,
    '> >',
    '- >',
    '->',
    '=>',
    '→',
    '>',
    'all the way to',
    'through to',
    'then to',
    'and then to',
    'and finally to',
    'and on to',
    'then on to',
    'on to',
    'and then',
    'and finally',
    'then',
    'into',
    'to the',
    'to',
  );
  return arrow ?? (between ? after(tokens, at, 'and the', 'and', '&') : undefined);
}

function stepAt(tokens: readonly Token[], at: number, words: Words): Found<string> | undefined {
  for (let to = Math.min(tokens.length, at + 5); to > at; to--) {
    const step = lookUpSpan(tokens, at, to, words)?.meanings.find((m) => m.as === 'step');
    if (step?.as === 'step') return { value: step.id, to };
  }
  return viewAt(tokens, at, words);
}

/** «view → cart»: in a chain the bare view is the product's. */
function viewAt(tokens: readonly Token[], at: number, words: Words): Found<string> | undefined {
  if (!/^view(?:s|ed)?$/u.test(wordAt(tokens, at))) return undefined;
  const named: readonly Token[] = ['product', 'view'].map((text) => ({ text, raw: text, kind: 'word', glued: false }));
  const step = lookUpSpan(named, 0, 2, words)?.meanings.find((m) => m.as === 'step');
  return step?.as === 'step' ? { value: step.id, to: at + 1 } : undefined;
}
