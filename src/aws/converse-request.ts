import type { ContentBlock, ConverseCommandInput, Message } from '@aws-sdk/client-bedrock-runtime';
import type { ModelRequest, ModelTurn } from '../services/model.ts';

/**
 * A request as Bedrock's Converse takes it: instructions and tool first and followed by a cache point, so that they are the
 * same bytes for every question; one forced tool; the same request gives the same bytes.
 */
export function converseRequest(modelId: string, request: ModelRequest, isStrict: boolean): ConverseCommandInput {
  const { instructions, turns, tool, maxTokens } = request;
  return {
    modelId,
    system: [{ text: instructions }, { cachePoint: { type: 'default', ttl: '1h' } }],
    messages: turns.map((turn, index) => messageOf(turn, index, tool.name)),
    inferenceConfig: { maxTokens },
    toolConfig: {
      tools: [
        {
          toolSpec: {
            name: tool.name,
            description: tool.description,
            // The SDK's document type wants mutable JSON; the schema is plain JSON.
            inputSchema: { json: structuredClone(tool.schema) as NonNullable<ContentBlock.ToolUseMember['toolUse']['input']> },
            ...(isStrict ? { strict: true } : {}),
          },
        },
      ],
      toolChoice: { tool: { name: tool.name } },
    },
  };
}

/** Calls and their results are tied by an id that only this request knows. */
function messageOf(turn: ModelTurn, index: number, tool: string): Message {
  switch (turn.from) {
    case 'asker':
      return { role: 'user', content: [{ text: turn.text }] };
    case 'model': {
      const input = structuredClone(turn.input) as ContentBlock.ToolUseMember['toolUse']['input'];
      return { role: 'assistant', content: [{ toolUse: { toolUseId: `call-${index}`, name: tool, input } }] };
    }
    case 'checker':
      return {
        role: 'user',
        content: [{ toolResult: { toolUseId: `call-${index - 1}`, status: 'error', content: [{ text: turn.fault }] } }],
      };
  }
}
