import { type BedrockRuntimeClient, ConverseCommand, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import type { Model, ModelEnd, ModelRequest } from '../services/model.ts';
import { noUsage, readConverseReply } from './converse-reply.ts';
import { converseRequest } from './converse-request.ts';
import { listPrice, priceAtMost, type TokenPrice } from './model-price.ts';

/** Which model, and how long it may take. */
export interface BedrockModelOptions {
  /** Retries throttles itself, as often as it is told. */
  readonly client: BedrockRuntimeClient;
  /** Inference profile or model id. */
  readonly modelId: string;
  /** What its tokens cost; the list price unless told. */
  readonly price?: TokenPrice | undefined;
  /** 20 s unless told. */
  readonly timeoutMs?: number;
}

const BUSY = new Set(['ThrottlingException', 'ServiceUnavailableException', 'InternalServerException', 'ModelNotReadyException']);

/** A model on Amazon Bedrock, asked by Converse with one forced tool. A model that takes no strict tools is asked without from then on. */
export function openBedrockModel({
  client,
  modelId,
  price = listPrice(modelId),
  timeoutMs = 20_000,
}: BedrockModelOptions): Model {
  let isStrict = true;
  const send = async (request: ModelRequest, signal: AbortSignal): Promise<ModelEnd> => {
    const reply = await client.send(new ConverseCommand(converseRequest(modelId, request, isStrict)), { abortSignal: signal });
    return readConverseReply(reply, request.tool.name, price);
  };
  return {
    mostUsd: (request) => priceAtMost(price, request),
    async ask(request, signal) {
      const patience = AbortSignal.timeout(timeoutMs);
      const both = signal ? AbortSignal.any([signal, patience]) : patience;
      try {
        return await send(request, both).catch((fault: unknown) => {
          if (!isStrict || !isAboutStrictness(fault)) throw fault;
          isStrict = false;
          return send(request, both);
        });
      } catch (fault) {
        if (both.aborted) return { kind: 'none', code: 'timed_out', usage: noUsage };
        const name = (fault as Error).name;
        if (name === 'ModelTimeoutException') return { kind: 'none', code: 'timed_out', usage: noUsage };
        if (name === 'ModelErrorException') return { kind: 'none', code: 'malformed', usage: noUsage };
        if (BUSY.has(name)) return { kind: 'none', code: 'busy', usage: noUsage };
        throw new Error('the model could not be asked', { cause: fault });
      }
    },
  };
}

function isAboutStrictness(fault: unknown): boolean {
  return fault instanceof ValidationException && /strict|schema|toolSpec|tool/i.test(fault.message);
}
