import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openBedrockModel } from '../../src/aws/bedrock-model.ts';
import type { ModelRequest } from '../../src/services/model.ts';
import { type Conversed, openBedrockServer, type Turn } from '../box/servers/bedrock-server.ts';

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function open(
  answer: (request: Conversed, index: number) => Turn,
  options: { maxAttempts?: number; timeoutMs?: number } = {},
) {
  const server = await openBedrockServer(answer);
  const client = new BedrockRuntimeClient({
    endpoint: server.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: options.maxAttempts ?? 1,
  });
  opened.push(
    () => server.close(),
    () => client.destroy(),
  );
  const model = openBedrockModel({
    client,
    modelId: 'eu.some.model-v1:0',
    ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
  });
  return { server, model };
}

const request: ModelRequest = {
  instructions: 'Read.',
  turns: [{ from: 'asker', text: 'sessions?' }],
  tool: { name: 'reading', description: 'Says it.', schema: { type: 'object', properties: {}, additionalProperties: false } },
  maxTokens: 1500,
};

describe('a model on Bedrock', () => {
  test('is asked with one forced strict tool, a bound on its reply, and a cache point behind what stays the same', async () => {
    const { server, model } = await open(() => ({ call: { kind: 'metric' } }));
    expect(await model.ask(request)).toEqual({
      kind: 'call',
      input: { kind: 'metric' },
      usage: { input: 900, output: 60, cached: 8000, written: 0 },
    });
    expect(server.requests).toEqual([
      {
        modelId: 'eu.some.model-v1:0',
        body: {
          system: [{ text: 'Read.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
          messages: [{ role: 'user', content: [{ text: 'sessions?' }] }],
          inferenceConfig: { maxTokens: 1500 },
          toolConfig: {
            tools: [
              {
                toolSpec: { name: 'reading', description: 'Says it.', inputSchema: { json: request.tool.schema }, strict: true },
              },
            ],
            toolChoice: { tool: { name: 'reading' } },
          },
        },
      },
    ]);
  });

  test('is told what was wrong as the result of its own call', async () => {
    const { server, model } = await open(() => ({ call: {} }));
    await model.ask({
      ...request,
      turns: [...request.turns, { from: 'model', input: { kind: 'x' } }, { from: 'checker', fault: 'No kind x.' }],
    });
    expect(server.requests[0]!.body.messages.slice(1)).toEqual([
      { role: 'assistant', content: [{ toolUse: { toolUseId: 'call-1', name: 'reading', input: { kind: 'x' } } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'call-1', status: 'error', content: [{ text: 'No kind x.' }] } }] },
    ]);
  });

  test('that takes no strict tools is asked without, from then on', async () => {
    const { server, model } = await open(({ body }) =>
      body.toolConfig?.tools[0]?.toolSpec.strict
        ? { error: 'ValidationException', message: 'toolSpec.strict is not supported by this model' }
        : { call: {} },
    );
    expect((await model.ask(request)).kind).toBe('call');
    expect((await model.ask(request)).kind).toBe('call');
    expect(server.requests.map((r) => r.body.toolConfig?.tools[0]?.toolSpec.strict)).toEqual([true, undefined, undefined]);
  });

  test('that is throttled once answers the second time', async () => {
    const { server, model } = await open(
      (_, index) => (index === 0 ? { error: 'ThrottlingException', status: 429 } : { call: {} }),
      { maxAttempts: 2 },
    );
    expect((await model.ask(request)).kind).toBe('call');
    expect(server.requests).toHaveLength(2);
  });

  test.each<[string, Turn, object]>([
    ['throttles', { error: 'ThrottlingException', status: 429 }, { code: 'busy' }],
    ['is unavailable', { error: 'ServiceUnavailableException', status: 503 }, { code: 'busy' }],
    ['takes too long by its own clock', { error: 'ModelTimeoutException', status: 408 }, { code: 'timed_out' }],
    ['says only words', { text: 'Sure! Here is SQL' }, { code: 'malformed' }],
    ['is cut off within its call', { call: {}, stopReason: 'max_tokens' }, { code: 'malformed' }],
    ['calls the tool with what is no JSON', { text: '', stopReason: 'malformed_tool_use' }, { code: 'malformed' }],
    ['is held back by a guardrail', { text: 'no', stopReason: 'guardrail_intervened' }, { code: 'refused' }],
    ['will not', { text: 'no', stopReason: 'refusal' }, { code: 'refused' }],
  ])('that %s gives no call and no exception', async (_, turn, expected) => {
    const { model } = await open(() => turn);
    expect(await model.ask(request)).toMatchObject({ kind: 'none', ...expected });
  });

  test('that says nothing is left when its time is over', async () => {
    const { model } = await open(() => 'silence', { timeoutMs: 50 });
    expect(await model.ask(request)).toMatchObject({ kind: 'none', code: 'timed_out' });
  });

  test('to which there is no access is a fault with its cause', async () => {
    const { model } = await open(() => ({ error: 'AccessDeniedException', status: 403, message: 'no access to the model' }));
    await expect(model.ask(request)).rejects.toMatchObject({
      message: 'the model could not be asked',
      cause: { name: 'AccessDeniedException' },
    });
  });
});
