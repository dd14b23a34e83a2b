import type { ModelUsage } from '../services/model.ts';
import type { ReaderEnd } from './read.ts';
import type { ModelReceipt, Outcome } from './stations.ts';
import { unpaidModel } from './words/say-refusal.ts';
import { sayUsd } from './words/say-value.ts';

/** Nothing was asked of a model. */
export const noReceipt: ModelReceipt = { calls: 0, input: 0, output: 0, cached: 0, written: 0 };

/** A receipt with one call more. Dollars are told only while every call's are known; a call that used nothing costs nothing. */
export function addReceipt(receipt: ModelReceipt, usage: ModelUsage): ModelReceipt {
  const isFree = usage.input + usage.output + usage.cached + usage.written === 0;
  const usd = usage.usd ?? (isFree ? 0 : undefined);
  const isKnown = usd !== undefined && (receipt.usd !== undefined || receipt.calls === 0);
  const { usd: _, ...tokens } = receipt;
  return {
    ...tokens,
    calls: receipt.calls + 1,
    input: receipt.input + usage.input,
    output: receipt.output + usage.output,
    cached: receipt.cached + usage.cached,
    written: receipt.written + usage.written,
    ...(isKnown ? { usd: (receipt.usd ?? 0) + usd } : {}),
  };
}

/** An outcome with what the model took for it, told under an answer where it cost something; or why it was not asked. */
export function withReceipt(given: Outcome, { model, unpaid }: Pick<ReaderEnd, 'model' | 'unpaid'>, zone: string): Outcome {
  const canTell = unpaid && (given.kind === 'clarify' || given.kind === 'decline');
  const outcome = canTell ? { ...given, note: unpaidModel(unpaid, zone) } : given;
  if (!model || model.input + model.output + model.cached + model.written === 0) return outcome;
  if (outcome.kind !== 'answer') return { ...outcome, model };
  const cost =
    model.usd === undefined
      ? `${(model.input + model.cached + model.written + model.output).toLocaleString('en')} tokens`
      : sayUsd(model.usd);
  return { ...outcome, model, footer: `${outcome.footer} · model ${cost}` };
}
