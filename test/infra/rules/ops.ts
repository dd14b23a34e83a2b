import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { resourcesOf, root, type Templates } from '../synthesize.ts';

/** Faults are seen, and money is watched. */
export function opsRules(made: () => Templates): void {
  describe('operation', () => {
    const alarms = () => Object.values(resourcesOf(made().ops, 'AWS::CloudWatch::Alarm')).map((a) => a.Properties);

    test('every alarm tells somebody, when it comes and when it goes', () => {
      expect(alarms().length).toBeGreaterThanOrEqual(8);
      for (const { AlarmActions, OKActions } of alarms())
        expect([JSON.stringify(AlarmActions), JSON.stringify(OKActions)]).toEqual([
          expect.stringContaining('Alarms'),
          expect.stringContaining('Alarms'),
        ]);
      made().ops.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@shop.example' });
    });

    test('alarms may speak on the topic, which has a policy of its own and so lost the one that lets them', () => {
      made().ops.hasResourceProperties('AWS::SNS::TopicPolicy', {
        PolicyDocument: Match.objectLike({
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Allow',
              Principal: { Service: 'cloudwatch.amazonaws.com' },
              Action: 'sns:Publish',
              Condition: {
                StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
                ArnLike: { 'aws:SourceArn': Match.objectLike({ 'Fn::Join': Match.anyValue() }) },
              },
            }),
          ]),
        }),
      });
    });

    test('every alarm has its section in the runbook, and the runbook no other', () => {
      const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
      const written = [...runbook.matchAll(/^### ([a-z-]+)$/gm)].map((m) => m[1]);
      const named = alarms().map((a) => String(a.AlarmName).replace(`${made().stage.prefix}-`, ''));
      expect(written.toSorted()).toEqual(named.toSorted());
      for (const a of alarms()) expect(a.AlarmDescription).toMatch(/docs\/runbook\.md#[a-z-]+$/);
    });

    test('the pages for people name only things that are made', () => {
      const texts = Object.values(made().all).map((t) => JSON.stringify(t.toJSON()));
      const stacks = Object.keys(made().all).map((name) => `${made().stage.prefix}-${name}`);
      const pages = ['docs/runbook.md', 'docs/deploy.md'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
      const named = new Set([...pages.matchAll(/(?<![\w.-])\/?askstream[-/][a-z-/]*[a-z]/g)].map((m) => m[0]));
      const later = ['askstream-dev', 'askstream-memory-restored'];
      expect(named.size).toBeGreaterThan(10);
      expect(
        [...named].filter((n) => !later.includes(n) && !stacks.includes(n) && !texts.some((t) => t.includes(`"${n}"`))),
      ).toEqual([]);
    });

    test('the pages for people call stacks as the app knows them, since cdk finds no other name', () => {
      const pages = ['docs/runbook.md', 'docs/deploy.md'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
      const calls = [...pages.matchAll(/\bcdk (?:deploy|destroy|import|diff)((?: (?!-)[\w-]+)*)/g)].map((m) => m[1]!.trim());
      const stacks = made().app.node.children.map((child) => child.node.id);
      expect(stacks).toContain('Data');
      const called = calls.flatMap((names) => names.split(' ').filter(Boolean));
      expect(called.length).toBeGreaterThanOrEqual(4);
      expect(called.filter((name) => !stacks.includes(name))).toEqual([]);
    });

    test('silence of the bot and of the refresh is a fault', () => {
      for (const name of ['bot-is-away', 'refresh-is-away'])
        made().ops.hasResourceProperties('AWS::CloudWatch::Alarm', {
          AlarmName: `${made().stage.prefix}-${name}`,
          TreatMissingData: 'breaching',
          ComparisonOperator: 'LessThanThreshold',
        });
    });

    test('the month’s money has a limit that warns at half, four fifths and all of it', () => {
      made().ops.hasResourceProperties('AWS::Budgets::Budget', {
        Budget: Match.objectLike({ BudgetLimit: { Amount: made().stage.monthlyBudgetUsd, Unit: 'USD' }, TimeUnit: 'MONTHLY' }),
        NotificationsWithSubscribers: Match.arrayWith(
          [50, 80, 100].map((Threshold) =>
            Match.objectLike({ Notification: Match.objectLike({ Threshold, NotificationType: 'ACTUAL' }) }),
          ),
        ),
      });
    });

    test('everything that can carry it carries the tag that the budget counts', () => {
      const untagged = [
        'AWS::S3::Bucket',
        'AWS::Athena::WorkGroup',
        'AWS::ECS::Service',
        'AWS::SQS::Queue',
        'AWS::SecretsManager::Secret',
      ].flatMap((type) =>
        Object.values(made().all)
          .flatMap((t) => Object.entries(resourcesOf(t, type)))
          .filter(([, r]) => !JSON.stringify(r.Properties.Tags ?? '').includes('"product"'))
          .map(([id]) => id),
      );
      expect(untagged).toEqual([]);
    });
  });
}
