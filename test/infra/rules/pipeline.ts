import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { resourcesOf, statementsOf, type Templates } from '../synthesize.ts';

/** The refresh runs once at a time, and its end is heard. */
export function pipelineRules(made: () => Templates): void {
  describe('pipeline', () => {
    test('the job runs on Glue 5.1, one at a time, not again by itself, and ends after its minutes', () => {
      made().pipeline.hasResourceProperties('AWS::Glue::Job', {
        GlueVersion: '5.1',
        ExecutionProperty: { MaxConcurrentRuns: 1 },
        MaxRetries: 0,
        Timeout: made().stage.refreshMinutes,
        DefaultArguments: Match.objectLike({
          '--zone': made().stage.zone,
          '--currency': made().stage.currency,
          '--code-version': Match.stringLikeRegexp('^\\d+\\.\\d+\\.\\d+$'),
        }),
      });
    });

    test('the clock starts this job', () => {
      made().pipeline.hasResourceProperties('AWS::Glue::Trigger', {
        Type: 'SCHEDULED',
        StartOnCreation: true,
        Schedule: made().stage.refresh,
        Actions: [Match.objectLike({ JobName: `${made().stage.prefix}-refresh` })],
      });
    });

    test('every end of a run reaches the inbox, good or bad', () => {
      const rules = Object.values(resourcesOf(made().pipeline, 'AWS::Events::Rule')).map((r) => r.Properties);
      const states = rules.flatMap((r) => (r.EventPattern as { detail: { state: string[] } }).detail.state);
      expect(states.toSorted()).toEqual(['ERROR', 'EXPIRED', 'FAILED', 'STOPPED', 'SUCCEEDED', 'TIMEOUT']);
      for (const rule of rules) {
        expect(JSON.stringify(rule.Targets)).toMatch(/InboxQueue/);
        expect(rule.EventPattern).toMatchObject({
          source: ['aws.glue'],
          detail: { jobName: [`${made().stage.prefix}-refresh`] },
        });
      }
    });

    test('what the bot can’t take lies in a queue of its own', () => {
      made().pipeline.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: Match.objectLike({ maxReceiveCount: 5 }) });
    });

    test('the job writes tables and book-keeping, and never raw', () => {
      const statements = statementsOf(made().pipeline, /^RefreshRole/);
      const writes = statements.filter((s) => s.actions.some((a) => /^s3:(Put|Delete|Abort)/.test(a)));
      expect(writes.length).toBe(1);
      expect(writes[0]!.resources.filter((r) => /GetAttRaw|RefRaw/.test(r))).toEqual([]);
      expect(
        statements.flatMap((s) => s.actions).filter((a) => a.includes('*') || /^(glue|iam|lambda|dynamodb|athena):/.test(a)),
      ).toEqual([]);
    });

    test('its log ends after three months', () => {
      const groups = Object.values(resourcesOf(made().pipeline, 'AWS::Logs::LogGroup')).map((g) => g.Properties);
      expect(groups.map((g) => g.LogGroupName)).toEqual(['/askstream/refresh/error', '/askstream/refresh/output']);
      expect(groups.map((g) => g.RetentionInDays)).toEqual([90, 90]);
    });
  });
}
