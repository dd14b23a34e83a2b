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
  options: { maxAttempts?: number; timeoutMs?: number; modelId?: string } = {},
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
    modelId: options.modelId ?? 'eu.some.model-v1:0',
    ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
  });
  return { server, model };
}

const use = (name: string, input: object) => ({ toolUse: { toolUseId: `use_${name}`, name, input } });

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
    [
      'calls the tool twice',
      { content: [use('reading', { kind: 'metric' }), use('reading', { kind: 'funnel' })] },
      { code: 'malformed' },
    ],
    ['calls a tool that it was not given', { content: [use('shell', { run: 'rm' })] }, { code: 'malformed' }],
    ['calls another tool beside it', { content: [use('reading', {}), use('shell', {})] }, { code: 'malformed' }],
    ['says nothing', { content: [] }, { code: 'malformed' }],
    ['stops for want of context', { call: {}, stopReason: 'model_context_window_exceeded' }, { code: 'malformed' }],
    ['is not ready', { error: 'ModelNotReadyException', status: 429 }, { code: 'busy' }],
    ['fails itself', { error: 'ModelErrorException', status: 424 }, { code: 'malformed' }],
    ['fails as a service', { error: 'InternalServerException', status: 500 }, { code: 'busy' }],
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

  test.each<[string, Turn, string]>([
    ['to which there is no access', { error: 'AccessDeniedException', status: 403 }, 'AccessDeniedException'],
    ['with expired credentials', { error: 'ExpiredTokenException', status: 403 }, 'ExpiredTokenException'],
    ['that is unknown', { error: 'ResourceNotFoundException', status: 404 }, 'ResourceNotFoundException'],
    ['that does not take the request', { error: 'ValidationException', message: 'messages: too long' }, 'ValidationException'],
    ['whose answer is cut', { raw: '{"output":{"message":{"content":[{"toolUse":{"name":"rea' }, 'SyntaxError'],
  ])('%s is a fault with its cause, asked once', async (_, turn, name) => {
    const { model, server } = await open(() => turn);
    await expect(model.ask(request)).rejects.toMatchObject({ message: 'the model could not be asked', cause: { name } });
    expect(server.requests).toHaveLength(1);
  });

  test('whose server goes away in the middle is a fault, not a wait', async () => {
    const { model, server } = await open(() => 'silence');
    const asked = model.ask(request);
    const gone = expect(asked).rejects.toThrow('the model could not be asked');
    while (server.requests.length === 0) await new Promise((done) => setImmediate(done));
    await server.close();
    await gone;
  });

  test.each([
    ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', (900 + 800) * 1.1e-6 + 60 * 5.5e-6],
    ['global.anthropic.claude-sonnet-5', (900 + 800) * 2e-6 + 60 * 10e-6],
    ['global.anthropic.claude-sonnet-5-5', undefined],
    ['eu.some.model-v1:0', undefined],
  ])('%s tells its dollars where its price is known', async (modelId, usd) => {
    const { model } = await open(() => ({ call: {} }), { modelId });
    const { usage } = await model.ask(request);
    if (usd === undefined) expect(usage).not.toHaveProperty('usd');
    else expect(usage.usd).toBeCloseTo(usd, 9);
  });
});
