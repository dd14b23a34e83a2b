import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Model, ModelEnd } from '../services/model.ts';
import { type ConverseReply, noUsage, readConverseReply } from './converse-reply.ts';
import { converseRequest } from './converse-request.ts';
import { listPrice, priceAtMost, type TokenPrice } from './model-price.ts';

/** Where the recordings lie, and which model they were made with. */
export interface ReplayModelOptions {
  /** `DIR/HASH.json` holds Converse's answer to the request with this hash; `DIR/pending/` is written. */
  readonly dir: string;
  readonly modelId: string;
  /** What its tokens cost; the list price unless told. */
  readonly price?: TokenPrice | undefined;
}

/**
 * Recorded answers in a model's place. An unknown request is written to `DIR/pending/HASH.json` as the exact Converse
 * request; its answer, put into `DIR/HASH.json`, is replayed from then on. A recording is Converse's whole answer, or an
 * object with it as `response`, or only what the tool was called with.
 */
export function openReplayModel({ dir, modelId, price = listPrice(modelId) }: ReplayModelOptions): Model {
  return {
    mostUsd: (request) => priceAtMost(price, request),
    async ask(request): Promise<ModelEnd> {
      const converse = converseRequest(modelId, request, true);
      const hash = hashOf(converse);
      const recorded = await read(join(dir, `${hash}.json`));
      if (recorded !== undefined) return readRecording(recorded, request.tool.name, price);
      await keep(join(dir, 'pending'), `${hash}.json`, converse);
      return { kind: 'none', code: 'unrecorded', usage: noUsage };
    },
  };
}

/** SHA-256 of the request with its keys in order, in hexadecimal. */
export function hashOf(request: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]));
}

/** Converse's answer, whole or as `response`; or the input of the tool alone, which took no tokens. */
function readRecording(recorded: Record<string, unknown>, tool: string, price: TokenPrice | undefined): ModelEnd {
  const whole = recorded.response ?? recorded;
  if (isRecord(whole) && (isRecord(whole.output) || typeof whole.stopReason === 'string'))
    return readConverseReply(whole as ConverseReply, tool, price);
  return { kind: 'call', input: recorded, usage: noUsage };
}

async function read(file: string): Promise<Record<string, unknown> | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error('a recording of the model cannot be read', { cause: fault });
  }
  let recorded: unknown;
  try {
    recorded = JSON.parse(text);
  } catch (cause) {
    throw new Error(`the recording ${basename(file)} of the model is no JSON`, { cause });
  }
  if (!isRecord(recorded)) throw new Error(`the recording ${basename(file)} of the model is no JSON object`);
  return recorded;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

// Written aside and renamed: whoever watches the folder never sees half a request.
async function keep(folder: string, name: string, request: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `.${name}.${process.pid}`);
  await writeFile(aside, `${JSON.stringify(request, undefined, 2)}\n`);
  await rename(aside, join(folder, name));
}
