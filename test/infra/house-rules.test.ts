import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { App, type IPolicyValidationPlugin } from 'aws-cdk-lib';
import { checkHouseRules } from '../../infra/house-rules.ts';

const allow = (Sid: string, Action: string | string[]) => ({ Sid, Effect: 'Allow', Action, Resource: 'arn:aws:s3:::x' });
const policy = (...Statement: object[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'p', Roles: ['r'], PolicyDocument: { Version: '2012-10-17', Statement } },
});
const never = ['NeverWriteFiles', 'NeverChangeCatalog'].map((Sid) => ({ Sid, Effect: 'Deny', Action: 's3:Put*', Resource: '*' }));
const workgroup = (BytesScannedCutoffPerQuery: number, EnforceWorkGroupConfiguration = true) => ({
  Type: 'AWS::Athena::WorkGroup',
  Properties: { Name: 'w', WorkGroupConfiguration: { BytesScannedCutoffPerQuery, EnforceWorkGroupConfiguration } },
});
const closed = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const bucket = (change: object = {}, DeletionPolicy = 'Retain') => ({
  Type: 'AWS::S3::Bucket',
  DeletionPolicy,
  UpdateReplacePolicy: 'Retain',
  Properties: { PublicAccessBlockConfiguration: { ...closed, ...change } },
});
const group = (SecurityGroupIngress?: object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'g', SecurityGroupIngress },
});

/** What breaks a rule, by the rule; and what keeps them all. */
const broken: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  athena_cut_off: { TooMuch: workgroup(10 * 2 ** 30 + 1), NotEnforced: workgroup(2 ** 30, false) },
  no_public_bucket: { OpenPolicy: bucket({ BlockPublicPolicy: false }), OpenAcls: bucket({ BlockPublicAcls: false }) },
  data_is_kept: { Lost: bucket({}, 'Delete') },
  no_ingress: { Open: group([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }]) },
  no_wide_action: { Wide: policy(allow('a', 's3:Get*')), WideInList: policy(allow('a', ['s3:GetObject', '*'])) },
  bot_never_writes: {
    Writes: policy(allow('AskAthena', ['athena:StartQueryExecution', 's3:PutObject']), ...never),
    WritesElsewhere: policy(allow('AskAthena', 'athena:StartQueryExecution'), allow('b', 'glue:CreateTable'), ...never),
    Unlocked: policy(allow('AskAthena', 'athena:StartQueryExecution')),
  },
};
const kept = {
  W: workgroup(10 * 2 ** 30),
  B: bucket(),
  G: group(),
  P: policy(allow('AskAthena', 'athena:StartQueryExecution'), ...never),
};

describe('the rules of the house, in Guard', () => {
  // One template for all: each call of Guard reads AWS's own rules too, which takes seconds.
  const breakers = breakersOf({ ...Object.assign({}, ...Object.values(broken)), ...kept });

  test.each(Object.entries(broken).flatMap(([rule, cases]) => Object.keys(cases).map((name) => [rule, name] as const)))(
    '%s refuses %s',
    (rule, name) => {
      expect(breakers[rule]).toContain(name);
    },
  );

  test('let pass what keeps them', () => {
    expect(
      Object.values(breakers)
        .flat()
        .filter((name) => name in kept),
    ).toEqual([]);
  });
});

/** Rule of the house → logical ids of the resources that break it. */
function breakersOf(resources: object): Readonly<Record<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'askstream-rules-'));
  try {
    const templatePath = join(folder, 'template.json');
    writeFileSync(templatePath, JSON.stringify({ Resources: resources }));
    const { violations } = (checkHouseRules() as IPolicyValidationPlugin).validate({
      templatePaths: [templatePath],
      stackTemplates: [{ templatePath, stackConstructPath: 'S', accountId: undefined, region: undefined }],
      appConstruct: new App(),
    });
    const idsOf = (rule: string) =>
      violations
        .filter((v) => v.ruleName === rule)
        .flatMap((v) => v.violatingResources.map((r) => r.resourceLogicalId ?? 'unknown'));
    return Object.fromEntries(Object.keys(broken).map((rule) => [rule, idsOf(rule)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
