import type { ModelRequest, ModelUsage } from '../services/model.ts';

/** Dollars a million tokens in and out. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** By a part of the model's id; list prices of July 2026 (models.dev). */
const PRICES: readonly ({ readonly model: string } & TokenPrice)[] = [
  { model: 'claude-haiku-4-5', input: 1, output: 5 },
  { model: 'claude-sonnet-5', input: 2, output: 10 },
  { model: 'claude-sonnet-4-6', input: 3, output: 15 },
  { model: 'nova-pro', input: 0.8, output: 3.2 },
  { model: 'gpt-oss-120b', input: 0.15, output: 0.6 },
];

/** Reading from the cache costs a tenth of the input; writing into it for an hour twice as much. */
const CACHED = 0.1;
const WRITTEN = 2;
/** An `eu.` or other regional profile costs a tenth more than the `global.` one. */
const REGIONAL = 1.1;
/** Characters a token, at least: of our own instructions and schema, and of what people write in any script. */
const OWN_CHARACTERS = 3;
const ANY_CHARACTERS = 1;

/** The list price of an inference profile or model; undefined where it is not known. */
export function listPrice(modelId: string): TokenPrice | undefined {
  const price = PRICES.find(({ model }) => new RegExp(`${model}(?!\\d|-\\d(?!\\d))`).test(modelId));
  const factor = modelId.startsWith('global.') ? 1 : REGIONAL;
  return price && { input: price.input * factor, output: price.output * factor };
}

/** Usage with its dollars; without them where the model's price is not known. */
export function priced(price: TokenPrice | undefined, usage: Omit<ModelUsage, 'usd'>): ModelUsage {
  if (!price) return usage;
  const { input, output, cached, written } = usage;
  const tokens = (input + cached * CACHED + written * WRITTEN) * price.input + output * price.output;
  return { ...usage, usd: tokens / 1e6 };
}

/** Dollars that a call may cost: all of it new to the cache and written into it, and the longest reply. */
export function priceAtMost(
  price: TokenPrice | undefined,
  { instructions, tool, turns, maxTokens }: ModelRequest,
): number | undefined {
  const written = (instructions.length + JSON.stringify(tool).length) / OWN_CHARACTERS;
  const input = JSON.stringify(turns).length / ANY_CHARACTERS;
  return priced(price, { input, written, cached: 0, output: maxTokens }).usd;
}
