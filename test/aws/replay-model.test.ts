import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { converseRequest } from '../../src/aws/converse-request.ts';
import { openReplayModel } from '../../src/aws/replay-model.ts';
import type { ModelRequest } from '../../src/services/model.ts';

const request: ModelRequest = {
  instructions: 'Read.',
  turns: [{ from: 'asker', text: 'sessions?' }],
  tool: { name: 'reading', description: 'Says it.', schema: { type: 'object' } },
  maxTokens: 1500,
};
const reply = {
  output: {
    message: { role: 'assistant', content: [{ toolUse: { toolUseId: 'x', name: 'reading', input: { kind: 'metric' } } }] },
  },
  stopReason: 'tool_use',
  usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 },
};

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'recordings-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const pending = () => readdirSync(join(dir, 'pending'));
const open = () => openReplayModel({ dir, modelId: 'eu.some.model' });

describe('a model that is replayed', () => {
  test('leaves an unknown request as the exact Converse request, once under one name', async () => {
    expect(await open().ask(request)).toMatchObject({ kind: 'none', code: 'unrecorded' });
    expect(await open().ask({ ...request })).toMatchObject({ kind: 'none', code: 'unrecorded' });
    expect(pending()).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
    expect(JSON.parse(readFileSync(join(dir, 'pending', pending()[0]!), 'utf8'))).toEqual(
      converseRequest('eu.some.model', request, true),
    );
  });

  test.each([
    ['Converse’s answer', reply, { usage: { input: 5, output: 2, cached: 0, written: 0 } }],
    ['an answer beside its request', { request: {}, response: reply }, {}],
    ['only what the tool was called with', { kind: 'metric' }, {}],
  ])('answers from a recording that is %s', async (_, recording, more) => {
    await open().ask(request);
    writeFileSync(join(dir, pending()[0]!), JSON.stringify(recording));
    expect(await open().ask(request)).toMatchObject({ kind: 'call', input: { kind: 'metric' }, ...more });
  });

  test('takes another question for another request', async () => {
    await open().ask(request);
    await open().ask({ ...request, turns: [{ from: 'asker', text: 'orders?' }] });
    expect(pending()).toHaveLength(2);
  });

  test.each(['null', '[]', '"metric"', '42'])('takes a recording that is %s for broken', async (text) => {
    await open().ask(request);
    writeFileSync(join(dir, pending()[0]!), text);
    await expect(open().ask(request)).rejects.toThrow(/is no JSON object$/);
  });

  test('replays a refusal, and two calls for one, as Bedrock would say them', async () => {
    await open().ask(request);
    const file = join(dir, pending()[0]!);
    writeFileSync(file, JSON.stringify({ stopReason: 'guardrail_intervened', output: {} }));
    expect(await open().ask(request)).toMatchObject({ kind: 'none', code: 'refused' });
    const [one] = reply.output.message.content;
    writeFileSync(file, JSON.stringify({ ...reply, output: { message: { role: 'assistant', content: [one, one] } } }));
    expect(await open().ask(request)).toMatchObject({ kind: 'none', code: 'malformed' });
  });

  test('says that a recording is broken instead of asking again', async () => {
    await open().ask(request);
    writeFileSync(join(dir, pending()[0]!), '{"output":');
    await expect(open().ask(request)).rejects.toThrow(/^the recording [0-9a-f]{64}.json of the model is no JSON$/);
    expect(existsSync(join(dir, 'pending'))).toBe(true);
  });
});
