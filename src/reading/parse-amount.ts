import type { Filter } from '../glossary/reading.ts';
import type { Sense } from './meaning.ts';
import { after, type Found, lookUp, wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';

/** «> 500», «at least 1k», «min 500», «more than 2%», «under 3 s», «100+». */
export function parseAmount(tokens: readonly Token[], at: number): Found<Sense> | undefined {
  const worth = after(tokens, at, 'that are worth', 'which are worth', 'were worth', 'are worth', 'worth', 'valued at', 'of');
  const op = operatorAt(tokens, worth ?? at);
  if (worth !== undefined && !op) return undefined;
  const token = tokens[op?.to ?? at];
  const money = /^[€$£]$/u.test(token?.text ?? '') ? 1 : 0;
  const start = (op?.to ?? at) + money;
  const number = tokens[start];
  if (number?.kind !== 'number') return undefined;
  const plus =
    !op && after(tokens, start + 1, '+', 'or more', 'and more', 'and above', 'and up', 'or higher', 'or above', 'plus');
  if (!op && !plus) return undefined;
  const end = plus || start + 1;
  const isWorth = worth !== undefined && /^(?:worth|at)$/u.test(wordAt(tokens, worth - 1));
  const said = money ? 'money' : markAt(tokens, end);
  const mark = said === 'none' && isWorth ? 'money' : said;
  const times = after(tokens, end, 'times', 'x');
  return {
    value: {
      type: 'amount',
      op: op?.value ?? 'at_least',
      value: number.value! * (lookUp(inSeconds, wordAt(tokens, end)) ?? 1),
      mark: mark === 'none' ? 'none' : mark,
      ...(times ? { times: true } : {}),
      ...currencyOf(tokens, op?.to ?? at, end),
    },
    to: times ?? (said === 'none' || money ? end : end + 1),
  };
}

/** «€200», «200 euros», «200 chf»: the value of the dimension; «bucks» and «kr» are of several. */
function currencyOf(tokens: readonly Token[], before: number, after: number): { currency?: string } {
  const words = [wordAt(tokens, before), wordAt(tokens, after)];
  const found = Object.entries(currencies).find(([, names]) => words.some((w) => names.test(w)));
  return found ? { currency: found[0] } : {};
}

const currencies: Readonly<Record<string, RegExp>> = {
  eur: /^(?:€|eur|euros?)$/u,
  usd: /^usd$/u,
  gbp: /^(?:£|gbp|quid)$/u,
  chf: /^(?:chf|francs)$/u,
  aud: /^aud$/u,
  cad: /^cad$/u,
  sek: /^sek$/u,
  nok: /^nok$/u,
  dkk: /^dkk$/u,
  pln: /^(?:pln|zloty)$/u,
  czk: /^czk$/u,
  jpy: /^(?:jpy|yen)$/u,
};

const operators: readonly (readonly [Filter['op'], readonly string[]])[] = [
  [
    'at_least',
    [
      'with a minimum of',
      'a minimum of',
      'with at least',
      'at least',
      'minimum of',
      'minimum',
      'min of',
      'min .',
      'min',
      '>=',
      '≥',
      '> =',
      'no less than',
      'not less than',
      'no fewer than',
      'not fewer than',
      'from at least',
    ],
  ],
  [
    'at_most',
    ['with at most', 'at most', 'maximum of', 'maximum', 'max', '<=', '≤', '< =', 'no more than', 'not more than', 'up to'],
  ],
  [
    'more_than',
    [
      'with more than',
      'more than',
      'greater than',
      'higher than',
      'larger than',
      'bigger than',
      'with over',
      'over',
      'above',
      'exceeding',
      'exceeds',
      '>',
      'last longer than',
      'lasts longer than',
      'lasted longer than',
      'lasting longer than',
      'last more than',
      'lasted more than',
      'lasting more than',
      'last over',
      'lasted over',
      'longer than',
      'exceeded',
      'surpassed',
      'beyond',
      'better than',
    ],
  ],
  [
    'less_than',
    [
      'with less than',
      'less than',
      'fewer than',
      'with fewer than',
      'lower than',
      'smaller than',
      'with under',
      'under',
      'below',
      '<',
      'lasted less than',
      'lasting less than',
      'last less than',
      'shorter than',
      'worse than',
    ],
  ],
];

function operatorAt(tokens: readonly Token[], at: number): Found<Filter['op']> | undefined {
  for (const [op, phrases] of operators) {
    const to = after(tokens, at, ...phrases);
    if (to !== undefined) return { value: op, to };
  }
  return undefined;
}

function markAt(tokens: readonly Token[], at: number): 'none' | 'percent' | 'money' | 'seconds' {
  const word = wordAt(tokens, at);
  if (word === '%' || word === 'percent' || word === 'percents' || word === 'pct') return 'percent';
  if (
    /^(?:€|\$|£|eur|euro|euros|usd|dollars?|gbp|pounds?|quid|chf|francs|bucks|aud|nzd|cad|sek|nok|dkk|pln|czk|jpy|yen|zloty|kr)$/u.test(
      word,
    )
  )
    return 'money';
  return /^(?:s|sec|secs|second|seconds)$/u.test(word) || lookUp(inSeconds, word) ? 'seconds' : 'none';
}

const inSeconds: Readonly<Record<string, number>> = {
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  hour: 3600,
  hours: 3600,
  hrs: 3600,
};
