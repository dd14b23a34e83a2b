import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildStacks } from '../../infra/build-stacks.ts';
import type { Owner } from '../../infra/owner.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { readVocabulary } from '../../infra/vocabulary.ts';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';

export const root = resolve(import.meta.dirname, '../..');

/** The templates of one stage, as CloudFormation would get them. */
export interface Templates {
  readonly stage: Stage;
  readonly app: App;
  /** The glossary, and a table that an owner brought. */
  readonly vocabulary: Glossary;
  readonly data: Template;
  readonly state: Template;
  readonly pipeline: Template;
  readonly bot: Template;
  readonly ops: Template;
  readonly dashboards: Template;
  /** All of them, by the name of the stack. */
  readonly all: Readonly<Record<string, Template>>;
}

const owner: Owner = {
  alarmEmail: 'ops@shop.example',
  dashboardsFor: 'arn:aws:quicksight:eu-central-1:123456789012:user/default/ops',
  rawEraser: undefined,
};

const house = readVocabulary();
const ownTable = {
  about: 'what ads cost',
  columns: { day: 'date', cost: 'decimal(18,2)' },
  location: 's3://ads-of-the-shop/costs/',
};
const vocabulary: Glossary = {
  ...house,
  tables: { ...house.tables, ad_costs: ownTable, on_this_disk: { ...ownTable, location: '/data' } },
};

/** Synthesizes a stage under the flags of `cdk.json`, without AWS's own validator (`npm run synth` runs that one). */
export function synthesize(stage: Stage = stageNamed('prod')): Templates {
  process.env.CDK_VALIDATION = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'askstream-synth-'));
  try {
    const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
    const app = new App({ outdir, context });
    // What the job runs makes no difference to a template: any file stands in for the script.
    const files = { script: import.meta.filename, house: root };
    const stacks = buildStacks(app, { stage, owner, files, vocabulary });
    const all = Object.fromEntries(Object.entries(stacks).flatMap(([name, s]) => (s ? [[name, Template.fromStack(s)]] : [])));
    return { ...(all as unknown as Omit<Templates, 'all' | 'stage' | 'app' | 'vocabulary'>), all, stage, app, vocabulary };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Resources of a type as plain data, by logical id. */
export function resourcesOf(template: Template, type: string): Readonly<Record<string, Resource>> {
  return template.findResources(type) as Record<string, Resource>;
}

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** One statement of a policy, with lists where CloudFormation allows a bare value. */
export interface Statement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Each as JSON text, references included. */
  readonly resources: readonly string[];
}

/** All statements of the policies that hang on roles whose logical id begins with `role`. */
export function statementsOf(template: Template, role: RegExp): readonly Statement[] {
  return Object.values(resourcesOf(template, 'AWS::IAM::Policy'))
    .filter(({ Properties }) => (Properties.Roles as { Ref: string }[]).some(({ Ref }) => role.test(Ref)))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement)
    .map((s) => ({
      sid: String(s.Sid),
      effect: s.Effect as 'Allow' | 'Deny',
      actions: [s.Action].flat().map(String),
      resources: [s.Resource].flat().map((r) => JSON.stringify(r)),
    }));
}
