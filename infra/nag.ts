import { type App, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** cdk-nag's rules of AWS Solutions, without the wildcards that `wildcards` explains one by one. */
export function checkSolutions(app: App): IPolicyValidationPlugin {
  const nag = new AwsSolutionsChecks(app);
  return {
    name: nag.name,
    validate(context) {
      const report = nag.validate(context);
      const violations = report.violations
        .map((v) => ({ ...v, violatingResources: v.violatingResources.filter((r) => !isExplained(v.ruleName, r.constructPath)) }))
        .filter((v) => v.violatingResources.length > 0);
      return { ...report, violations, success: !violations.some((v) => v.severity !== 'warning') };
    },
  };
}

/** Lets a construct, and what it holds, break rules for the reasons written in `reasons`. */
export function acknowledge(construct: IConstruct, ...rules: (keyof typeof reasons)[]): void {
  Validations.of(construct).acknowledge(...rules.map((id) => ({ id, reason: reasons[id] })));
}

/** Rules of cdk-nag that the house does not follow, each with its reason. */
export const reasons = {
  'AwsSolutions-S1': 'This bucket holds the access logs of the others; logging into itself would never end.',
  'AwsSolutions-ATH1':
    'Results are kept by Athena itself, encrypted with a key of AWS, and deleted after a day: there is no location to encrypt.',
  'AwsSolutions-GL1': 'The job logs counts and names of files, never records; CloudWatch encrypts them with its own key.',
  'AwsSolutions-GL3': 'The job keeps no bookmark: its manifest lies in the encrypted state bucket.',
  'AwsSolutions-SMG4': 'Slack’s tokens are changed at Slack by a person; docs/runbook.md says how.',
  'AwsSolutions-VPC7':
    'One task, no ingress, only TLS to the outside: flow logs would cost more than the task and show no more than its own log.',
  'AwsSolutions-ECS2': 'The environment holds names of resources only; tokens come from Secrets Manager.',
  'AwsSolutions-ECS4': 'Container Insights would cost more than the task; the task is watched by its own metrics and log.',
  'CloudFormation-Validate::W9009': 'A country is put on the map by a logical table, which is deprecated without a successor.',
} as const satisfies Record<string, string>;

/**
 * Wildcards in policies (rule IAM5) that are meant: whose policy, which finding, and why. A table of patterns, because
 * cdk-nag names a finding by the whole resource and forgives one at a time.
 */
export const wildcards: readonly { readonly of: string; readonly finding: RegExp; readonly reason: string }[] = [
  {
    of: 'Pipeline/Refresh/Role',
    finding: /^Resource::[^*]*(Raw|Results|State)[^*]*\/\*$/,
    reason:
      'The job reads raw files and writes tables and book-keeping: all objects of these buckets, by actions that are listed one by one.',
  },
  {
    of: 'Pipeline/Refresh/Role',
    finding: /^Resource::\*$/,
    reason: 'PutMetricData knows no resources; a condition holds it to the namespace Glue.',
  },
  {
    of: 'Bot/Bot/Task/ExecutionRole',
    finding: /^Resource::\*$/,
    reason: 'GetAuthorizationToken of the image registry knows no resources.',
  },
  {
    of: 'Bot/Role',
    finding: /^Resource::[^*]*(Results[^*]*\/results|State[^*]*\/state\/(manifest|runs))\/\*$/,
    reason: 'Reading the tables’ files and the refresh’s book-keeping, which have names of their own.',
  },
  {
    of: 'Bot/Role',
    finding: /^Resource::arn:<AWS::Partition>:s3:::[^*]+\/\*$/,
    reason: 'Reading the files of a table that the owner named in the glossary.',
  },
  { of: 'Bot/Role', finding: /^Resource::[^*]*:table\/[^*/]+\/\*$/, reason: 'Reading the catalog’s entries of one database.' },
  {
    of: 'Bot/Role',
    finding: /^Resource::[^*]*:bedrock:\*::foundation-model\/[^*]+$/,
    reason: 'An inference profile routes one model through several regions.',
  },
  {
    of: 'Bot/Role',
    finding: /^Resource::[^*]*:dataset\/[^*/]+\/ingestion\/\*$/,
    reason: 'Loading one data set anew makes an ingestion, which is named when it is made.',
  },
];

function isExplained(ruleName: string, path: string | undefined): boolean {
  const finding = /^AwsSolutions-IAM5\[(.*)\]$/.exec(ruleName)?.[1];
  return finding !== undefined && wildcards.some((w) => path?.startsWith(`${w.of}/`) && w.finding.test(finding));
}
