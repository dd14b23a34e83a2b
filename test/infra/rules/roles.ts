import { describe, expect, test } from '@jest/globals';
import { type Resource, statementsOf, type Templates } from '../synthesize.ts';

/** Who there is beside the bot (`bot-role.ts`), by whom it is taken, and all that it may do. A new right fails here first. */
const roles: Readonly<Record<string, { readonly by: string; readonly may?: readonly string[] }>> = {
  'pipeline RefreshRole': {
    by: 'glue.amazonaws.com',
    may: [
      'cloudwatch:PutMetricData',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:ListBucket',
      's3:ListMultipartUploadParts',
      's3:PutObject',
    ],
  },
  'bot Role': { by: 'ecs-tasks.amazonaws.com' },
  'bot BotTaskExecutionRole': {
    by: 'ecs-tasks.amazonaws.com',
    may: [
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetAuthorizationToken',
      'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
    ],
  },
};

/** What may be done to raw events. */
const onRaw = ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'];

interface Document {
  readonly Statement: readonly { readonly Effect: string; readonly Principal: unknown; readonly Action: string | string[] }[];
}

/** Nobody is there who was not thought of, and nobody may more than is written here. */
export function roleRules(made: () => Templates): void {
  describe('the roles of all stacks', () => {
    const found = (type: RegExp): { stack: string; id: string; resource: Resource }[] =>
      Object.entries(made().all).flatMap(([stack, template]) =>
        Object.entries(template.toJSON().Resources as Record<string, Resource>)
          .filter(([, resource]) => type.test(resource.Type))
          .map(([id, resource]) => ({ stack, id, resource })),
      );
    const nameOf = ({ stack, id }: { stack: string; id: string }) => `${stack} ${id.replace(/[0-9A-F]{8}$/, '')}`;

    test('are these, each taken by one service of AWS', () => {
      const taken = found(/^AWS::IAM::Role$/).map((one) => {
        const { Statement } = one.resource.Properties.AssumeRolePolicyDocument as Document;
        return [nameOf(one), Statement.map(({ Principal }) => (Principal as { Service?: string }).Service)];
      });
      expect(Object.fromEntries(taken)).toEqual(Object.fromEntries(Object.entries(roles).map(([name, { by }]) => [name, [by]])));
    });

    test('have no policy of AWS’s or within themselves, and there are no users and no keys', () => {
      const more = found(/^AWS::IAM::Role$/).filter(
        ({ resource: { Properties } }) => Properties.ManagedPolicyArns !== undefined || Properties.Policies !== undefined,
      );
      expect(more.map(nameOf)).toEqual([]);
      expect(found(/^AWS::IAM::(User|Group|AccessKey|ManagedPolicy|RolePolicy)/).map(nameOf)).toEqual([]);
    });

    test.each(Object.entries(roles).flatMap(([name, { may }]) => (may ? [[name, may] as const] : [])))(
      '%s may do what is written down, and nothing else',
      (name, may) => {
        const [stack = '', id = ''] = name.split(' ');
        const statements = statementsOf(made().all[stack]!, new RegExp(`^${id}[0-9A-F]{8}$`));
        const allowed = statements.filter((s) => s.effect === 'Allow');
        expect([...new Set(allowed.flatMap((s) => s.actions))].toSorted()).toEqual(may);
        // What can't be narrowed to a resource: a token for the registry, and a metric whose namespace is narrowed instead.
        const everywhere = allowed.filter((s) => s.resources.includes('"*"')).flatMap((s) => s.actions);
        expect(everywhere.filter((a) => a !== 'ecr:GetAuthorizationToken' && a !== 'cloudwatch:PutMetricData')).toEqual([]);
      },
    );

    test('leave raw events as they are: they are listed and read', () => {
      const raw = found(/^AWS::IAM::Policy$/).flatMap(({ stack }) => statementsOf(made().all[stack]!, /./));
      const touching = raw.filter((s) => s.effect === 'Allow' && s.resources.some((r) => /GetAttRaw|RefRaw|\braw\b/i.test(r)));
      expect(touching.length).toBeGreaterThan(2);
      expect([...new Set(touching.flatMap((s) => s.actions))].toSorted()).toEqual(onRaw);
    });

    test('need none for the clock: it is Glue’s own trigger, and rules put their news into the queue by its policy', () => {
      expect(found(/^AWS::(Scheduler|StepFunctions|Lambda)::/).map(nameOf)).toEqual([]);
      const targets = found(/^AWS::Events::Rule$/).flatMap(
        ({ resource }) => resource.Properties.Targets as { RoleArn?: unknown }[],
      );
      expect(targets.length).toBe(2);
      expect(targets.filter((t) => t.RoleArn !== undefined)).toEqual([]);
    });

    test('are all that is let in: policies of buckets, queues and topics open to three services of AWS only', () => {
      const policies = found(/^AWS::(S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|SecretsManager::ResourcePolicy)$/);
      const open = policies.flatMap((one) =>
        (one.resource.Properties.PolicyDocument as Document).Statement.filter((s) => s.Effect === 'Allow').map((s) => [
          [s.Action]
            .flat()
            .filter((a) => a !== 'sqs:GetQueueAttributes' && a !== 'sqs:GetQueueUrl')
            .join(),
          JSON.stringify(s.Principal),
        ]),
      );
      expect(policies.length).toBeGreaterThanOrEqual(8);
      expect([...new Set(open.map((o) => o.join(' ')))].toSorted()).toEqual([
        's3:PutObject {"Service":"logging.s3.amazonaws.com"}',
        'sns:Publish {"Service":"cloudwatch.amazonaws.com"}',
        'sqs:SendMessage {"Service":"events.amazonaws.com"}',
      ]);
    });
  });
}
