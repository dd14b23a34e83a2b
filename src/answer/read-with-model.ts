import type { Glossary } from '../glossary/glossary-schema.ts';
import type { ClarifyReading, Reading } from '../glossary/reading.ts';
import { readModelReply } from '../reading/model-reply.ts';
import { modelRequests, type Prompts } from '../reading/model-request.ts';
import { openNamedMetrics } from '../reading/named-metrics.ts';
import type { ModelRequest, ModelUsage } from '../services/model.ts';
import type { OverBudget } from '../services/spending.ts';
import { addReceipt, noReceipt } from './model-receipt.ts';
import type { PaidModel } from './pay-for-model.ts';
import type { Reader, ReaderEnd, ReaderInput } from './read.ts';
import type { SqlFault } from './try-sql.ts';

/** What the model's reader needs beside the grammar. */
export interface ModelReaderOptions {
  readonly model: PaidModel;
  readonly glossary: Glossary;
  readonly prompts: Prompts;
  /** Keeps a fault in the log; the question is then answered as if there were no model. */
  readonly report: (fault: unknown, what: string) => void;
  /** Looks at SQL that the model wrote before it may run; `named` are the metrics that the question's words name. */
  readonly trySql: (sql: string, named: readonly string[]) => Promise<SqlFault | undefined>;
}

/** Declines of the grammar that only mean that it could not read the words. */
const LOST = new Set(['language', 'too_long', 'not_supported', 'unknown_value']);

/**
 * The grammar first; the model only for what the grammar could not read, and for its SQL where the house has no kind yet and no
 * metric is named. A reply that can't be used is repaired once; where
 * there is still none, or the model is not there, the grammar's own question back or decline stands. What the model used is
 * told in either case.
 */
export function withModel(grammar: Reader, options: ModelReaderOptions): Reader {
  const session = openSession(options);
  const namedIn = openNamedMetrics(options.glossary);
  return {
    async read(input) {
      const own = await grammar.read(input);
      const named = () => namedIn(input.text, input.today);
      const isLater = own.reading.kind === 'decline' && own.reading.reason === 'not_yet' && named().length === 0;
      if (!isLost(own.reading) && !isLater) return own;
      let told: Pick<ReaderEnd, 'model' | 'unpaid'> = { model: noReceipt };
      try {
        const found = await session(input, named, {
          onUsage: (usage) => {
            told = { ...told, model: addReceipt(told.model!, usage) };
          },
          onUnpaid: (unpaid) => {
            told = { ...told, unpaid };
          },
        });
        const reading = found?.kind === 'clarify' ? await withReadableChoices(found, input, grammar) : found;
        return reading && (isLater ? reading.kind === 'sql' : isBetter(reading))
          ? { reading, corrected: [], ...told }
          : { ...own, ...told };
      } catch (fault) {
        options.report(fault, 'the model that reads questions');
        return { ...own, ...told };
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

type Session = (
  input: ReaderInput,
  named: () => readonly string[],
  tell: { readonly onUsage: (usage: ModelUsage) => void; readonly onUnpaid: (over: OverBudget) => void },
) => Promise<Reading | undefined>;

/** Asks the model, and once more with what was wrong; undefined where neither reply can be used. */
function openSession(options: ModelReaderOptions): Session {
  const { model, glossary, prompts } = options;
  const requests = modelRequests(glossary, prompts);
  return async (input, named, { onUsage, onUnpaid }) => {
    let request: ModelRequest = requests.first(input);
    for (const isLast of [false, true]) {
      const end = await model(request, input.asker ?? '');
      if (end.kind === 'over_budget') {
        onUnpaid(end);
        return undefined;
      }
      onUsage(end.usage);
      if (end.kind === 'none') {
        if (end.code !== 'malformed' || isLast) return undefined;
        continue;
      }
      const reply = readModelReply(end.input, glossary, input.facts);
      if (reply.ok && reply.reading.kind !== 'sql') return reply.reading;
      const fault = reply.ok ? await faultOf(reply.reading, named, options) : reply;
      if (reply.ok && !fault) return reply.reading;
      // What the guard refuses goes on to be refused by it in the open: nobody should have to guess what a model tried.
      if (reply.ok && isLast && fault && 'by' in fault && fault.by === 'guard') return reply.reading;
      request = requests.again(request, end.input, fault!.message);
    }
    return undefined;
  };
}

async function faultOf(
  reading: Reading,
  named: () => readonly string[],
  { trySql }: ModelReaderOptions,
): Promise<SqlFault | undefined> {
  return reading.kind === 'sql' ? trySql(reading.sql, named()) : undefined;
}
