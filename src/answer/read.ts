import type { DataFacts } from '../glossary/data-facts.ts';
import type { Reading } from '../glossary/reading.ts';
import type { Verification } from '../glossary/verified-question.ts';
import type { OverBudget } from '../services/spending.ts';
import type { Brief, ModelReceipt } from './stations.ts';

/** Words → Reading: the grammar of the reading room answers at once, the model behind the same face takes its time. */
export interface Reader {
  read(input: ReaderInput): ReaderEnd | Promise<ReaderEnd>;
}

export interface ReaderInput {
  readonly text: string;
  readonly facts: DataFacts;
  readonly today: string;
  readonly last?: Reading;
  readonly answered?: Reading;
  /** Who asks: whose budget pays for a model. */
  readonly asker?: string;
}

export interface ReaderEnd {
  readonly reading: Reading;
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  /** What was asked of a model, also where its reply was not used. */
  readonly model?: ModelReceipt;
  /** A model was not asked, since no budget has room for it. */
  readonly unpaid?: OverBudget;
  /** A person approved this Reading for these very words. */
  readonly verified?: Verification;
}

/** Brief → Reading. Spelling that was mended is told in the reading line, so that nobody is surprised by it. */
export async function readBrief({ question, facts, today }: Brief, reader: Reader): Promise<Omit<ReaderEnd, 'corrected'>> {
  const { reading, corrected, ...rest } = await reader.read({
    text: question.text,
    facts,
    today,
    ...(question.last ? { last: question.last } : {}),
    ...(question.answered ? { answered: question.answered } : {}),
    ...(question.asker ? { asker: question.asker } : {}),
  });
  return { reading: withMended(reading, corrected), ...rest };
}

function withMended(reading: Reading, corrected: ReaderEnd['corrected']): Reading {
  if (corrected.length === 0 || !('filters' in reading)) return reading;
  // A new question tells its corrections in `assumed` already; a follow-up only here.
  const told = (reading.assumed ?? []).join(' ');
  const mended = corrected
    .filter((c) => c.from.toLowerCase() !== c.to.toLowerCase() && !told.includes(`“${c.from}”`))
    .map((c) => `“${c.from}” read as “${c.to}”`);
  return mended.length === 0 ? reading : { ...reading, assumed: [...new Set([...(reading.assumed ?? []), ...mended])] };
}
