import { openHttp2WireServer, WireError, type WireReply, type WireRequest, type WireServer } from './wire-server.ts';

/** What the model does with one request: calls the tool, says only words, or fails as Bedrock does. */
export type Turn =
  | { readonly call: unknown; readonly stopReason?: string }
  /** Converse's content as it is, for what a model should not send. */
  | { readonly content: readonly object[]; readonly stopReason?: string }
  /** Text in place of JSON: an answer that was cut. */
  | { readonly raw: string }
  | { readonly text: string; readonly stopReason?: string }
  | { readonly error: string; readonly message?: string; readonly status?: number }
  | 'silence';

/** A Converse request as it came over the wire. */
export interface Conversed {
  readonly modelId: string;
  readonly body: {
    readonly system?: readonly Record<string, unknown>[];
    readonly messages: readonly { readonly role: string; readonly content: readonly Record<string, unknown>[] }[];
    readonly inferenceConfig?: { readonly maxTokens?: number };
    readonly toolConfig?: {
      readonly tools: readonly {
        readonly toolSpec: { readonly name: string; readonly strict?: boolean; readonly inputSchema: { readonly json: object } };
      }[];
      readonly toolChoice: { readonly tool: { readonly name: string } };
    };
  };
}

export interface BedrockServer extends WireServer {
  readonly requests: readonly Conversed[];
}

/** Bedrock's Converse in REST-JSON over HTTP/2; `answer` plays the model. */
export async function openBedrockServer(
  answer: (request: Conversed, index: number) => Turn,
  port?: number,
): Promise<BedrockServer> {
  const requests: Conversed[] = [];
  const server = await openHttp2WireServer((request) => converse(answer, requests, request), port);
  return { ...server, requests };
}

async function converse(
  answer: (request: Conversed, index: number) => Turn,
  requests: Conversed[],
  request: WireRequest,
): Promise<WireReply> {
  const modelId = /^\/model\/([^/]+)\/converse$/.exec(request.path)?.[1];
  if (!modelId) throw new WireError('UnknownOperationException', request.path, 404);
  const conversed: Conversed = { modelId: decodeURIComponent(modelId), body: request.json() };
  requests.push(conversed);
  const turn = answer(conversed, requests.length - 1);
  if (turn === 'silence') return new Promise(() => {});
  if ('error' in turn) throw new WireError(turn.error, turn.message ?? turn.error, turn.status ?? 400);
  if ('raw' in turn) return { raw: turn.raw, headers: { 'content-type': 'application/json' } };
  const name = conversed.body.toolConfig?.toolChoice.tool.name ?? 'none';
  const content = contentOf(turn, name);
  return {
    json: {
      output: { message: { role: 'assistant', content } },
      stopReason: turn.stopReason ?? ('text' in turn ? 'end_turn' : 'tool_use'),
      usage: { inputTokens: 900, outputTokens: 60, totalTokens: 8960, cacheReadInputTokens: 8000, cacheWriteInputTokens: 0 },
      metrics: { latencyMs: 1 },
    },
  };
}

function contentOf(turn: Exclude<Turn, 'silence' | { error: string } | { raw: string }>, name: string): readonly object[] {
  if ('content' in turn) return turn.content;
  return 'call' in turn ? [{ toolUse: { toolUseId: 'tooluse_1', name, input: turn.call } }] : [{ text: turn.text }];
}
