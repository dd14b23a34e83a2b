import { beforeAll, describe } from '@jest/globals';
import { botRules } from './rules/bot.ts';
import { botRoleRules } from './rules/bot-role.ts';
import { dataRules } from './rules/data.ts';
import { nagRules } from './rules/nag.ts';
import { opsRules } from './rules/ops.ts';
import { pipelineRules } from './rules/pipeline.ts';
import { roleRules } from './rules/roles.ts';
import { synthesize, type Templates } from './synthesize.ts';

/** One synthesis for all rules: it is what takes the time. */
describe('the stacks', () => {
  let templates: Templates;
  beforeAll(() => {
    templates = synthesize();
  }, 60_000);
  const made = () => templates;

  dataRules(made);
  pipelineRules(made);
  botRules(made);
  botRoleRules(made);
  roleRules(made);
  opsRules(made);
  nagRules(made);
});
