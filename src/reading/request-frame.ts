import { lookUpSpan } from './look-up.ts';
import { parsePeriod } from './parse-period.ts';
import { wordAt } from './token-reader.ts';
import type { Token } from './tokenise.ts';
import type { Words } from './words.ts';

/**
 * The end of what only asks («hiya, would you mind sending me», «my boss would love to know»), or undefined. It stands where a
 * sentence begins, speaks of the asker or the asked, ends in a verb of asking, and holds no word that means anything of the
 * shop's numbers, no negation and no number, so nothing that could change an answer is passed over.
 */
export function requestFrame(tokens: readonly Token[], at: number, words: Words): number | undefined {
  if (at > 0 && !/^[.!?,;:]$/u.test(tokens[at - 1]!.text)) return undefined;
  let end: number | undefined;
  let personal = false;
  for (let to = at; to < Math.min(tokens.length, at + longest); to++) {
    if (meansSomething(tokens, to, words)) break;
    const word = tokens[to]!.text.replace(/['’].*$/u, '');
    personal ||= person.test(word);
    if (personal && asking.test(word)) end = to + 1;
  }
  return end === undefined ? undefined : skipObject(tokens, end);
}

/** «for my deck», «before the board meeting», «for tomorrow's call»: what the number is for, at the end of a sentence. */
export function purposeFrame(tokens: readonly Token[], at: number, words: Words): number | undefined {
  if (!/^(?:for|before|to)$/u.test(wordAt(tokens, at))) return undefined;
  for (let to = at + 1; to < Math.min(tokens.length, at + 7); to++) {
    const word = wordAt(tokens, to).replace(/['’]s$/u, '');
    const next = /^(?:tomorrow|today|later|tonight)$/u.test(wordAt(tokens, to + 1)) ? to + 2 : to + 1;
    const isEnd = tokens[next] === undefined || /^[.!?,;]$/u.test(tokens[next]!.text);
    if (occasion.test(word) && isEnd && !meansSomething(tokens, to, words)) return next;
    // «for my buyer meeting»: behind «my», any word tells of the occasion.
    const mine = /^(?:my|our)$/u.test(wordAt(tokens, at + 1)) && wordAt(tokens, at) !== 'to';
    if (!mine && !/^(?:tomorrow|today|my|our|the|a|an|this|next|upcoming)$/u.test(word) && meansSomething(tokens, to, words))
      return undefined;
  }
  return undefined;
}

const longest = 16;

const person = /^(?:i|id|im|ive|we|wed|you|u|me|us|my|our|someone|anybody|anyone|boss|ceo|cfo|client|colleague)$/u;

const asking =
  /^(?:know|see|pull|send|sending|share|sharing|give|giving|get|getting|grab|show|showing|tell|telling|find|fetch|pass|run|check|understand|need|needs|want|wants|wanted|wondering|wonder|curious|like|love|asking|asked|ask|provide|prepare|compile|dig|look|looking|figure|work|hear|learn|please|help|explain|point|drop|shoot|whip|put|interested|trying|remind|say|list|calculate|compute|count|measure|compare|how)$/u;

const occasion =
  /^(?:deck|slides?|slide|presentation|meeting|call|standup|report|review|board|boss|ceo|cfo|cmo|client|clients|team|memo|pitch|investors?|update|offsite|workshop|briefing|colleague|dashboard|spreadsheet|excel)$/u;

/** «… me», «… me with», «out», «up»: what a verb of asking takes along. */
function skipObject(tokens: readonly Token[], at: number): number {
  let to = at;
  while (
    /^(?:me|us|up|out|over|across|together|into|at|with|for|about|on|please|pls|kindly|quickly|if|is|to)$/u.test(
      wordAt(tokens, to),
    ) &&
    to < at + 3
  )
    to++;
  // «on mobile», «for germany»: the last of these may belong to what follows.
  return to > at && /^(?:with|for|about|on|at|into|to)$/u.test(wordAt(tokens, to - 1)) ? to - 1 : to;
}

/** A number, a sign that compares, a negation, a time, or a word that the glossary or the data give a meaning. */
function meansSomething(tokens: readonly Token[], at: number, words: Words): boolean {
  const token = tokens[at]!;
  if (token.kind === 'sign') return !/^[,.!:'-]$/u.test(token.text);
  if (token.kind !== 'word' || /\d/u.test(token.text)) return true;
  const own = ownWord.test(token.text);
  if (!own && parsePeriod(tokens, at, words.today) !== undefined) return true;
  for (let to = at + 1; to <= Math.min(tokens.length, at + 4); to++) {
    const found = lookUpSpan(tokens, at, to, words);
    if (!found || (to === at + 1 && own)) continue;
    if (found.meanings.some((m) => m.as !== 'word' || !idle.has(m.role))) return true;
  }
  return false;
}

/** Everyday words of asking that a shop's names or a function word may be called by too. */
const ownWord =
  /^(?:i|me|my|us|we|you|u|our|please|like|love|look|looking|need|find|show|see|know|give|get|help|put|run|work|how|just|may|can|could|would|might|want|to|for|with|and|if|is|it|at|boss|list|point|use|try|say|count)$/u;

const idle: ReadonlySet<string> = new Set(['noise', 'the', 'in', 'and', 'of', 'with', 'also', 'first_choice']);
