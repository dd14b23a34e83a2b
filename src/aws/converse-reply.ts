import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { ModelEnd, ModelUsage } from '../services/model.ts';
import { priced, type TokenPrice } from './model-price.ts';

/** The parts of Converse's answer that are read; a recording may hold only these. */
export type ConverseReply = Pick<ConverseCommandOutput, 'output' | 'stopReason' | 'usage'>;

const REFUSALS = new Set(['guardrail_intervened', 'content_filtered', 'refusal']);

/**
 * What Converse answered, at the model's price → the one call of the tool, or why there is none: a call that was cut off is none, nor are
 * two, since nobody can tell which was meant.
 */
export function readConverseReply(reply: ConverseReply, tool: string, price: TokenPrice | undefined): ModelEnd {
  const usage = priced(price, usageOf(reply.usage));
  if (REFUSALS.has(reply.stopReason ?? '')) return { kind: 'none', code: 'refused', usage };
  const calls = (reply.output?.message?.content ?? []).flatMap(({ toolUse }) => (toolUse ? [toolUse] : []));
  const call = calls.length === 1 && calls[0]?.name === tool ? calls[0] : undefined;
  const isWhole = reply.stopReason === undefined || reply.stopReason === 'tool_use' || reply.stopReason === 'end_turn';
  if (!call || !isWhole) return { kind: 'none', code: 'malformed', usage };
  return { kind: 'call', input: call.input, usage };
}

/** Nothing was used. */
export const noUsage: ModelUsage = { input: 0, output: 0, cached: 0, written: 0, usd: 0 };

function usageOf(usage: ConverseReply['usage']): ModelUsage {
  return {
    input: usage?.inputTokens ?? 0,
    output: usage?.outputTokens ?? 0,
    cached: usage?.cacheReadInputTokens ?? 0,
    written: usage?.cacheWriteInputTokens ?? 0,
  };
}
