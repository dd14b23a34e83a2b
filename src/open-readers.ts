import { readFileSync } from 'node:fs';
import type { VerifiedQuestions } from './answer/open-verified.ts';
import { payForModel } from './answer/pay-for-model.ts';
import type { Reader } from './answer/read.ts';
import { withVerified } from './answer/read-verified.ts';
import { withModel } from './answer/read-with-model.ts';
import { type TryWorld, trySql } from './answer/try-sql.ts';
import { openAwsModel } from './aws/open-aws.ts';
import { openReplayModel } from './aws/replay-model.ts';
import { type Config, neededSetting } from './config.ts';
import { openReader } from './reading/read-question.ts';
import type { Model } from './services/model.ts';
import type { Spending } from './services/spending.ts';

export interface ReadersWorld extends TryWorld {
  readonly verified: VerifiedQuestions;
  readonly model: Model | undefined;
  /** The budgets that a model's calls are taken from. */
  readonly spending: Spending | undefined;
  readonly report: (fault: unknown, what: string) => void;
}

/** The three readers in their order: what a person approved, the grammar, and the model where one is set. */
export function openReaders(world: ReadersWorld): Reader {
  const { glossary, model, spending, verified, report } = world;
  const grammar = openReader(glossary);
  if (!model) return withVerified(grammar, verified, grammar);
  const prompt = (name: string) => readFileSync(new URL(`../prompts/${name}.md`, import.meta.url), 'utf8');
  const behind = withModel(grammar, {
    model: payForModel(model, spending),
    glossary,
    report,
    prompts: { read: prompt('read'), repair: prompt('repair') },
    trySql: (sql, named) => trySql(sql, named, world),
  });
  return withVerified(behind, verified, grammar);
}

/** The model that the configuration names; undefined where there is none. A missing setting is a ConfigFault. */
export function openModel(config: Config): Model | undefined {
  if (config.MODEL === 'none') return undefined;
  const { AWS_BEDROCK_USD: price, AWS_BEDROCK_MODEL: replayed = 'replay' } = config;
  if (config.MODEL === 'replay')
    return openReplayModel({ dir: neededSetting(config, 'MODEL_RECORDINGS'), modelId: replayed, price });
  const modelId = neededSetting(config, 'AWS_BEDROCK_MODEL');
  return openAwsModel({ region: neededSetting(config, 'AWS_REGION'), modelId, price });
}
