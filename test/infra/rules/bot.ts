import { describe, expect, test } from '@jest/globals';
import { settings } from '../../../src/config.ts';
import { resourcesOf, type Templates } from '../synthesize.ts';

interface Container {
  readonly Environment: readonly { Name: string; Value: unknown }[];
  readonly Secrets: readonly { Name: string; ValueFrom: unknown }[];
  readonly ReadonlyRootFilesystem: boolean;
  readonly MountPoints: readonly { ContainerPath: string; ReadOnly: boolean }[];
  readonly PortMappings?: unknown;
  readonly StopTimeout: number;
}

/** One task that reaches out and cannot be reached. */
export function botRules(made: () => Templates): void {
  describe('the bot', () => {
    const only = (type: string) => {
      const found = Object.values(resourcesOf(made().bot, type));
      expect(found.length).toBe(1);
      return found[0]!.Properties;
    };
    const container = () => (only('AWS::ECS::TaskDefinition').ContainerDefinitions as Container[])[0]!;

    test('lets nothing in, and goes out by TLS only', () => {
      const { SecurityGroupIngress, SecurityGroupEgress } = only('AWS::EC2::SecurityGroup');
      expect(SecurityGroupIngress).toBeUndefined();
      expect(SecurityGroupEgress).toEqual([expect.objectContaining({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })]);
      expect(container().PortMappings).toBeUndefined();
      for (const type of [
        'AWS::EC2::SecurityGroupIngress',
        'AWS::ElasticLoadBalancingV2::LoadBalancer',
        'AWS::EC2::NatGateway',
        'AWS::Lambda::Function',
      ])
        expect(Object.values(made().all).flatMap((t) => Object.keys(resourcesOf(t, type)))).toEqual([]);
    });

    test('is one ARM task on Fargate that is rolled back when it does not come up', () => {
      expect(only('AWS::ECS::Service')).toMatchObject({
        DesiredCount: 1,
        DeploymentConfiguration: {
          MinimumHealthyPercent: 100,
          MaximumPercent: 200,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        },
      });
      expect(only('AWS::ECS::TaskDefinition')).toMatchObject({
        RequiresCompatibilities: ['FARGATE'],
        RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      });
    });

    test('writes to two folders that end with it', () => {
      expect(container().ReadonlyRootFilesystem).toBe(true);
      expect(container().MountPoints.map((m) => m.ContainerPath)).toEqual(['/app/.data', '/tmp']);
      expect(container().StopTimeout).toBeLessThanOrEqual(120);
    });

    test('gets its tokens from Secrets Manager, and none by its environment', () => {
      expect(
        container()
          .Secrets.map((s) => s.Name)
          .toSorted(),
      ).toEqual(['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN']);
      expect(container().Environment.filter(({ Name }) => /TOKEN|SECRET|PASSWORD|KEY/.test(Name))).toEqual([]);
      expect(JSON.stringify(made().bot.toJSON())).not.toMatch(/xox[abp]-|xapp-/);
    });

    test('is told settings of the house only', () => {
      const told = [...container().Environment, ...container().Secrets].map(({ Name }) => Name);
      expect(told.filter((name) => !(name in settings))).toEqual([]);
    });

    test('asks Athena in the region and workgroup of this house', () => {
      const told = Object.fromEntries(container().Environment.map(({ Name, Value }) => [Name, Value]));
      expect(told).toMatchObject({ WAREHOUSE: 'athena', MODEL: 'bedrock', AWS_ATHENA_WORKGROUP: 'askstream-ask' });
      expect(told.AWS_REGION).toEqual({ Ref: 'AWS::Region' });
    });

    test('asks for a click before its usual workgroup would cut a query off', () => {
      const told = Object.fromEntries(container().Environment.map(({ Name, Value }) => [Name, Value]));
      expect(told.AWS_ATHENA_LARGE_WORKGROUP).toBe('askstream-ask-large');
      const freeBytes = (Number(told.APPROVE_USD) / 5) * 1e12;
      expect(freeBytes * 1.2).toBeLessThanOrEqual(made().stage.cutoffGib * 2 ** 30);
      expect(freeBytes).toBeGreaterThan(1e9);
      expect(Number(told.MAX_QUERY_GB) * 1e9).toBeLessThanOrEqual(made().stage.approvedCutoffGib * 2 ** 30);
    });

    test('may fill anew exactly the data sets of the dashboards, which it is told', () => {
      const told = String(container().Environment.find(({ Name }) => Name === 'AWS_DATA_SETS')?.Value).split(',');
      const sets = Object.values(resourcesOf(made().dashboards, 'AWS::QuickSight::DataSet')).map((r) => r.Properties.DataSetId);
      expect(told.toSorted()).toEqual(sets.toSorted());
    });

    test('keeps its log for a year', () => {
      expect(only('AWS::Logs::LogGroup')).toMatchObject({ RetentionInDays: 365 });
    });
  });
}
