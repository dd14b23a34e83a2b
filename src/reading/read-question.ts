import { isDeepStrictEqual } from 'node:util';
import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { DataReading, Reading } from '../glossary/reading.ts';
import { answerClarify } from './answer-clarify.ts';
import { examples } from './ask-back.ts';
import { completeDates } from './complete-dates.ts';
import { dropFilter } from './drop-filter.ts';
import { earlyEnd } from './early-end.ts';
import { fixSpelling, type Speller, spellerFor } from './fix-spelling.ts';
import { isFollowUp } from './is-follow-up.ts';
import { type LearnedValues, learnValues } from './learned-values.ts';
import { buildLexicon } from './lexicon.ts';
import { outcomeOf } from './outcome.ts';
import { patchReading } from './patch-reading.ts';
import { rephrase } from './rephrase.ts';
import { numbersOf } from './spelt-numbers.ts';
import { type Token, tokenise } from './tokenise.ts';
import { understand } from './understand.ts';
import type { Words } from './words.ts';

interface ReadInput {
  readonly text: string;
  readonly facts: DataFacts;
  /** yyyy-MM-dd in the shop's zone. */
  readonly today: string;
  /** The thread's last Reading, where the text may be a follow-up. */
  readonly last?: Reading;
  /** The last that was answered, where `last` only asked back: what is no reply to that goes on from here. */
  readonly answered?: Reading;
}

interface ReadResult {
  readonly reading: Reading;
  readonly corrected: { from: string; to: string }[];
  /** The Reading is the last one, changed. */
  readonly followUp: boolean;
}

interface Reader {
  read(input: ReadInput): ReadResult;
}

/**
 * The grammar: words → Reading, without a model. It answers only when every content word of the question was used up with a
 * meaning; what was not is asked back or declined by name. Pure and deterministic: the same input gives the same Reading. The
 * lexicon is built once, the values of the data once per data version.
 */
export function openReader(glossary: Glossary): Reader {
  const lexicon = buildLexicon(glossary);
  let known: { version: string; learned: LearnedValues; speller: Speller } | undefined;
  const learnedFor = (facts: DataFacts) => {
    if (known?.version !== facts.dataVersion) {
      const learned = learnValues(glossary, facts);
      known = { version: facts.dataVersion, learned, speller: spellerFor(lexicon, learned) };
    }
    return known;
  };

  return {
    read({ text, facts, today, last: latest, answered }) {
      const typed = tokenise(text);
      const early = earlyEnd(text, typed, glossary);
      if (early) return { reading: early, corrected: [], followUp: false };
      const { learned, speller } = learnedFor(facts);
      const words: Words = { lexicon, learned, today };
      const { tokens: spelt, corrected } = fixSpelling(typed, words, speller);
      const tokens = rephrase(wholeWords(spelt));
      const read = (t: readonly Token[]) => outcomeOf(t, understand(t, words, glossary), words, glossary, facts, speller);
      const readText = (question: string) => read(rephrase(wholeWords(tokenise(question))));

      if (latest?.kind === 'clarify') {
        const chosen = answerClarify(tokens, latest, readText);
        if (chosen) return { reading: chosen, corrected, followUp: false };
      }
      const last = latest?.kind === 'clarify' ? answered : latest;
      const freed = last && isData(last) ? dropFilter(tokens, last, words) : undefined;
      if (freed) return { reading: freed, corrected, followUp: true };
      const parts = last && isData(last) ? understand(tokens, words, glossary) : undefined;
      if (parts && last && isData(last) && isFollowUp(parts, tokens)) {
        const patched = patchReading(last, parts, glossary);
        // What changes nothing is no reply: «tell me more», «how healthy are we».
        const isIdle = parts.content + parts.unknown.length === 0 && parts.bots === undefined && isDeepStrictEqual(patched, last);
        if (patched && !isIdle)
          return { reading: outcomeOf(tokens, parts, words, glossary, facts, speller, patched), corrected, followUp: true };
      }
      return {
        reading: withCorrections(withLiveOffers(read(tokens), readText, glossary), corrected),
        corrected,
        followUp: false,
      };
    },
  };
}

/** Dates and numbers as every parser reads them. */
function wholeWords(tokens: readonly Token[]): Token[] {
  return completeDates(numbersOf(tokens));
}

/** An offer is pressed and answered: one that would be asked back again is left out. */
function withLiveOffers(reading: Reading, read: (question: string) => Reading, glossary: Glossary): Reading {
  const lives = ({ question }: { question: string }) => isData(read(question));
  if (reading.kind === 'decline') {
    if (!reading.nearest || lives(reading.nearest)) return reading;
    const [example] = examples(glossary);
    return example ? { ...reading, nearest: example } : reading;
  }
  if (reading.kind !== 'clarify' || reading.choices.every(lives)) return reading;
  const live = reading.choices.filter(lives);
  const more = examples(glossary).filter((e) => !live.some((l) => l.question === e.question));
  const question =
    live.length > 0 ? reading.question : reading.question.replace('Do you mean one of these?', 'What would you like to see?');
  return { ...reading, question, choices: [...live, ...more].slice(0, Math.max(live.length, 3)) };
}

function isData(reading: Reading): reading is DataReading {
  return reading.kind === 'metric' || reading.kind === 'funnel';
}

/** What was corrected is said in the answer. */
function withCorrections(reading: Reading, corrected: readonly { from: string; to: string }[]): Reading {
  if (!isData(reading) || corrected.length === 0) return reading;
  const said = corrected.map((c) => `“${c.from}” read as “${c.to}”`);
  return { ...reading, assumed: [...(reading.assumed ?? []), ...said] };
}
