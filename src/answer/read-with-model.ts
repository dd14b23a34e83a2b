import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading, Reading } from '../glossary/reading.ts';
import { readModelReply } from '../reading/model-reply.ts';
import { modelRequests, type Prompts } from '../reading/model-request.ts';
import type { Model, ModelRequest, ModelUsage } from '../services/model.ts';
import type { Reader, ReaderInput } from './read.ts';

/** What the model's reader needs beside the grammar. */
export interface ModelReaderOptions {
  readonly model: Model;
  readonly glossary: Glossary;
  readonly prompts: Prompts;
  /** Keeps a fault in the log; the question is then answered as if there were no model. */
  readonly report: (fault: unknown, what: string) => void;
  /** Told what each question's calls used, for the bill. */
  readonly onUsage?: (usage: ModelUsage) => void;
}

/** Declines of the grammar that only mean that it could not read the words. */
const LOST = new Set(['language', 'too_long', 'not_supported', 'unknown_value']);

/**
 * The grammar first; the model only for what the grammar could not read. A reply that can't be used is repaired once; where
 * there is still none, or the model is not there, the grammar's own question back or decline stands.
 */
export function withModel(grammar: Reader, options: ModelReaderOptions): Reader {
  const requests = modelRequests(options.glossary, options.prompts);
  return {
    async read(input) {
      const own = await grammar.read(input);
      if (!isLost(own.reading)) return own;
      try {
        const found = await ask(requests.first(input), requests.again, options);
        const reading = found?.kind === 'clarify' ? await withReadableChoices(found, input, grammar) : found;
        return reading && isBetter(reading) ? { reading, corrected: [] } : own;
      } catch (fault) {
        options.report(fault, 'the model that reads questions');
        return own;
      }
    },
  };
}

function isLost(reading: Reading): boolean {
  if (reading.kind === 'clarify') return reading.about === 'words';
  return reading.kind === 'decline' && LOST.has(reading.reason);
}

/** A model that gives up as well has nothing over the grammar's own words. */
function isBetter(reading: Reading): boolean {
  return reading.kind !== 'decline' || !LOST.has(reading.reason);
}

/** A button must work when it is pressed: only questions that the grammar reads stay; undefined where fewer than two do. */
async function withReadableChoices(
  reading: ClarifyReading,
  { text: _, last: __, ...input }: ReaderInput,
  grammar: Reader,
): Promise<ClarifyReading | undefined> {
  const reads = await Promise.all(reading.choices.map(({ question }) => grammar.read({ ...input, text: question })));
  const choices = reading.choices.filter((_choice, index) => {
    const kind = reads[index]?.reading.kind;
    return kind !== 'clarify' && kind !== 'decline';
  });
  return choices.length >= 2 ? { ...reading, choices } : undefined;
}

async function ask(
  first: ModelRequest,
  again: (request: ModelRequest, input: unknown, fault: string) => ModelRequest,
  { model, glossary, onUsage }: ModelReaderOptions,
): Promise<Reading | undefined> {
  let request = first;
  for (const isLast of [false, true]) {
    const end = await model.ask(request);
    onUsage?.(end.usage);
    if (end.kind === 'none') {
      if (end.code !== 'malformed' || isLast) return undefined;
      continue;
    }
    const reply = readModelReply(end.input, glossary);
    if (reply.ok) return reply.reading;
    request = again(request, end.input, reply.message);
  }
  return undefined;
}
