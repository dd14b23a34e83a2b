import type { DataFacts } from '../glossary/data-facts.ts';
import type { Glossary } from '../glossary/glossary-schema.ts';
import type { Reading } from '../glossary/reading.ts';
import { type JsonSchema, readingJsonSchema } from '../glossary/reading-json-schema.ts';
import { everydayWords } from './everyday-words.ts';
import { modelVocabulary } from './model-vocabulary.ts';

/** The texts of `prompts/read.md` and `prompts/repair.md`. */
export interface Prompts {
  readonly read: string;
  readonly repair: string;
}

/** What a model is asked: the same for every question first, then the question with only what it needs. */
export interface ReadRequest {
  readonly instructions: string;
  readonly turns: readonly ReadTurn[];
  readonly tool: { readonly name: string; readonly description: string; readonly schema: JsonSchema };
  readonly maxTokens: number;
}

export type ReadTurn =
  | { readonly from: 'asker'; readonly text: string }
  | { readonly from: 'model'; readonly input: unknown }
  | { readonly from: 'checker'; readonly fault: string };

export interface ModelQuestion {
  readonly text: string;
  readonly facts: DataFacts;
  /** yyyy-MM-dd in the shop's zone. */
  readonly today: string;
  readonly last?: Reading;
}

const MAX_TOKENS = 1500;
const QUESTION_CHARACTERS = 2000;
const FAULT_CHARACTERS = 1000;
const VALUES_PER_DIMENSION = 8;

/** Makes requests for one glossary. The same question on the same day over the same data gives the same bytes. */
export function modelRequests(glossary: Glossary, { read, repair }: Prompts) {
  const instructions = read.replace('{{vocabulary}}', () => modelVocabulary(glossary));
  const tool = { name: 'reading', description: 'Says what the question wants.', schema: readingJsonSchema() };
  return {
    first(question: ModelQuestion): ReadRequest {
      return { instructions, turns: [{ from: 'asker', text: questionText(question, glossary) }], tool, maxTokens: MAX_TOKENS };
    },
    /** The same once more, after a reply that can't be used; `fault` is one sentence, and may repeat what the reply said. */
    again(request: ReadRequest, input: unknown, fault: string): ReadRequest {
      const text = repair.replace('{{fault}}', () => fenced('fault', fault.slice(0, FAULT_CHARACTERS))).trim();
      return { ...request, turns: [...request.turns, { from: 'model', input }, { from: 'checker', fault: text }] };
    },
  };
}

function questionText({ text, facts, today, last }: ModelQuestion, glossary: Glossary): string {
  const untracked = untrackedMetrics(facts, glossary);
  const values = nearValues(text, facts);
  return [
    `Today is ${weekdayOf(today)} ${today}.`,
    facts.firstDay ? `The data hold ${facts.firstDay} to ${facts.lastDay}.` : 'The data are empty so far.',
    ...(untracked.length > 0 ? [`Never recorded by this shop: ${untracked.join(', ')}.`] : []),
    ...(values ? [`Values of the data that resemble words of the question:\n${fenced('values', values)}`] : []),
    ...(last ? [`The last reading of the thread:\n${fenced('last_reading', JSON.stringify(last))}`] : []),
    `The question:\n${fenced('question', text.slice(0, QUESTION_CHARACTERS))}`,
  ].join('\n');
}

/** What people and pages wrote: it can't close its fence, nor open another. */
function fenced(name: string, text: string): string {
  return `<data name="${name}">\n${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}\n</data>`;
}

function untrackedMetrics({ seenEvents }: DataFacts, glossary: Glossary): string[] {
  if (seenEvents.length === 0) return [];
  return Object.entries(glossary.metrics)
    .filter(([, metric]) => !metric.hidden && metric.events && !metric.events.some((event) => seenEvents.includes(event)))
    .map(([id]) => id);
}

/** `brand: ["Acme","Acme Kids"]` for every dimension with values of which a word begins with a word of the question. */
function nearValues(text: string, { values }: DataFacts): string {
  const words = wordsIn(text).filter((word) => word.length >= 3 && !everydayWords.has(word) && !ARTICLES.has(word));
  const isNear = (value: string) =>
    wordsIn(value).some((part) => words.some((word) => (word.length === 3 ? part === word : part.startsWith(word))));
  return Object.keys(values)
    .sort()
    .flatMap((dimension) => {
      const near = (values[dimension] ?? []).filter(isNear);
      return near.length === 0
        ? []
        : [`${dimension}: ${JSON.stringify(near.slice(0, VALUES_PER_DIMENSION).map((v) => v.slice(0, 200)))}`];
    })
    .join('\n');
}

const ARTICLES: ReadonlySet<string> = new Set(
  'the our their your from with without for are was were not does did have has had der die das und les des'.split(' '),
);

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function weekdayOf(day: string): string {
  return new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
