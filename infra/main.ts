import { App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { buildStacks } from './build-stacks.ts';
import { checkHouseRules } from './house-rules.ts';
import { jobFiles } from './job-files.ts';
import { checkSolutions } from './nag.ts';
import { readOwner } from './owner.ts';
import { stageNamed } from './stages.ts';
import { readVocabulary } from './vocabulary.ts';

/** The CDK app: `cdk synth -c stage=prod`. Needs no account and no network; faults of the settings end it in one sentence. */
const app = new App();
try {
  const contextOf = (name: string): unknown => app.node.tryGetContext(name);
  buildStacks(app, {
    stage: stageNamed(contextOf('stage')),
    owner: readOwner(contextOf),
    files: jobFiles(),
    vocabulary: readVocabulary(),
  });
  Validations.of(app).addPlugins(checkHouseRules() as IPolicyValidationPlugin, checkSolutions(app));
  app.synth();
} catch (fault) {
  if (!(fault instanceof Error) || fault.name !== 'SettingsFault') throw fault;
  console.error(fault.message);
  process.exitCode = 1;
}
