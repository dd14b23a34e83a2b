import { type App, Tags } from 'aws-cdk-lib';
import type { Glossary } from '../src/glossary/glossary-schema.ts';
import type { JobFiles } from './job-files.ts';
import type { Owner } from './owner.ts';
import { BotStack } from './stacks/bot-stack.ts';
import { DashboardsStack } from './stacks/dashboards-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { OpsStack } from './stacks/ops-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { StateStack } from './stacks/state-stack.ts';
import type { Stage } from './stages.ts';

/** What the stacks are built from. */
export interface BuildProps {
  readonly stage: Stage;
  readonly owner: Owner;
  /** What the job runs, and the checkout that the image is made of. */
  readonly files: JobFiles;
  /** Tables and formulas. */
  readonly vocabulary: Glossary;
}

/** All stacks of a stage in the order of a deployment: what is kept first, what can be replaced after. */
export function buildStacks(app: App, { stage, owner, files, vocabulary }: BuildProps) {
  Tags.of(app).add('product', stage.prefix);
  const named = (what: string) => ({ stackName: `${stage.prefix}-${what}`, stage });
  const kept = (what: string) => ({ ...named(what), terminationProtection: stage.isProtected });

  const data = new DataStack(app, 'Data', { ...kept('data'), vocabulary, rawEraser: owner.rawEraser });
  const state = new StateStack(app, 'State', kept('state'));
  const pipeline = new PipelineStack(app, 'Pipeline', { ...named('pipeline'), data, files });
  const dashboards = owner.dashboardsFor
    ? new DashboardsStack(app, 'Dashboards', { ...named('dashboards'), data, vocabulary, ownerArn: owner.dashboardsFor })
    : undefined;
  const bot = new BotStack(app, 'Bot', { ...named('bot'), data, state, pipeline, dashboards, house: files.house });
  const ops = new OpsStack(app, 'Ops', { ...named('ops'), data, pipeline, bot, alarmEmail: owner.alarmEmail });
  return { data, state, pipeline, bot, ops, dashboards };
}
