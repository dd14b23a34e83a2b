import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { ModelEnd, ModelUsage } from '../services/model.ts';

/** The parts of Converse's answer that are read; a recording may hold only these. */
export type ConverseReply = Pick<ConverseCommandOutput, 'output' | 'stopReason' | 'usage'>;

const REFUSALS = new Set(['guardrail_intervened', 'content_filtered', 'refusal']);

/** What Converse answered → the call of the tool, or why there is none. A call that was cut off is none. */
export function readConverseReply(reply: ConverseReply, tool: string): ModelEnd {
  const usage = usageOf(reply.usage);
  if (REFUSALS.has(reply.stopReason ?? '')) return { kind: 'none', code: 'refused', usage };
  const call = reply.output?.message?.content?.find((block) => block.toolUse?.name === tool)?.toolUse;
  const isWhole = reply.stopReason === undefined || reply.stopReason === 'tool_use' || reply.stopReason === 'end_turn';
  if (!call || !isWhole) return { kind: 'none', code: 'malformed', usage };
  return { kind: 'call', input: call.input, usage };
}

/** Nothing was used. */
export const noUsage: ModelUsage = { input: 0, output: 0, cached: 0 };

function usageOf(usage: ConverseReply['usage']): ModelUsage {
  return { input: usage?.inputTokens ?? 0, output: usage?.outputTokens ?? 0, cached: usage?.cacheReadInputTokens ?? 0 };
}
